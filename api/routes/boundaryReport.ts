import { Readable } from "node:stream";
import { z } from "zod";
import { maySee } from "../access/people.ts";
import { findingKindIds, findingKinds } from "../contract/boundaryFindingKinds.ts";
import { BoundaryReport, type FindingCount } from "../contract/boundaryReport.ts";
import type { Database } from "../database/database.ts";
import { type Answer, everyRole, type Person, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import type { ReportHead } from "../imports/boundaryReport/report.ts";
import { type Language, languageOf, problem } from "../problem.ts";
import { countFindings, type FindingFilter, findBoundaryReport, findingsAfter, type KeptFinding } from "../queries/boundaryFindings.ts";
import { featureOf, findingOf, lineOf } from "./boundaryFinding.ts";
import { ownJob } from "./ownJob.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const mostFindings = 10_000;
const Query = z.strictObject({
  f: z.enum(["json", "csv", "geojson"]).optional(),
  kind: z.enum(findingKindIds).optional(),
  within: z
    .string()
    .regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35.17")
    .optional()
    .describe("Only findings with a village of this area."),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostFindings)
    .optional()
    .describe("json: 1,000 unless told; csv and geojson: everything kept unless told."),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, "next")
    .optional(),
});
type Query = z.infer<typeof Query>;

interface Asked {
  readonly database: Database;
  readonly job: string;
  readonly filter: FindingFilter;
  readonly after: number;
  /** null: everything kept. */
  readonly limit: number | null;
}

/** Findings page by page from the database, so that a whole report is never in memory. */
async function* pagesOf({ database, job, filter, after, limit }: Asked): AsyncGenerator<KeptFinding[]> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for (let last = after; left > 0; ) {
    const page = await findingsAfter(database, job, filter, last, Math.min(left, 2000));
    if (page.length === 0) return;
    yield page;
    left -= page.length;
    last = page.at(-1)!.number;
  }
}

async function* csvOf(asked: Asked, language: Language): AsyncGenerator<string> {
  let isFirst = true;
  for await (const page of pagesOf(asked)) {
    const text = writeCsv(page.map((kept) => lineOf(kept, language)));
    yield isFirst ? text : text.slice(text.indexOf("\n") + 1);
    isFirst = false;
  }
  // A table without findings still says what its columns are.
  if (isFirst)
    yield writeCsv([lineOf({ number: 0, kind: "overlap", code: null, otherCode: null, content: "{}", geojson: null }, language)]).split(
      "\n",
      1,
    )[0]!;
}

async function* geojsonOf(asked: Asked, language: Language): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let isFirst = true;
  for await (const page of pagesOf(asked)) {
    const features = page.map((kept) => featureOf(kept, language)).join(",\n");
    yield isFirst ? features : `,\n${features}`;
    isFirst = false;
  }
  yield "]}\n";
}

function streamed(chunks: AsyncGenerator<string>, type: string, name: string): Answer {
  return {
    stream: (response) => {
      response.set({ "Content-Type": type, "Cache-Control": "private, no-cache", "Content-Disposition": `attachment; filename="${name}"` });
      const readable = Readable.from(chunks);
      // Cut off, so that nobody takes half a file for a whole one.
      readable.on("error", () => response.destroy());
      response.on("close", () => readable.destroy());
      readable.pipe(response);
    },
  };
}

function countOf({ kind, ...count }: ReportHead["counts"][number], language: Language): FindingCount {
  const { severity, title } = findingKinds[kind];
  return { kind, severity, title: title[language], ...count };
}

function wantedFormat(f: Query["f"], accept: string | undefined): NonNullable<Query["f"]> {
  if (f) return f;
  if (/^application\/geo\+json/.test(accept ?? "")) return "geojson";
  return /^text\/csv/.test(accept ?? "") ? "csv" : "json";
}

export function boundaryReportRoutes({ database }: Parts): Route[] {
  const maySeeAll = (person: Person, areas: readonly string[] | null): boolean =>
    person.areas === null || (areas?.every((code) => maySee(person, code)) ?? false);
  return [
    route<Query>({
      method: "get",
      path: "/api/imports/{job}/boundary-report",
      summary: "Laporan batas: yang ditemukan dalam satu berkas batas / what a boundary file was found to hold",
      tag: "muat",
      who: everyRole,
      query: Query,
      answers: {
        200: {
          description: "Temuan / findings",
          types: { "application/json": BoundaryReport, "application/geo+json": null, "text/csv": null },
        },
        ...problemAnswers,
        409: { description: "Belum selesai / not finished" },
      },
      handle: async ({ path, query, person, url, header }) => {
        const job = await ownJob(database, path.job, person);
        const kept = await findBoundaryReport(database, job.id);
        if (!kept && ["accepted", "running"].includes(job.status))
          throw problem("job_not_finished", { value: job.id, progress: job.progress });
        const head = kept?.document as ReportHead | undefined;
        if (!kept || !head || !maySeeAll(person, head.areas))
          throw problem("not_found", { value: `laporan batas/boundary report ${job.id}` });
        const language = languageOf(header("accept-language"));
        const format = wantedFormat(query.f, header("accept"));
        const filter = { kind: query.kind ?? null, within: query.within ?? null, isDrawn: format === "geojson" };
        const limit = query.limit ?? (format === "json" ? 1000 : null);
        const asked: Asked = { database, job: job.id, filter, after: Number(query.cursor ?? 0), limit };
        const name = `waspada-batas-${job.id}`;
        if (format === "csv") return streamed(csvOf(asked, language), "text/csv; charset=utf-8", `${name}.csv`);
        if (format === "geojson") return streamed(geojsonOf(asked, language), "application/geo+json; charset=utf-8", `${name}.geojson`);
        const findings = await findingsAfter(database, job.id, filter, asked.after, limit ?? mostFindings);
        const more = findings.length === limit ? await findingsAfter(database, job.id, filter, findings.at(-1)!.number, 1) : [];
        const next = new URL(url);
        next.searchParams.set("cursor", String(findings.at(-1)?.number ?? 0));
        const { areas: _, counts, notes, ...told } = head;
        const report: BoundaryReport = {
          job: job.id,
          ...told,
          notes: [...notes],
          createdAt: kept.createdAt,
          status: job.status,
          counts: counts.map((count) => countOf(count, language)),
          numberMatched: await countFindings(database, job.id, filter),
          numberReturned: findings.length,
          findings: findings.map((finding) => findingOf(finding, language)),
          links: [
            { rel: "self", href: url.href, type: "application/json" },
            ...(more.length > 0 ? [{ rel: "next", href: next.href, type: "application/json" }] : []),
          ],
        };
        return { headers: { "Cache-Control": "private, no-cache" }, body: report };
      },
    }),
  ];
}
