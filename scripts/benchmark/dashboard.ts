import { createReadStream, existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { pino } from "pino";
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { readConfig } from "../../api/config.ts";
import { startService } from "../../api/server.ts";
import { prepareRegion } from "../drive/load/prepare.ts";
import { clusterUrl, createCluster, findInstallation, type PrivateCluster, stopCluster } from "../privateCluster.ts";
import { geographyFiles } from "./geography.ts";
import { dayCount, incidentLines } from "./madeIncidents.ts";
import { type BenchmarkRow, leftOut } from "./row.ts";

const token = "bench-admin-0123456789";
const chromiumPath = "/usr/bin/chromium";
const chromiumFlags = ["--no-sandbox", "--disable-quic", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const viewport = { width: 1366, height: 768 };
/** The box of East Java, as the screen fits it. */
const box = "110.89,-8.79,116.28,-5.48";
const limits = { firstMapMs: 2500, stepMs: 8 } as const;
const option = (name: string): string | undefined => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
/** How often each page is opened, and how often five steps are measured; fewer of both on a busy machine. */
const opens = Number(option("opens") ?? 5);
const batches = Number(option("batches") ?? 10);
const stepsOfBatch = 5;
const patience = 300_000;
/** A peer that has not drawn its map or moved by then is told as slower than that, and not waited for. */
const peerPatience = 1000 * Number(option("peer-seconds") ?? 120);
const mark = "map-coloured";
const builtPage = resolve(import.meta.dirname, "../../web/dist/index.html");

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

/** What a page does for some steps, each drawn before the next. */
type Steps = (page: Page, steps: number) => Promise<unknown>;

/** The slider of the time line, by the keys that move it, inside of the page: what drives a browser from outside would be measured with it. */
const slide: Steps = (page, steps) =>
  page.evaluate(async (count) => {
    const slider = document.querySelector("[role=slider]");
    for (let at = 0; at < count; at++) {
      slider?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true, cancelable: true }));
      // Two frames: what the first one changes is drawn by the next.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  }, steps);
const slidePeer: Steps = (page, steps) =>
  page.evaluate(async (count) => {
    for (let at = 0; at < count; at++) await window.step();
  }, steps);

/** Opens an address some times, the first of them unmeasured, and then moves on step by step. */
async function measure(
  context: BrowserContext,
  address: string,
  move: Steps,
  isReady: (page: Page) => Promise<unknown>,
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
  await isReady(page);
  await move(page, stepsOfBatch);
  const perStep: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const before = await worked(session);
    await move(page, stepsOfBatch);
    perStep.push(((await worked(session)) - before) / stepsOfBatch);
  }
  await page.close();
  // Told as it is found: the whole takes minutes.
  console.log(`${address}: first map ${first.map(Math.round).join(", ")} ms; step ${perStep.map((ms) => ms.toFixed(1)).join(", ")} ms`);
  return { first, perStep };
}

const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });

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

/** What is measured, or null when it takes longer than a peer is waited for. */
async function withinPatience<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((tell) => {
    timer = setTimeout(() => tell(null), peerPatience);
  });
  // What still runs fails when its browser is closed, and nobody waits for it any more.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function measurePeers(folder: string, villages: string): Promise<BenchmarkRow[]> {
  const { url, server } = await servePeers(folder, villages);
  const rows: BenchmarkRow[] = [];
  try {
    for (const [peer, name] of [
      ["maplibre", "MapLibre, plain GeoJSON source"],
      ["deck", "deck.gl GeoJsonLayer"],
    ] as const) {
      // A page whose thread is never free does not answer to its own end: each peer has a browser that is ended from outside.
      const browser = await launch();
      const context = await browser.newContext({ viewport });
      const found = await withinPatience(measure(context, `${url}/?peer=${peer}&box=${box}`, slidePeer, async () => undefined));
      await browser.close();
      if (found) rows.push(row(`  peer: first map, ${name}`, found.first), row(`  peer: slider step, ${name}`, found.perStep));
      else rows.push(row(`  peer: ${name}`, [peerPatience], undefined, `over ${peerPatience / 1000} s, not waited for`));
    }
  } finally {
    server.close();
  }
  return rows;
}

