import { createHash } from "node:crypto";
import { z } from "zod";
import { audienceOf } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { refuseUnknownAreas } from "../assessments/sample.ts";
import { isDay } from "../contract/time.ts";
import type { Answer, Person } from "../endpoint.ts";
import { arrowColumns } from "../formats/arrow.ts";
import { problem } from "../problem.ts";
import { districtCodes } from "../queries/cellCounts.ts";
import { villageCodes } from "../queries/samples.ts";
import type { Parts } from "./parts.ts";

/** Area codes, separated by commas, of any level. */
export const Areas = z
  .string()
  .regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?(,\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)*$/, "35.17 | 35.17,35.21")
  .optional();

/** What every question about columns takes. */
export const ColumnsQuery = z.strictObject({
  areas: Areas,
  asOf: z.string().refine(isDay, "YYYY-MM-DD").optional(),
  column: z
    .string()
    .regex(/^[A-Za-z_]\w*(,[A-Za-z_]\w*)*$/)
    .optional(),
  codes: z.enum(["true", "false"]).optional(),
  f: z.enum(["json", "arrow"]).optional(),
});

export type ColumnsQuery = z.infer<typeof ColumnsQuery>;

/** The areas that a question is about (villages, or kecamatan for those who see no villages), with a name for the set that changes whenever the set does. */
export interface AreaSet {
  readonly id: string;
  readonly codes: readonly string[];
}

function areaSetId(areas: readonly string[] | null, codes: readonly string[]): string {
  return `${areas?.join("+") ?? "*"}~${createHash("sha256").update(codes.join(" ")).digest("hex").slice(0, 16)}`;
}

/** The villages inside the areas asked for, else inside the person's own. @throws unknown_area */
export async function readAreaSet({ database }: Parts, person: Person, asked: readonly string[] | null): Promise<AreaSet> {
  const areas = asked ?? person.areas;
  await refuseUnknownAreas(database, asked ?? undefined, person.areas);
  const codes = await villageCodes(database, areas);
  return { id: areaSetId(areas, codes), codes };
}

/**
 * What a question about columns of what happened is about: villages for the team, for viewers the whole kecamatan that they may see and that hold or lie in the areas
 * asked for. @throws unknown_area
 */
export async function readToldSet(parts: Parts, person: Person, asked: readonly string[] | null): Promise<AreaSet> {
  if (audienceOf(person) === "full") return readAreaSet(parts, person, asked);
  await refuseUnknownAreas(parts.database, asked ?? undefined, person.areas);
  const areas = (asked ?? person.areas)?.map((code) => code.slice(0, 8)) ?? null;
  const codes = (await districtCodes(parts.database, areas)).filter((code) => maySee(person, code));
  return { id: areaSetId(areas, codes), codes };
}

/** A list as a parameter writes it. */
export const listed = (text: string | undefined): string[] | null => (text === undefined ? null : text.split(","));

export type Columns = Record<string, (number | string | null)[]>;

/** The names asked for, else all. @throws invalid_parameter for a column that is not there. */
export function chosen(names: readonly string[], wanted: string | undefined): readonly string[] {
  if (wanted === undefined) return names;
  const missing = wanted.split(",").find((name) => !names.includes(name));
  if (missing !== undefined) throw problem("invalid_parameter", { field: "column", value: missing, expected: names.join(", ") });
  return wanted.split(",");
}

/** Sends columns as JSON or Arrow; the tag is the data's own, so that an unchanged map costs nothing. */
export function sendColumns(
  query: Pick<z.infer<typeof ColumnsQuery>, "f" | "column" | "codes">,
  set: AreaSet,
  head: Record<string, unknown>,
  columns: Columns,
): Answer {
  const picked = Object.fromEntries(chosen(Object.keys(columns), query.column).map((name) => [name, columns[name] ?? []]));
  const etag = `"${createHash("sha256")
    .update(
      JSON.stringify([
        set.id,
        head.runs ?? head.run ?? head.asOf,
        head.from,
        head.to,
        query.f,
        query.column,
        query.codes,
        head.runs ? null : picked,
      ]),
    )
    .digest("hex")
    .slice(0, 24)}"`;
  const headers = { ETag: etag, "Cache-Control": "private, no-cache" };
  if (query.f === "arrow") {
    // A summary of each kabupaten would outweigh the column: they are in the runs that are named.
    const { summaries: _, ...told } = head;
    return { headers, type: "application/vnd.apache.arrow.stream", body: arrowColumns(picked, { areaSet: set.id, ...told }) };
  }
  return { headers, body: { ...head, areaSet: set.id, ...(query.codes === "true" ? { codes: set.codes } : {}), columns: picked } };
}
