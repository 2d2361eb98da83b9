import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, inBrowser, launchPersistent, type RunningService, startWholeService } from "../fixtures/browser.ts";
import { type SentAnswer, startWire, type Wire } from "../fixtures/wire.ts";

/** Text of others that would do something wherever it is taken for more than text. */
const hostile = `<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>{{7*7}}\${window.pwned=3}`;
const kilobytes = (answers: readonly SentAnswer[]): number => Math.round(answers.reduce((sum, { bytes }) => sum + bytes, 0) / 1000);
/** The map library with its thread, and its layers: their names are written into every build of them. */
const isMapLibrary = ({ path, body }: SentAnswer): boolean =>
  /maplibre/.test(path) || /maplibregl-|luma\.gl|deck\.gl/.test(body.toString("latin1"));

describe.skipIf(!hasBrowser)("what goes over the wire, and what others wrote", inBrowser, () => {
  let service: RunningService;
  let wire: Wire;
  let folder: string;
  let context: BrowserContext;
  let page: Page;
  let violations: string[];

  const start = async (): Promise<void> => {
    context = await launchPersistent(folder, { viewport: { width: 1366, height: 768 }, baseURL: wire.url });
    violations = [];
    await context.exposeFunction("tellViolation", (text: string) => violations.push(text));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        void (window as unknown as { tellViolation(text: string): void }).tellViolation(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    page = await context.newPage();
  };
  const openMap = async (): Promise<void> => {
    await page.goto("/?area=99.01");
    await page.locator(".maplibregl-canvas").waitFor();
    await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
    await page.waitForLoadState("networkidle").catch(() => undefined);
  };
  const post = (path: string, data: unknown) => page.request.post(path, { data, headers: { Origin: wire.url } });

  beforeAll(async () => {
    service = await startWholeService();
    wire = await startWire(service.url);
    folder = await mkdtemp(join(tmpdir(), "waspada-muatan-"));
    await start();
  });
  afterAll(async () => {
    await context?.close();
    await wire?.stop();
    await service?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("the first map takes at most 300 kB of script before the map library and 1.2 MB in all, the second visit under 100 kB", async () => {
    await openMap();
    const first = [...wire.sent];
    const scripts = first.filter(({ type }) => type.includes("javascript"));
    const sizes = { script: kilobytes(scripts.filter((answer) => !isMapLibrary(answer))), all: kilobytes(first) };
    await context.close();
    wire.sent.length = 0;
    await start();
    await openMap();
    const second = kilobytes(wire.sent);
    console.log(`first view: ${sizes.script} kB of script before the map library, ${sizes.all} kB in all; second visit ${second} kB`);
    expect(scripts.some(isMapLibrary)).toBe(true);
    expect(sizes.script).toBeLessThanOrEqual(300);
    expect(sizes.all).toBeLessThanOrEqual(1200);
    expect(second).toBeLessThan(100);
  });

  it("script in every text of a report, in a village's name and in a file's name is shown as text on every screen, and no rule of the page is broken", async () => {
    const { areas } = await (await page.request.get("/api/areas?level=village&within=99.01")).json();
    const made = await post("/api/collections/incidents/items", {
      type: "Feature",
      geometry: null,
      properties: {
        village_code: areas[0].code,
        occurred_from: "2026-11-01",
        issue: "404",
        form: "F6",
        facts: hostile,
        title: hostile,
        opinion: hostile,
      },
    });
    expect(made.status()).toBe(201);
    const { id } = await made.json();
    await page.goto(`/laporan?kejadian=${id}`);
    await page.getByText(hostile).first().waitFor();
    await page.goto(`/?area=99.01&pilih=${areas[0].code}`);
    await page.locator(".maplibregl-canvas").waitFor();
    await page.goto("/data");
    await page.getByRole("radio", { name: "Kejadian" }).check();
    const file = `id,village_code,occurred_from,issue,form,facts,${hostile.replaceAll(",", " ").replaceAll('"', "'")}\n,${hostile.replaceAll(",", " ").replaceAll('"', "'")},2026-11-01,404,F6,x,y\n`;
    await page.setInputFiles('input[name="file"]', {
      name: "<img src=x onerror=alert(1)>.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(file),
    });
    await page.getByText("<img src=x", { exact: false }).first().waitFor();
    for (const path of ["/api?f=html", "/api/collections/incidents/items?f=html&limit=5", "/api/jobs?f=html", "/metode", "/admin"]) {
      const answer = await page.goto(path);
      if (answer && answer.status() < 400) await page.waitForLoadState("domcontentloaded");
      expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
    }
    expect(violations).toEqual([]);
  });
});
