import type { Answer } from "../endpoint.ts";
import { Problem } from "../problem.ts";
import type { Job } from "../queries/jobs.ts";
import { htmlAnswer } from "./htmlPage.ts";

/** A job without its result, which may be large. */
export type Known = Omit<Job, "result">;

const processOf = (job: Known): string => (job.kind === "import" ? `import-${job.subject}` : job.subject);
const isFinished = (job: Known): boolean => ["successful", "failed"].includes(job.status);

/** How a job stands, by OGC API Processes. */
export function statusDocument(job: Known, root: string): Record<string, unknown> {
  const failure = job.problem ? new Problem(job.problem.code as never, job.problem.details) : null;
  return {
    jobID: job.id,
    type: "process",
    processID: processOf(job),
    status: job.status,
    progress: job.progress,
    message: job.message ?? "",
    created: job.createdAt,
    ...(job.startedAt ? { started: job.startedAt } : {}),
    ...(job.finishedAt ? { finished: job.finishedAt } : {}),
    ...(failure ? { problem: { code: failure.code, detail: failure.message, ...failure.details } } : {}),
    links: [
      { rel: "self", href: `${root}/jobs/${job.id}`, type: "application/json" },
      { rel: "alternate", href: `${root}/jobs/${job.id}?f=html`, type: "text/html" },
      ...(isFinished(job)
        ? [{ rel: "http://www.opengis.net/def/rel/ogc/1.0/results", href: `${root}/jobs/${job.id}/results`, type: "application/json" }]
        : []),
      ...(job.kind === "import" && job.subject === "boundaries" && isFinished(job)
        ? [{ rel: "boundary-report", href: `${root}/imports/${job.id}/boundary-report`, type: "application/json" }]
        : []),
    ],
  };
}

const home = { href: "/api?f=html", label: "Waspada" };
const list = { href: "/api/jobs?f=html", label: "Pekerjaan / jobs" };

/** The list of jobs, for a person. */
export function jobsPage(jobs: readonly Known[], nextLink: string | null): Answer {
  return htmlAnswer({
    title: list.label,
    trail: [home],
    tables: [
      {
        title: list.label,
        head: ["", "proses / process", "keadaan / status", "%", "dibuat / created"],
        rows: jobs.map((job) => [
          { href: `/api/jobs/${job.id}?f=html`, label: job.id.slice(0, 8) },
          processOf(job),
          job.status,
          job.progress,
          job.createdAt,
        ]),
      },
    ],
    links: nextLink ? [{ href: nextLink, label: "Halaman berikut / next page" }] : [],
  });
}

/** One job, for a person. */
export function jobPage(job: Known): Answer {
  const failure = job.problem ? new Problem(job.problem.code as never, job.problem.details) : null;
  return htmlAnswer({
    title: `${processOf(job)} ${job.id.slice(0, 8)}`,
    trail: [home, list],
    facts: [
      ["keadaan / status", job.status],
      ["%", job.progress],
      ["", failure?.message ?? job.message],
      ["dibuat / created", job.createdAt],
      ["mulai / started", job.startedAt],
      ["selesai / finished", job.finishedAt],
    ],
    links: isFinished(job)
      ? ["json", "csv"].map((format) => ({ href: `/api/jobs/${job.id}/results?f=${format}`, label: `Hasil / results: ${format}` }))
      : [],
  });
}
