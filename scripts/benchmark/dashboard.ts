import { createReadStream, existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { pino } from "pino";
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { readConfig } from "../../api/config.ts";
import { startService } from "../../api/server.ts";
import { prepareRegion } from "../drive/load/prepare.ts";
import { geographyFiles } from "./geography.ts";
import { type BenchmarkRow, leftOut } from "./row.ts";

const token = "bench-admin-0123456789";
const chromiumPath = "/usr/bin/chromium";
const chromiumFlags = ["--no-sandbox", "--disable-quic", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const viewport = { width: 1366, height: 768 };
/** The box of East Java, as the screen fits it. */
const box = "110.89,-8.79,116.28,-5.48";
const limits = { firstMapMs: 2500, stepMs: 8 } as const;
const opens = 5;
const steps = 40;
const patience = 300_000;
const mark = "map-coloured";

const coloured = async (page: Page): Promise<number> => {
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark, { timeout: patience });
  return page.evaluate((name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN, mark);
};

/** Milliseconds that the page's main thread has worked so far. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}

function row(name: string, times: readonly number[], limitMs?: number, note?: string): BenchmarkRow {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    name,
    runs: sorted.length,
    minMs: sorted[0] ?? Number.NaN,
    medianMs: sorted[sorted.length >> 1] ?? Number.NaN,
    maxMs: sorted.at(-1) ?? Number.NaN,
    memoryMb: process.memoryUsage().rss / 1e6,
    ...(limitMs === undefined ? {} : { limitMs }),
    ...(note === undefined ? {} : { note }),
  };
}

/** Opens an address some times, the first of them unmeasured, and then moves on step by step. */
async function measure(
  context: BrowserContext,
  address: string,
  step: (page: Page) => Promise<void>,
): Promise<{ first: number[]; perStep: number[] }> {
  const first: number[] = [];
  let page = await context.newPage();
  for (let open = 0; open <= opens; open++) {
    await page.close();
    page = await context.newPage();
    await page.goto(address, { timeout: patience });
    const at = await coloured(page);
    if (open > 0) first.push(at);
  }
  const session = await context.newCDPSession(page);
  // Processor time of the thread, which others at work on the machine do not lengthen.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await step(page);
  const perStep: number[] = [];
  for (let at = 0; at < steps; at++) {
    const before = await worked(session);
    await step(page);
    perStep.push((await worked(session)) - before);
  }
  await page.close();
  return { first, perStep };
}

const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** The peers' page and the same villages as one GeoJSON. */
async function servePeers(folder: string, villages: string): Promise<{ url: string; server: Server }> {
  await build({
    root: resolve(import.meta.dirname, "peers/dashboard"),
    configFile: false,
    base: "./",
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true, target: "esnext" },
    worker: { format: "es" },
  });
  await writeFile(join(folder, "villages.geojson"), villages);
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const file = join(folder, path === "/" ? "index.html" : path);
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/json", "Cache-Control": "max-age=3600" });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`, server };
}

async function measurePeers(browser: Browser, folder: string, villages: string): Promise<BenchmarkRow[]> {
  const { url, server } = await servePeers(folder, villages);
  const rows: BenchmarkRow[] = [];
  try {
    for (const [peer, name] of [
      ["maplibre", "MapLibre, plain GeoJSON source"],
      ["deck", "deck.gl GeoJsonLayer"],
    ] as const) {
      const context = await browser.newContext({ viewport });
      const { first, perStep } = await measure(context, `${url}/?peer=${peer}&box=${box}`, (page) => page.evaluate(() => window.step()));
      rows.push(row(`  peer: first map, ${name}`, first), row(`  peer: slider step, ${name}`, perStep));
      await context.close();
    }
  } finally {
    server.close();
  }
  return rows;
}

/** The first map of East Java from a warm server, and what a step of the slider costs the main thread, beside the same villages in MapLibre and deck.gl as they come. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  if (!existsSync(geographyFiles["East Java"]) || !existsSync(chromiumPath))
    return [leftOut("the dashboard", "no ../shared or no Chromium")];
  const scratch = await mkdtemp(join(tmpdir(), "waspada-dashboard-"));
  const environment = { PORT: "0", DEMO: "off", RATE_LIMIT: "off", ADMIN_TOKEN: token, DATA_DIR: join(scratch, "data") };
  const service = await startService(readConfig(environment), pino({ level: "silent" }));
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(service.url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  try {
    await prepareRegion({ ask: ask as never }, "east-java");
    const filter = encodeURIComponent("code LIKE '35.%'");
    const villages = await (await ask(`/api/collections/villages/items?limit=10000&filter=${filter}`)).text();
    const rows: BenchmarkRow[] = [];
    for (const [level, name] of [
      ["", "as it opens (kecamatan)"],
      ["&tingkat=village", "every village"],
    ] as const) {
      const context = await browser.newContext({ viewport });
      await context.request.post(`${service.url}/api/session`, { data: { token } });
      const step = async (page: Page): Promise<void> => {
        await page.getByRole("slider").first().press("ArrowLeft");
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      };
      const { first, perStep } = await measure(context, `${service.url}/?wilayah=35&warna=counts${level}`, step);
      rows.push(row(`first map of East Java, ${name}`, first, limits.firstMapMs));
      rows.push(row(`slider step, ${name}, main thread`, perStep, limits.stepMs));
      await context.close();
    }
    rows.push(...(await measurePeers(browser, join(scratch, "peers"), villages)));
    return rows;
  } finally {
    await browser.close();
    await service.close();
    await rm(scratch, { recursive: true, force: true });
  }
}
