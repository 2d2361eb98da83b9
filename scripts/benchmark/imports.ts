import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { readConfig } from "../../api/config.ts";
import type { ImportReport } from "../../api/contract/importReport.ts";
import { startService } from "../../api/server.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";

const folder = resolve(import.meta.dirname, "../../../shared/data");
const token = "benchmark-token-0123456789";

/** The longest that anybody waited for /api/health while `work` ran, in milliseconds. */
async function watched<T>(url: string, work: () => Promise<T>): Promise<{ result: T; slowestMs: number }> {
  let isDone = false;
  let slowestMs = 0;
  const watching = (async () => {
    while (!isDone) {
      const start = performance.now();
      await (await fetch(`${url}/api/health`)).arrayBuffer();
      slowestMs = Math.max(slowestMs, performance.now() - start);
      await new Promise((resume) => setTimeout(resume, 50));
    }
  })();
  try {
    return { result: await work(), slowestMs };
  } finally {
    isDone = true;
    await watching;
  }
}

async function load(url: string, kind: string, file: string, query = ""): Promise<ImportReport> {
  const headers = { Authorization: `Bearer ${token}` };
  const sent = await fetch(`${url}/api/imports/${kind}?name=${basename(file)}${query}`, {
    method: "POST",
    headers,
    body: await readFile(file),
  });
  if (sent.status !== 201) throw new Error(await sent.text());
  await sent.arrayBuffer();
  const job = new URL(sent.headers.get("location")!, url).href;
  for (;;) {
    const { status } = (await (await fetch(job, { headers })).json()) as { status: string };
    if (status === "successful") return (await (await fetch(`${job}/results`, { headers })).json()) as ImportReport;
    if (status === "failed" || status === "dismissed") throw new Error(`${basename(file)}: ${status}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/**
 * Whole imports over HTTP on a database of their own (embedded, or DATABASE_URL if it is set and empty): sent, parsed, checked, repaired,
 * united, neighbours found, tiles cut, stored. One run each, since the second would meet its own rows.
 */
export async function benchmark(): Promise<BenchmarkRow[]> {
  if (!existsSync(folder)) return [leftOut("imports", "no ../shared")];
  const dataDirectory = await mkdtemp(join(tmpdir(), "waspada-benchmark-"));
  const environment = {
    PORT: "0",
    DEMO: "off",
    ADMIN_TOKEN: token,
    RATE_LIMIT: "off",
    LOG_LEVEL: "silent",
    DATA_DIR: dataDirectory,
    DATABASE_URL: process.env.DATABASE_URL,
  };
  const service = await startService(readConfig(environment));
  const isEmbedded = !process.env.DATABASE_URL;
  const rows: BenchmarkRow[] = [];
  const measure = async (name: string, kind: string, file: string, limitMs?: number, query = ""): Promise<void> => {
    let slowest = 0;
    const work = async (): Promise<ImportReport> => {
      const { result, slowestMs } = await watched(service.url, () => load(service.url, kind, join(folder, file), query));
      slowest = slowestMs;
      return result;
    };
    const note = (report: ImportReport): string =>
      `${report.accepted} accepted, ${report.unchanged} unchanged; health at most ${slowest.toFixed(0)} ms`;
    rows.push(await timed(name, 1, work, { warm: false, note, ...(limitMs === undefined ? {} : { limitMs }) }));
  };
  try {
    await measure("Jombang, 306 villages", "boundaries", "boundaries/desa_35.17_jombang.geojson");
    await measure("the same again", "boundaries", "boundaries/desa_35.17_jombang.geojson");
    await measure(
      "East Java, 8,358 villages",
      "boundaries",
      "boundaries/desa_35_jawa_timur_tanpa_35.12.geojson.gz",
      isEmbedded ? 40_000 : 25_000,
    );
    await measure("the same again", "boundaries", "boundaries/desa_35_jawa_timur_tanpa_35.12.geojson.gz");
    await measure("village index, 75,265 rows", "indicators", "indicators/idm_2024_desa.csv.gz", undefined, "&year=2024");
  } finally {
    await service.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
  return rows;
}
