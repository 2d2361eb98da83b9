import { randomUUID } from "node:crypto";
import { z } from "zod";
import { askedAreas, checkInputs, processOf, runProcess } from "../assessments/processes.ts";
import { refuseUnknownAreas } from "../assessments/sample.ts";
import { methodsInEnglish } from "../contract/methods/en.ts";
import { methodsInIndonesian } from "../contract/methods/id.ts";
import { type ProcessId, processInputs, processTexts, ResultDocument } from "../contract/processes.ts";
import { everyRole, type Role, type Route, route } from "../endpoint.ts";
import { languageOf, problem } from "../problem.ts";
import { createJob } from "../queries/jobs.ts";
import { frameFor, type Parts, problemAnswers, processLimit } from "./parts.ts";

const Execution = z.strictObject({
  inputs: z.record(z.string(), z.unknown()).default({}),
  response: z.string().optional(),
  outputs: z.unknown().optional(),
});
const thinkers: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
/** Plans of visits name who goes where: they are the leaders'. */
const planners: readonly Role[] = ["leader", "admin"];

function summaryOf(id: ProcessId, root: string): Record<string, unknown> {
  return {
    id,
    version: "0.1.0",
    ...processTexts[id],
    jobControlOptions: ["sync-execute", "async-execute", "dismiss"],
    outputTransmission: ["value"],
    links: [
      { rel: "self", href: `${root}/processes/${id}`, type: "application/json" },
      { rel: "http://www.opengis.net/def/rel/ogc/1.0/execute", href: `${root}/processes/${id}/execution`, type: "application/json" },
    ],
  };
}

export function processRoutes(parts: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/processes",
      summary: "Daftar proses / processes",
      tag: "proses",
      who: everyRole,
      answers: {
        200: {
          description: "Processes",
          types: { "application/json": z.object({ processes: z.array(z.object({ id: z.string() }).loose()) }).loose() },
        },
        ...problemAnswers,
      },
      handle: async ({ url }) => {
        const root = `${url.origin}/api`;
        return {
          body: {
            processes: (Object.keys(processInputs) as ProcessId[]).map((id) => summaryOf(id, root)),
            links: [{ rel: "self", href: `${root}/processes`, type: "application/json" }],
          },
        };
      },
    }),
    route({
      method: "get",
      path: "/api/processes/{process}",
      summary: "Satu proses dan masukannya / one process and its inputs",
      tag: "proses",
      who: everyRole,
      answers: { 200: { description: "Process", types: { "application/json": null } }, ...problemAnswers },
      handle: async ({ path, url, header }) => {
        const id = processOf(path.process ?? "");
        const schema = z.toJSONSchema(processInputs[id], { io: "input", unrepresentable: "any" }) as {
          properties?: Record<string, { description?: string }>;
        };
        const inputs = Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, input]) => [name, { title: name, minOccurs: 0, schema: input }]),
        );
        return {
          body: {
            ...summaryOf(id, `${url.origin}/api`),
            method: languageOf(header("accept-language")) === "en" ? methodsInEnglish[id] : methodsInIndonesian[id],
            inputs,
            outputs: { result: { title: "result", schema: { type: "object" } } },
          },
        };
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
        201: { description: "Pekerjaan / job", types: { "application/json": null }, headers: ["Location"] },
        ...problemAnswers,
        422: { description: "Ditolak / refused" },
      },
      handle: async ({ path, body, person, header }) => {
        const id = processOf(path.process ?? "");
        if (id === "visit-plan" && !planners.includes(person.role)) throw problem("not_allowed", { role: person.role });
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
