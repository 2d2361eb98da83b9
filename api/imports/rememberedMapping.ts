import { createHash } from "node:crypto";
import type { Queryable } from "../database/database.ts";
import { problem } from "../problem.ts";
import { rememberedMapping, rememberMapping } from "../queries/columnMappings.ts";
import { type Mapping, normalColumn } from "./columns.ts";
import type { ImportRequest } from "./request.ts";
import type { SampledRows } from "./sampledRows.ts";

/** The names of the columns that the first rows have. */
export function columnsOf(sample: SampledRows["sample"]): string[] {
  return [...new Set(sample.flatMap(({ properties }) => Object.keys(properties)))];
}

/** One hash for the same set of columns, in whatever order and case. */
function hashOf(columns: readonly string[]): string {
  const names = [...new Set(columns.map(normalColumn))].sort();
  return createHash("sha256").update(JSON.stringify(names)).digest("hex");
}

/** The mapping that the last file of this kind with these columns went in with; null where there was none. */
export async function recallMapping(database: Queryable, kind: string, columns: readonly string[]): Promise<Mapping | null> {
  return (await rememberedMapping(database, kind, hashOf(columns))) as Mapping | null;
}

/** The request with the remembered mapping, where its sender asks for that. @throws mapping_not_remembered. */
export async function withRememberedMapping(database: Queryable, request: ImportRequest, rows: SampledRows): Promise<ImportRequest> {
  if (!request.options.isMappingRemembered) return request;
  const columns = columnsOf(rows.sample);
  const mapping = await recallMapping(database, request.kind, columns);
  if (!mapping) throw problem("mapping_not_remembered", { field: "mapping", name: request.name, columns: columns.join(", ") });
  return { ...request, options: { ...request.options, mapping } };
}

/** Keeps the mapping of an import that went in, so that it is offered for the next file like it. Without one of its own there is nothing to keep. */
export async function keepMapping(database: Queryable, request: ImportRequest, rows: SampledRows, now: Date): Promise<void> {
  const { mapping, dryRun } = request.options;
  if (mapping === null || dryRun) return;
  await rememberMapping(database, {
    kind: request.kind,
    columnsHash: hashOf(columnsOf(rows.sample)),
    mapping,
    person: request.person,
    now,
  });
}
