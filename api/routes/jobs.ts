import { z } from "zod";
import { Link } from "../contract/feature.ts";
import type { ImportReport } from "../contract/importReport.ts";
import type { ResultDocument } from "../contract/processes.ts";
import { everyRole, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { Problem, problem } from "../problem.ts";
import { dismissJob, findJob, jobResult, listJobs } from "../queries/jobs.ts";
import { jobPage, jobsPage, statusDocument } from "./jobDocument.ts";
import { joinTable } from "./joinTable.ts";
import { ownJob } from "./ownJob.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { resultFormats, resultTable, resultTypes } from "./resultTable.ts";
import { formatLinks, wantedFormat } from "./wantedFormat.ts";

const formats = ["json", "html"] as const;
const FormatQuery = z.strictObject({ f: z.enum(["json", "html"]).optional() });
const mostJobs = 1000;
const ListQuery = z.strictObject({
  f: z.enum(["json", "html"]).optional(),
  limit: z.coerce.number().int().min(1).max(mostJobs).default(100),
  status: z.enum(["accepted", "running", "successful", "failed", "dismissed"]).optional(),
  processID: z.string().max(100).optional(),
  type: z.literal("process").optional(),
  cursor: z.string().max(200).optional(),
});
const Cursor = z.strictObject({ createdAt: z.iso.datetime(), id: z.uuid() });

/** The place in the list after which a next page begins. @throws invalid_cursor for what no page gave */
function readJobCursor(text: string | undefined): z.infer<typeof Cursor> | null {
  if (text === undefined) return null;
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    throw problem("invalid_cursor");
  }
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
      query: ListQuery,
      answers: {
        200: {
          description: "Jobs",
          types: { "application/json": z.object({ jobs: z.array(Status), links: z.array(Link) }), "text/html": null },
        },
        ...problemAnswers,
      },
      handle: async ({ person, url, query, header }) => {
        const found = await listJobs(database, {
          person: person.role === "admin" && person.areas === null ? null : person.name,
          status: query.status ?? null,
          subject: query.processID?.replace(/^import-/, "") ?? null,
          limit: query.limit,
          after: readJobCursor(query.cursor),
        });
        const jobs = found.slice(0, query.limit);
        const last = jobs.at(-1);
        const next = new URL(url);
        if (found.length > query.limit && last)
          next.searchParams.set("cursor", Buffer.from(JSON.stringify({ createdAt: last.createdAt, id: last.id })).toString("base64url"));
        const nextLink = found.length > query.limit ? next.href : null;
        const format = wantedFormat(query.f, header("accept"), formats);
        if (format === "html") return jobsPage(jobs, nextLink);
        return {
          headers: { Vary: "Accept" },
          body: {
            jobs: jobs.map((job) => statusDocument(job, `${url.origin}/api`)),
            links: [...formatLinks(url, format, formats), ...(nextLink ? [{ rel: "next", href: nextLink, type: "application/json" }] : [])],
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
      query: FormatQuery,
      answers: { 200: { description: "Status", types: { "application/json": Status, "text/html": null } }, ...problemAnswers },
      handle: async ({ path, person, url, query, header }) => {
        const job = await ownJob(database, path.job, person);
        if (wantedFormat(query.f, header("accept"), formats) === "html") return jobPage(job);
        return { headers: { "Cache-Control": "no-store", Vary: "Accept" }, body: statusDocument(job, `${url.origin}/api`) };
      },
    }),
    route({
      method: "get",
      path: "/api/jobs/{job}/results",
      summary: "Hasil pekerjaan / job results",
      tag: "proses",
      who: everyRole,
      query: z.strictObject({
        f: z.enum(["json", ...resultFormats]).optional(),
        part: z.enum(["rows", "join"]).optional().describe("csv of an import of indicators: its rows, or how rows and areas met"),
      }),
      answers: {
        200: { description: "Hasil / result", types: { "application/json": null, ...resultTypes } },
        ...problemAnswers,
        422: { description: "Gagal / failed" },
      },
      handle: async ({ path, person, query, header }) => {
        const job = await ownJob(database, path.job, person);
        if (job.problem) throw new Problem(job.problem.code as never, job.problem.details);
        if (job.status === "dismissed") throw problem("job_failed", { value: job.id, reason: "dibatalkan / dismissed" });
        const result = ["successful", "failed"].includes(job.status) ? await jobResult(database, job.id) : null;
        if (result === null) throw problem("job_not_finished", { value: job.id, progress: job.progress });
        const format = wantedFormat(query.f, header("accept"), ["json", ...resultFormats] as const);
        if (format !== "json" && job.kind === "process") return resultTable(JSON.parse(result) as ResultDocument, format, database, person);
        if (format === "arrow" || format === "geojson" || format === "fgb")
          throw problem("invalid_parameter", { field: "f", value: format, expected: "json, csv" });
        if (format === "csv") {
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
