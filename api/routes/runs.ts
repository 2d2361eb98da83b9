import { z } from "zod";
import { planners } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { replay } from "../assessments/replay.ts";
import { refuseUnknownAreas } from "../assessments/sample.ts";
import { type ProcessId, processInputs, ResultDocument } from "../contract/processes.ts";
import { type Person, type Role, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findRun, runsOfArea } from "../queries/runs.ts";
import { frameFor, type Parts, problemAnswers } from "./parts.ts";
import { resultFormats, resultTable, resultTypes } from "./resultTable.ts";
import { wantedFormat } from "./wantedFormat.ts";
import { weightsFile } from "./weightsFile.ts";

/** A run is for those who may see all that it is about: its areas, and where it tells of incidents instead, the areas that it was asked for. */
function mayRead(person: Person, document: ResultDocument): boolean {
  const asked = document.codes.length > 0 ? document.codes : (document.inputs.areas as string[] | undefined);
  return asked ? asked.every((code) => maySee(person, code)) : person.areas === null;
}

const readers: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const processIds = Object.keys(processInputs) as [ProcessId, ...ProcessId[]];
const RunList = z.strictObject({
  process: z.enum(processIds),
  area: z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/),
  limit: z.coerce.number().int().min(1).max(100).default(10),
});
const KeptRun = z.object({
  run: z.string(),
  dataAsOf: z.string(),
  createdAt: z.string(),
  software: z.string(),
  inputs: z.record(z.string(), z.unknown()).nullable(),
});

export function runRoutes(parts: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/runs",
      summary: "Penilaian yang disimpan tentang satu wilayah, terbaru dulu / kept runs about one area, newest first",
      tag: "proses",
      who: readers,
      query: RunList,
      answers: {
        200: {
          description: "Runs; `areMore` tells of older ones",
          types: { "application/json": z.object({ runs: z.array(KeptRun), areMore: z.boolean() }) },
        },
        ...problemAnswers,
      },
      handle: async ({ person, query }) => {
        await refuseUnknownAreas(parts.database, [query.area], person.areas);
        const found = await runsOfArea(parts.database, query.process, query.area, query.limit);
        return {
          headers: { "Cache-Control": "private, no-cache" },
          body: { runs: found.slice(0, query.limit), areMore: found.length > query.limit },
        };
      },
    }),
    route({
      method: "get",
      path: "/api/runs/{run}",
      summary: "Satu penilaian yang disimpan / a kept run",
      tag: "proses",
      who: readers,
      query: z.strictObject({
        f: z
          .enum(["json", ...resultFormats, "gal", "gwt"])
          .optional()
          .describe(
            "csv, arrow: the columns by area or incident; geojson, fgb: with their shapes; gal, gwt: the neighbours of a run of weights as a file, with area codes as identifiers",
          ),
        replay: z.enum(["true", "false"]).optional(),
      }),
      answers: {
        200: { description: "Run", types: { "application/json": ResultDocument, ...resultTypes, "text/plain": null } },
        ...problemAnswers,
      },
      handle: async ({ path, person, query, header }) => {
        const missing = () => problem("not_found", { value: `run ${path.run}` });
        const kept = await findRun(parts.database, path.run ?? "");
        // A plan of visits names who goes where.
        if (!kept || (kept.process === "visit-plan" && !planners.includes(person.role))) throw missing();
        const document = JSON.parse(kept.result) as ResultDocument;
        if (!mayRead(person, document)) throw missing();
        if (query.f === "gal" || query.f === "gwt") return weightsFile(document, query.f);
        const format = wantedFormat(query.f, header("accept"), ["json", ...resultFormats] as const);
        if (format !== "json") return resultTable(document, format, parts.database, person);
        if (query.replay !== "true")
          return {
            type: "application/json; charset=utf-8",
            headers: { "Cache-Control": "private, max-age=31536000, immutable" },
            body: kept.result,
          };
        return { body: await replay(frameFor(parts, person), document) };
      },
    }),
  ];
}
