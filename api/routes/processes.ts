import { randomUUID } from "node:crypto";
import { z } from "zod";
import { planners } from "../access/audience.ts";
import { askedAreas, checkInputs, processOf, runProcess } from "../assessments/processes.ts";
import { refuseUnknownAreas } from "../assessments/sample.ts";
import { Link } from "../contract/feature.ts";
import { methodsInEnglish } from "../contract/methods/en.ts";
import { methodsInIndonesian } from "../contract/methods/id.ts";
import { type ProcessId, processInputs, ResultDocument } from "../contract/processes.ts";
import { everyRole, type Role, type Route, route } from "../endpoint.ts";
import { languageOf, problem } from "../problem.ts";
import { createJob } from "../queries/jobs.ts";
import { frameFor, type Parts, problemAnswers, processLimit } from "./parts.ts";
import { processDescription, processesPage, processPage, processSummary } from "./processDocument.ts";
import { formatLinks, wantedFormat } from "./wantedFormat.ts";

const Execution = z.strictObject({
  inputs: z.record(z.string(), z.unknown()).default({}),
  response: z.string().optional(),
  outputs: z.unknown().optional(),
});
/** They name who was or will be where: the leaders' alone. */
const aboutVisits: readonly ProcessId[] = ["visit-plan", "visit-effect"];
const thinkers: readonly Role[] = ["analyst", "leader", "verifier", "admin"];

const FormatQuery = z.strictObject({ f: z.enum(["json", "html"]).optional() });
const formats = ["json", "html"] as const;
const Accepted = z.object({
  jobID: z.string(),
  processID: z.string(),
  type: z.literal("process"),
  status: z.string(),
  progress: z.number(),
});
const Summary = z.object({ id: z.string(), version: z.string(), jobControlOptions: z.array(z.string()), links: z.array(Link) }).loose();
const Described = Summary.extend({ inputs: z.record(z.string(), z.unknown()), outputs: z.record(z.string(), z.unknown()) });

export function processRoutes(parts: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/processes",
      summary: "Daftar proses / processes",
      tag: "proses",
      who: everyRole,
      query: FormatQuery,
      answers: {
        200: {
          description: "Processes",
          types: { "application/json": z.object({ processes: z.array(Summary), links: z.array(Link) }), "text/html": null },
        },
        ...problemAnswers,
      },
      handle: async ({ url, query, header }) => {
        const format = wantedFormat(query.f, header("accept"), formats);
        if (format === "html") return processesPage();
        const processes = (Object.keys(processInputs) as ProcessId[]).map((id) => processSummary(id, `${url.origin}/api`));
        return { headers: { Vary: "Accept" }, body: { processes, links: formatLinks(url, format, formats) } };
      },
    }),
    route({
      method: "get",
      path: "/api/processes/{process}",
      summary: "Satu proses dan masukannya / one process and its inputs",
      tag: "proses",
      who: everyRole,
      query: FormatQuery,
      answers: { 200: { description: "Process", types: { "application/json": Described, "text/html": null } }, ...problemAnswers },
      handle: async ({ path, url, header, query }) => {
        const id = processOf(path.process ?? "");
        if (wantedFormat(query.f, header("accept"), formats) === "html") return processPage(id);
        const method = languageOf(header("accept-language")) === "en" ? methodsInEnglish[id] : methodsInIndonesian[id];
        return { headers: { Vary: "Accept" }, body: processDescription(id, `${url.origin}/api`, method) };
      },
    }),
    route<Record<string, never>, z.infer<typeof Execution>>({
      method: "post",
      path: "/api/processes/{process}/execution",
      summary: "Jalankan proses / execute a process",
      tag: "proses",
      who: thinkers,
      body: { kind: "json", types: ["application/json"], limit: processLimit, schema: Execution },
      answers: {
        200: { description: "Hasil / result", types: { "application/json": ResultDocument } },
        201: { description: "Pekerjaan / job", types: { "application/json": Accepted }, headers: ["Location"] },
        ...problemAnswers,
        422: { description: "Ditolak / refused" },
      },
      handle: async ({ path, body, person, header }) => {
        const id = processOf(path.process ?? "");
        if (aboutVisits.includes(id) && !planners.includes(person.role)) throw problem("not_allowed", { role: person.role });
        const inputs = checkInputs(id, body.inputs);
        await refuseUnknownAreas(parts.database, askedAreas(inputs), person.areas);
        if (/respond-async/.test(header("prefer") ?? "")) {
          const job = randomUUID();
          await createJob(
            parts.database,
            { id: job, kind: "process", subject: id, request: { inputs: body.inputs, scope: person.areas }, person: person.name },
            new Date(),
          );
          parts.runner.nudge();
          return {
            status: 201,
            headers: { Location: `/api/jobs/${job}`, "Preference-Applied": "respond-async" },
            body: { jobID: job, processID: id, type: "process", status: "accepted", progress: 0 },
          };
        }
        return { body: await runProcess(frameFor(parts, person), id, inputs as never, person.name) };
      },
    }),
  ];
}
