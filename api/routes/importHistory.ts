import { z } from "zod";
import { databaseOf } from "../database/actor.ts";
import { type Person, type Route, route } from "../endpoint.ts";
import { undoableKinds, undoImport } from "../imports/undo.ts";
import { problem } from "../problem.ts";
import { listImports } from "../queries/importUndo.ts";
import { importKindFor, sendersOfFiles } from "./imports.ts";
import { ownJob } from "./ownJob.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";

const mostImports = 200;
const Entry = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  file_name: z.string().nullable(),
  by: z.string(),
  created_at: z.string(),
  is_check: z.boolean(),
  undone_at: z.string().nullable(),
  can_undo: z.boolean(),
});
const Reason = z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() });
const Undone = z.object({ import: z.string(), incidents: z.number(), indicator_values: z.number(), undone_at: z.string() });

export function importHistoryRoutes({ database, scheduler, announcer }: Parts): Route[] {
  /** In the name of the import itself, bound to the areas of who asks, as the import was. */
  const importing = ({ name, areas }: Person) => databaseOf(database, { name, role: "importer", areas });
  return [
    route({
      method: "get",
      path: "/api/imports",
      summary: "Riwayat pemuatan / history of imports",
      tag: "muat",
      who: sendersOfFiles,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(mostImports).default(50) }),
      answers: {
        200: {
          description: "Terbaru dahulu / newest first",
          types: { "application/json": z.object({ imports: z.array(Entry), numberMatched: z.number() }) },
        },
        ...problemAnswers,
      },
      handle: async ({ person, query }) => {
        const everybody = person.role === "admin" && person.areas === null;
        const imports = await listImports(database, everybody ? null : person.name, query.limit);
        return {
          headers: { "Cache-Control": "no-store" },
          body: {
            imports: imports.map((kept) => ({
              id: kept.id,
              kind: kept.kind,
              status: kept.status,
              file_name: kept.fileName,
              by: kept.person,
              created_at: kept.createdAt,
              is_check: kept.isCheck,
              undone_at: kept.undoneAt,
              can_undo: kept.status === "successful" && !kept.isCheck && kept.undoneAt === null && undoableKinds.includes(kept.kind),
            })),
            numberMatched: Number(imports[0]?.total ?? 0),
          },
        };
      },
    }),
    route<Record<string, never>, z.infer<typeof Reason> | undefined>({
      method: "post",
      path: "/api/imports/{job}/undo",
      summary: "Batalkan pemuatan / take an import back",
      tag: "muat",
      who: sendersOfFiles,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Reason, isOptional: true },
      answers: {
        200: { description: "Dibatalkan / taken back", types: { "application/json": Undone } },
        ...problemAnswers,
        409: { description: "Sudah dikerjakan lebih lanjut / built upon" },
      },
      handle: async ({ path, person, body }) => {
        const job = await ownJob(database, path.job, person);
        if (job.kind !== "import") throw problem("not_found", { value: `imports/${path.job}` });
        importKindFor(job.subject, person.role);
        if (!undoableKinds.includes(job.subject)) throw problem("import_stays", { value: job.subject, expected: undoableKinds.join(", ") });
        if (job.status !== "successful") throw problem("import_not_stored", { value: job.id, state: job.status });
        const undone = await undoImport(importing(person), job.id, { at: new Date(), person: person.name, reason: body?.reason ?? null });
        scheduler.nudge();
        await announcer.announce({ event: "import", area: null, data: { job: job.id } });
        return {
          body: { import: job.id, incidents: undone.incidents, indicator_values: undone.indicatorValues, undone_at: undone.undoneAt },
        };
      },
    }),
  ];
}
