import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { readConfig } from "../../api/config.ts";
import type { ImportReport } from "../../api/contract/importReport.ts";
import { startService } from "../../api/server.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";

const run = promisify(execFile);
const boundaries = resolve(import.meta.dirname, "../../../shared/data/boundaries/desa_35.17_jombang.geojson");
const token = "benchmark-token-0123456789";
const told = process.argv.find((word) => word.startsWith("--rows="))?.slice(7);
const rows = told ? Number(told) : 1_000_000;

interface Village {
  readonly kode: string;
  readonly titik: readonly [number, number];
}

/** Incidents of three years, half of them with the code of their village, half with a point in it alone, as CSV. */
function* lines(villages: readonly Village[]): Generator<string> {
  yield "id,village_code,occurred_from,issue,form,severity,facts,lon,lat\n";
  for (let n = 0; n < rows; n++) {
    const { kode, titik } = villages[(n * 7919) % villages.length]!;
    const day = new Date(Date.UTC(2022, 0, 1 + ((n * 31) % 1000))).toISOString().slice(0, 10);
    const id = `${n.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
    const place = n % 2 === 0 ? `${kode},` : ",";
    const point = n % 2 === 0 ? "," : `${titik[0]},${titik[1]}`;
    yield `${id},${place}${day},${["404", "301", "202"][n % 3]},F${(n % 7) + 1},${(n % 5) + 1},"Bentrokan dua kelompok setelah latihan, nomor ${n}.",${point}\n`;
  }
}

async function load(url: string, kind: string, file: string): Promise<ImportReport> {
  const headers = { Authorization: `Bearer ${token}` };
  const sent = await fetch(`${url}/api/imports/${kind}?name=${kind === "incidents" ? "a.csv" : "a.geojson"}&partial=true`, {
    method: "POST",
    headers: { ...headers, "Content-Length": String((await stat(file)).size) },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (sent.status !== 201) throw new Error(await sent.text());
  await sent.arrayBuffer();
  const job = new URL(sent.headers.get("location")!, url).href;
  for (;;) {
    const { status, message } = (await (await fetch(job, { headers })).json()) as { status: string; message: string };
    if (status === "successful") return (await (await fetch(`${job}/results`, { headers })).json()) as ImportReport;
    if (status === "failed" || status === "dismissed") throw new Error(`${kind}: ${status} ${message}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

/** The same rows, as they are stored, by psql into a table of their own with the same indexes. */
async function plainCopy(databaseUrl: string, file: string): Promise<void> {
  await run("psql", [
    databaseUrl,
    "-qc",
    "drop table if exists benchmark_incident",
    "-qc",
    "create table benchmark_incident (like incident including indexes)",
  ]);
  await run("psql", [databaseUrl, "-qc", `\\copy benchmark_incident from '${file}'`]);
}

/**
 * A million incidents (`--rows=200000` for fewer) over HTTP: sent, validated, placed by code or point, stored with their reports and history; beside psql's
 * `\copy` of the same rows. On an empty DATABASE_URL; without one the embedded engine is timed alone.
 */
export async function benchmark(): Promise<BenchmarkRow[]> {
  if (!existsSync(boundaries)) return [leftOut("incidents", "no ../shared")];
  const folder = await mkdtemp(join(tmpdir(), "waspada-benchmark-"));
  const databaseUrl = process.env.DATABASE_URL;
  const service = await startService(
    readConfig({
      PORT: "0",
      DEMO: "off",
      ADMIN_TOKEN: token,
      RATE_LIMIT: "off",
      LOG_LEVEL: "silent",
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
    }),
  );
  const result: BenchmarkRow[] = [];
  try {
    await load(service.url, "boundaries", boundaries);
    const { features } = JSON.parse(readFileSync(boundaries, "utf8")) as { features: { properties: Village }[] };
    const file = join(folder, "incidents.csv");
    await pipeline(Readable.from(lines(features.map(({ properties }) => properties))), createWriteStream(file));
    const ours = await timed(`${rows} incidents`, 1, () => load(service.url, "incidents", file), {
      warm: false,
      note: (report) => `${report.accepted} accepted, ${report.rejected} rejected`,
    });
    result.push(ours);
    if (!databaseUrl) return [...result, leftOut("\\copy", "DATABASE_URL is not set")];
    const stored = join(folder, "stored.copy");
    await run("psql", [databaseUrl, "-qc", `\\copy incident to '${stored}'`]);
    const peer = await timed("\\copy of the same rows", 1, () => plainCopy(databaseUrl, stored), { warm: false });
    result.push({ ...peer, memoryMb: Number.NaN, note: `ours ${(ours.minMs / peer.minMs).toPrecision(3)} × it (at most 3)` });
    await run("psql", [databaseUrl, "-qc", "drop table benchmark_incident"]);
    return result;
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