/** A service of its own with East Java, its people and incidents of three years; on PostgreSQL where that is installed. */
async function startEastJava(scratch: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const place = process.getuid?.() === 0 ? `/var/lib/postgresql/${basename(scratch)}` : join(scratch, "postgres");
  const cluster: PrivateCluster | null = findInstallation() ? await createCluster(place) : null;
  const environment = { PORT: "0", DEMO: "off", RATE_LIMIT: "off", ADMIN_TOKEN: token, DATA_DIR: join(scratch, "data") };
  const address = cluster ? { DATABASE_URL: clusterUrl(cluster) } : {};
  const service = await startService(readConfig({ ...environment, ...address }), pino({ level: "silent" }));
  const stop = async (): Promise<void> => {
    await service.close();
    if (cluster) await stopCluster(cluster);
    await rm(place, { recursive: true, force: true });
  };
  try {
    const ask = asker(service.url);
    const { villages } = await prepareRegion({ ask }, "east-java");
    const body = incidentLines(villages.map(({ code }) => code));
    const sent = await ask("/api/imports/incidents?name=kejadian.csv", { method: "POST", body });
    const job = sent.headers.get("location") ?? "";
    for (let status = ""; status !== "successful"; ) {
      await new Promise((wait) => setTimeout(wait, 500));
      ({ status } = (await (await ask(job)).json()) as { status: string });
      if (status === "failed") throw new Error(await (await ask(`${job}/results`)).text());
    }
    return { url: service.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const asker =
  (url: string) =>
  (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(path, url), { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });

/**
 * The first map of East Java from a warm server, and what a step of the slider costs the main thread, beside the same villages in MapLibre and deck.gl as they
 * come. `--url=` measures a service that runs already, with the same token; `--opens=` and `--batches=` measure less often; a peer is waited for `--peer-seconds=`.
 */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const running = option("url");
  if ((!running && !existsSync(geographyFiles["East Java"])) || !existsSync(chromiumPath))
    return [leftOut("the dashboard", "no ../shared or no Chromium")];
  if (!existsSync(builtPage)) return [leftOut("the dashboard", "npm run build has to make it first")];
  const scratch = await mkdtemp(join(tmpdir(), "waspada-dashboard-"));
  const service = running ? { url: running, stop: async () => undefined } : await startEastJava(scratch);
  const browser = await launch();
  try {
    const filter = encodeURIComponent("code LIKE '35.%'");
    const villages = await (await asker(service.url)(`/api/collections/villages/items?limit=10000&filter=${filter}`)).text();
    const rows: BenchmarkRow[] = [];
    for (const [level, name] of [
      ["", "as it opens (kecamatan)"],
      ["&tingkat=village", "every village"],
    ] as const) {
      const context = await browser.newContext({ viewport });
      await context.request.post(`${service.url}/api/session`, { data: { token } });
      // The dots of the incidents come after the first map.
      const isReady = async (page: Page): Promise<unknown> => {
        await page.getByRole("slider").first().waitFor({ timeout: patience });
        return page.waitForLoadState("networkidle").catch(() => undefined);
      };
      const { first, perStep } = await measure(context, `${service.url}/?wilayah=35&warna=counts${level}`, slide, isReady);
      rows.push(row(`first map of East Java, ${name}`, first, limits.firstMapMs));
      rows.push(row(`slider step, ${name}, main thread`, perStep, limits.stepMs, `${dayCount} days of incidents`));
      await context.close();
    }
    rows.push(...(await measurePeers(join(scratch, "peers"), villages)));
    return rows;
  } finally {
    await browser.close();
    await service.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}
