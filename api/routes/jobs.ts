import { z } from "zod";
import type { ImportReport } from "../contract/importReport.ts";
import type { ResultDocument } from "../contract/processes.ts";
import { everyRole, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { Problem, problem } from "../problem.ts";
import { dismissJob, findJob, type Job, jobResult, listJobs } from "../queries/jobs.ts";
import { joinTable } from "./joinTable.ts";
import { ownJob } from "./ownJob.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { resultTable } from "./resultTable.ts";

type Known = Omit<Job, "result">;

function statusDocument(job: Known, root: string): Record<string, unknown> {
  const failure = job.problem ? new Problem(job.problem.code as never, job.problem.details) : null;
  return {
    jobID: job.id,
    type: "process",
    processID: job.kind === "import" ? `import-${job.subject}` : job.subject,
    status: job.status,
    progress: job.progress,
    message: job.message ?? "",
    created: job.createdAt,
    ...(job.startedAt ? { started: job.startedAt } : {}),
    ...(job.finishedAt ? { finished: job.finishedAt } : {}),
    ...(failure ? { problem: { code: failure.code, detail: failure.message, ...failure.details } } : {}),
    links: [
      { rel: "self", href: `${root}/jobs/${job.id}`, type: "application/json" },
      ...(["successful", "failed"].includes(job.status)
        ? [{ rel: "http://www.opengis.net/def/rel/ogc/1.0/results", href: `${root}/jobs/${job.id}/results`, type: "application/json" }]
        : []),
      ...(job.kind === "import" && job.subject === "boundaries" && ["successful", "failed"].includes(job.status)
        ? [{ rel: "boundary-report", href: `${root}/imports/${job.id}/boundary-report`, type: "application/json" }]
        : []),
    ],
  };
}

export function jobRoutes({ database, runner }: Parts): Route[] {
  const Status = z.object({ jobID: z.string(), status: z.string(), progress: z.number() }).loose();
  return [
    route({
      method: "get",
      path: "/api/jobs",
      summary: "Daftar pekerjaan / jobs",
      tag: "proses",
      who: everyRole,
      answers: {
        200: { description: "Jobs", types: { "application/json": z.object({ jobs: z.array(Status) }).loose() } },
        ...problemAnswers,
      },
      handle: async ({ person, url }) => {
        const root = `${url.origin}/api`;
        const jobs = await listJobs(database, person.role === "admin" && person.areas === null ? null : person.name, 100);
        return {
          body: {
            jobs: jobs.map((job) => statusDocument(job, root)),
            links: [{ rel: "self", href: `${root}/jobs`, type: "application/json" }],
          },
        };
      },
    }),
    route({
      method: "get",
      path: "/api/jobs/{job}",
      summary: "Keadaan pekerjaan / job status",
      tag: "proses",
      who: everyRole,
      answers: { 200: { description: "Status", types: { "application/json": Status } }, ...problemAnswers },
      handle: async ({ path, person, url }) => ({
        headers: { "Cache-Control": "no-store" },
        body: statusDocument(await ownJob(database, path.job, person), `${url.origin}/api`),
      }),
    }),
    route({
      method: "get",
      path: "/api/jobs/{job}/results",
      summary: "Hasil pekerjaan / job results",
      tag: "proses",
      who: everyRole,
      query: z.strictObject({
        f: z.enum(["json", "csv"]).optional(),
        part: z.enum(["rows", "join"]).optional().describe("csv of an import of indicators: its rows, or how rows and areas met"),
      }),
      answers: {
        200: { description: "Hasil / result", types: { "application/json": null, "text/csv": null } },
        ...problemAnswers,
        422: { description: "Gagal / failed" },
      },
      handle: async ({ path, person, query }) => {
        const job = await ownJob(database, path.job, person);
        if (job.problem) throw new Problem(job.problem.code as never, job.problem.details);
        if (job.status === "dismissed") throw problem("job_failed", { value: job.id, reason: "dibatalkan / dismissed" });
        const result = ["successful", "failed"].includes(job.status) ? await jobResult(database, job.id) : null;
        if (result === null) throw problem("job_not_finished", { value: job.id, progress: job.progress });
        if (query.f === "csv") {
          if (job.kind === "process") return resultTable(JSON.parse(result) as ResultDocument);
          const report = JSON.parse(result) as Partial<ImportReport>;
          const rows = query.part === "join" ? joinTable(report.join) : (report.rows ?? []);
          return { type: "text/csv; charset=utf-8", body: writeCsv(rows as unknown as Record<string, unknown>[]) };
        }
        return { type: "application/json; charset=utf-8", body: result };
      },
    }),
    route({
      method: "delete",
      path: "/api/jobs/{job}",
      summary: "Batalkan pekerjaan / dismiss a job",
      tag: "proses",
      who: everyRole,
      answers: {
        200: { description: "Dibatalkan / dismissed", types: { "application/json": Status } },
        ...problemAnswers,
        409: { description: "Sudah selesai / finished" },
      },
      handle: async ({ path, person, url }) => {
        const job = await ownJob(database, path.job, person);
        await dismissJob(database, job.id, new Date());
        runner.cancel(job.id);
        return { body: statusDocument((await findJob(database, job.id)) ?? job, `${url.origin}/api`) };
      },
    }),
  ];
}
