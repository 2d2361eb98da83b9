import { createReadStream, createWriteStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import type { BoundaryReport } from "../api/contract/boundaryReport.ts";
import type { ColumnPreview } from "../api/contract/columnPreview.ts";
import { type ImportReport, importKinds } from "../api/contract/importReport.ts";
import { reachService, type ServiceAccess } from "./serviceAccess.ts";
import { columnLines } from "./showColumns.ts";
import { joinLines } from "./showJoin.ts";

const usage = `npm run load -- ${importKinds.join("|")} FILE… [--partial] [--dry-run] [--year 2010] [--vintage 2025] [--level village]
                [--mapping '{"code":"kode","population":"penduduk"}'] [--orientation high|low] [--source TEXT]
                [--columns]  (kolom berkas dan pemetaan yang disarankan, tanpa memuat / its columns and a proposed mapping, loads nothing)
                [--mapping remembered] [--sheet NAME] [--decimal comma|point] [--dates dmy|mdy] [--indicator population] [--unit jiwa] [--licence TEXT]
                [--report FILE.csv|.json|.geojson]  (boundaries: laporan batas / boundary report, --dry-run juga / too)
                [--crs EPSG:32749] [--swap-axes] [--layer NAME]
                [--vintage 2018 [--split]]  (indicators, incidents: kode tahun itu dibaca sebagai kode kini / codes of that year read as today's)

Memuat berkas lewat API: WASPADA_URL dengan WASPADA_TOKEN; tanpa itu layanan di 127.0.0.1:PORT; tanpa itu dijalankan di sini atas DATA_DIR.
Loads files through the API: WASPADA_URL with WASPADA_TOKEN; else the service on 127.0.0.1:PORT; else one is started here on DATA_DIR.`;

const contentTypes: readonly (readonly [RegExp, string])[] = [
  [/\.geojson(\.gz)?$/i, "application/geo+json"],
  [/\.(ndjson|geojsonl|geojsons|jsonl)(\.gz)?$/i, "application/geo+json-seq"],
  [/\.csv(\.gz)?$/i, "text/csv"],
  [/\.xls[xm]$/i, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  [/\.sql(\.gz)?$/i, "application/sql"],
];
const shownRows = 1000;
const pollMilliseconds = 300;
const patienceMilliseconds = 60_000;

const isEnglish = /^en/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");
const say = (indonesian: string, english: string): string => (isEnglish ? english : indonesian);

interface Progress {
  update(percent: number, message: string): void;
  end(): void;
}

/** A bar on a terminal; elsewhere a line whenever the step changes. */
function progressOf(name: string): Progress {
  if (!process.stderr.isTTY) {
    let last = "";
    return {
      update(percent, message) {
        if (message !== last) console.error(`${name}: ${percent}% ${message}`);
        last = message;
      },
      end() {},
    };
  }
  const bar = new SingleBar(
    { format: `${name} {bar} {percentage}% {message}`, hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(100, 0, { message: "" });
  return { update: (percent, message) => bar.update(percent, { message }), end: () => bar.stop() };
}

interface JobStatus {
  readonly status: string;
  readonly progress: number;
  readonly message: string;
}

interface ProblemDocument {
  readonly code?: string;
  readonly detail?: string;
}

class Refused extends Error {}

async function ask(access: ServiceAccess, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${access.token}`, "Accept-Language": isEnglish ? "en" : "id", ...init.headers };
  const lastAsked = Date.now() + patienceMilliseconds;
  for (;;) {
    const response = await fetch(new URL(path, access.url), { ...init, headers }).catch((error: unknown) => {
      // A machine with much to do may let a connection fall; asking once more for how far a job is does no harm.
      if (init.body || Date.now() > lastAsked) throw error;
      return null;
    });
    if (response === null) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      continue;
    }
    // A reading is repeated when the service is busy; a sent file cannot be sent twice from the same stream.
    if ((response.status !== 429 && response.status !== 503) || init.body) return response;
    await new Promise((resolve) => setTimeout(resolve, 1000 * (Number(response.headers.get("retry-after")) || 1)));
  }
}

async function problemOf(response: Response): Promise<Refused> {
  const text = await response.text();
  try {
    const { code, detail } = JSON.parse(text) as ProblemDocument;
    return new Refused(`${detail ?? text} (${code ?? response.status})`);
  } catch {
    return new Refused(`HTTP ${response.status} ${text.slice(0, 200)}`);
  }
}

interface Loaded {
  readonly isStored: boolean;
  readonly report: ImportReport;
}

const reportFormats = ["csv", "json", "geojson"] as const;

/** Of `--report out.csv`: what to ask for, by the file's ending. */
function reportFormat(file: string): (typeof reportFormats)[number] {
  const format = reportFormats.find((known) => file.toLowerCase().endsWith(`.${known}`));
  if (!format)
    throw new Refused(
      say(`--report ${file}: akhiri dengan .csv, .json, atau .geojson.`, `--report ${file}: end it with .csv, .json or .geojson.`),
    );
  return format;
}

/** Writes the boundary report of a load into a file, whole: CSV and GeoJSON as they come, JSON page by page as one document. */
async function writeReport(access: ServiceAccess, address: string, file: string): Promise<void> {
  const format = reportFormat(file);
  const fetched = async (path: string): Promise<Response> => {
    const answer = await ask(access, path);
    if (!answer.ok) throw await problemOf(answer);
    return answer;
  };
  if (format !== "json") {
    const { body } = await fetched(`${address}?f=${format}`);
    if (body) await pipeline(Readable.fromWeb(body as never), createWriteStream(file));
    return;
  }
  const first = (await (await fetched(`${address}?limit=10000`)).json()) as BoundaryReport;
  const findings = [...first.findings];
  for (let next = nextOf(first); next; ) {
    const page = (await (await fetched(next)).json()) as BoundaryReport;
    for (const finding of page.findings) findings.push(finding);
    next = nextOf(page);
  }
  await writeFile(file, JSON.stringify({ ...first, numberReturned: findings.length, findings, links: [] }, null, 1));
}

const nextOf = (report: BoundaryReport): string | undefined => report.links.find(({ rel }) => rel === "next")?.href;

/** Sends a file as the body of a POST to that path. */
async function send(access: ServiceAccess, path: string, file: string, query: URLSearchParams): Promise<Response> {
  const name = basename(file);
  const { size } = await stat(file);
  const sent = new URLSearchParams(query);
  sent.set("name", name);
  return ask(access, `${path}?${sent}`, {
    method: "POST",
    headers: {
      "Content-Type": contentTypes.find(([pattern]) => pattern.test(name))?.[1] ?? "application/octet-stream",
      "Content-Length": String(size),
    },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: "half",
  } as RequestInit);
}

async function load(access: ServiceAccess, kind: string, file: string, query: URLSearchParams, progress: Progress): Promise<Loaded> {
  progress.update(0, say("Mengirim berkas", "Sending the file"));
  const response = await send(access, `/api/imports/${kind}`, file, query);
  const location = response.headers.get("location");
  if (response.status !== 201 || !location) throw await problemOf(response);
  await response.arrayBuffer();
  for (;;) {
    const answer = await ask(access, location);
    if (!answer.ok) throw await problemOf(answer);
    const job = (await answer.json()) as JobStatus;
    progress.update(job.progress, job.message);
    if (["successful", "failed", "dismissed"].includes(job.status)) {
      const results = await ask(access, `${location}/results`);
      if (!results.ok) throw await problemOf(results);
      return { isStored: job.status === "successful", report: (await results.json()) as ImportReport };
    }
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

function tell(name: string, { isStored, report }: Loaded, isDryRun: boolean): void {
  const head = isStored
    ? isDryRun
      ? say("uji coba, tidak disimpan", "dry run, nothing stored")
      : say("selesai", "done")
    : say("DITOLAK, tidak ada yang disimpan", "REJECTED, nothing stored");
  const counts: readonly (readonly [number, string, string])[] = [
    [report.accepted, "diterima", "accepted"],
    [report.rejected, "ditolak", "rejected"],
    [report.unchanged, "tidak berubah", "unchanged"],
    [report.notLoaded, "wilayahnya belum dimuat", "areas not loaded"],
    [report.queued, "dalam antrean", "queued"],
  ];
  console.log(`${name}: ${head}. ${counts.map(([n, id, en]) => `${n} ${say(id, en)}`).join(", ")}.`);
  if (report.join) for (const line of joinLines(report.join, say)) console.log(`  ${line}`);
  const lines = [...report.rows, ...report.warnings];
  for (const row of lines.slice(0, shownRows)) {
    console.log(`  ${row.row === null ? "" : `${say("baris", "row")} ${row.row}  `}${row.field ?? ""}  ${row.code}  ${row.message}`);
  }
  if (lines.length > shownRows) console.log(say(`  … dan ${lines.length - shownRows} lagi`, `  … and ${lines.length - shownRows} more`));
}

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      year: text,
      vintage: text,
      level: text,
      mapping: text,
      report: text,
      orientation: text,
      source: text,
      sheet: text,
      decimal: text,
      dates: text,
      indicator: text,
      unit: text,
      licence: text,
      crs: text,
      layer: text,
      "swap-axes": flag,
      split: flag,
      columns: flag,
      partial: flag,
      "dry-run": flag,
      dryRun: flag,
      help: flag,
    },
  });
  const [kind, ...files] = positionals;
  if (values.help || !importKinds.some((known) => known === kind) || files.length === 0 || kind === undefined) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const { "dry-run": dashed, dryRun, "swap-axes": isSwapped, help: _, columns: isColumnsOnly, report: reportFile, ...others } = values;
  if (reportFile !== undefined) {
    reportFormat(reportFile);
    if (kind !== "boundaries" || files.length > 1)
      throw new Refused(say("--report: satu berkas batas saja.", "--report: for one boundary file only."));
  }
  const isDryRun = dashed === true || dryRun === true;
  const query = new URLSearchParams(Object.entries(others).map(([name, value]) => [name, String(value)]));
  if (isDryRun) query.set("dryRun", "true");
  if (isSwapped) query.set("swapAxes", "true");

  for (const file of files)
    if (!(await stat(file).catch(() => null))?.isFile()) throw new Refused(say(`Berkas ${file} tidak ada.`, `There is no file ${file}.`));
  const access = await reachService(process.env);
  let isWell = true;
  try {
    for (const file of files) {
      const progress = progressOf(basename(file));
      try {
        if (isColumnsOnly) {
          const answer = await send(access, `/api/imports/${kind}/columns`, file, query);
          if (!answer.ok) throw await problemOf(answer);
          console.log([`${basename(file)}:`, ...columnLines((await answer.json()) as ColumnPreview, say)].join("\n"));
          continue;
        }
        const loaded = await load(access, kind, file, query, progress).finally(() => progress.end());
        tell(basename(file), loaded, isDryRun);
        if (reportFile && loaded.report.boundaryReport) {
          await writeReport(access, loaded.report.boundaryReport, reportFile);
          console.log(say(`Laporan batas: ${reportFile}`, `Boundary report: ${reportFile}`));
        }
        isWell &&= loaded.isStored;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        console.error(`${basename(file)}: ${error.message}`);
        isWell = false;
      }
    }
  } finally {
    await access.close();
  }
  return isWell ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS") === true;
  console.error((error as Error).message);
  if (isUsage) console.error(usage);
  process.exitCode = isUsage ? 2 : 1;
}
