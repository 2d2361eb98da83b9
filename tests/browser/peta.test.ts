import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  accessibilityFaults,
  hasBrowser,
  inBrowser,
  launchBrowser,
  openWatchedPage,
  type RunningService,
  startWholeService,
  type WatchedPage,
} from "../fixtures/browser.ts";

const number = (text: string | null | undefined): number => Number((text ?? "").replaceAll(".", "").replace(",", ".").replace("−", "-"));

describe.skipIf(!hasBrowser)("the map of the demo region", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;

  const open = async (address: string, options = {}): Promise<void> => {
    watched = await openWatchedPage(browser, service, options);
    await watched.page.goto(address);
    await watched.page.getByRole("region", { name: /^(Peta|Map) / }).waitFor();
    await watched.page.locator(".legend").waitFor();
  };
  /** Villages by class as the legend tells them: seven classes, unknown, zero, suppressed. */
  const legend = async (): Promise<number[]> =>
    (await watched.page.locator(".legend .bar b, .legend + ul li b").allTextContents()).map(number);

  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService(), launchBrowser()]);
  });
  afterEach(async () => {
    const faults = watched?.faults;
    await watched?.close();
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it("opens on the region, says that it is a demo, and every village is in one class of the legend", async () => {
    await open("/");
    const { page } = watched;
    await page.getByText("Data peragaan").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("id");
    const villages = number(/([\d.]+) desa/.exec((await page.getByText(/desa\/kelurahan ·/).textContent()) ?? "")?.[1]);
    await expect.poll(async () => (await legend()).reduce((sum, count) => sum + count, 0)).toBe(villages);
  });

  it("draws the villages in the colours of their classes", async () => {
    await open("/");
    const { page } = watched;
    const wanted = [0xf4, 0xcd, 0x69];
    const isDrawn = async (): Promise<boolean> => {
      const picture = (await page.locator(".maplibregl-canvas").screenshot()).toString("base64");
      return page.evaluate(
        async ([base64, [red, green, blue]]) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, image.width, image.height);
          let found = 0;
          for (let at = 0; at < data.length; at += 4) if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) found += 1;
          return found > 2000;
        },
        [picture, wanted] as const,
      );
    };
    await expect.poll(isDrawn, { timeout: 400_000, interval: 1000 }).toBe(true);
  });

  it("a village's parts add up to its score", async () => {
    await open("/?tabel=1");
    const { page } = watched;
    await page.getByRole("row").nth(1).click();
    await expect.poll(() => page.url()).toContain("desa=99.01");
    await page.getByRole("button", { name: "Tutup tabel" }).first().click();
    const panel = page.getByRole("complementary", { name: "Rincian" });
    await panel.getByText("Jumlah = skor").waitFor();
    const points = (await panel.locator("tbody .points").allTextContents()).map(number);
    const total = number(await panel.locator("tfoot .points").first().textContent());
    expect(points.length).toBeGreaterThanOrEqual(4);
    // Shown with one decimal and rounded so that they add up as shown.
    expect(points.reduce((sum, part) => sum + part, 0)).toBeCloseTo(total, 6);
  });

  it("moving the period by the keyboard recolours by counts and asks nothing of the service", async () => {
    await open("/?warna=counts");
    const { page } = watched;
    await expect.poll(async () => (await legend()).slice(0, 7).some((count) => count > 0)).toBe(true);
    const before = await legend();
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("/api/values") && asked.push(request.url()));
    const handle = page.getByRole("slider").first();
    await handle.focus();
    for (let press = 0; press < 12; press += 1) await page.keyboard.press("ArrowLeft");
    await expect.poll(legend).not.toEqual(before);
    await expect.poll(() => page.url()).toContain("dari=");
    expect(asked).toEqual([]);
  });

  it("layers, overlays and selection come back from the address after a reload", async () => {
    await open("/");
    const { page } = watched;
    await page.getByRole("button", { name: /lapisan lain/ }).click();
    await page.getByRole("radio", { name: /Penduduk/ }).check();
    await page.getByRole("checkbox", { name: /Titik panas/ }).uncheck();
    await expect.poll(() => page.url()).toContain("warna=population");
    await page.reload();
    await page.locator(".legend").waitFor();
    expect(await page.getByRole("radio", { name: /Penduduk/ }).isChecked()).toBe(true);
    expect(await page.getByRole("checkbox", { name: /Titik panas/ }).isChecked()).toBe(false);
    expect(await page.getByRole("checkbox", { name: /Kejadian/ }).isChecked()).toBe(true);
  });

  it("a new report reaches the open map without a reload", async () => {
    await open("/?warna=counts");
    const { page } = watched;
    const total = page.getByText(/kejadian dalam/);
    await total.waitFor();
    const count = async (): Promise<number> => number(/([\d.]+) kejadian/.exec((await total.textContent()) ?? "")?.[1]);
    await expect.poll(count).toBeGreaterThan(0);
    const before = await count();
    const status = await page.evaluate(async () => {
      const day = new Date().toISOString().slice(0, 10);
      const village = (await (await fetch("/api/collections/villages/items?limit=1")).json()).features[0].id;
      const properties = {
        village_code: village,
        occurred_from: day,
        issue: "404",
        form: "F6",
        facts: "Bentrokan dua kelompok setelah latihan.",
      };
      const answer = await fetch("/api/collections/incidents/items", {
        method: "POST",
        headers: { "content-type": "application/geo+json", "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({ type: "Feature", id: crypto.randomUUID(), geometry: null, properties }),
      });
      return answer.status;
    });
    expect(status).toBe(201);
    await expect.poll(count, { interval: 50 }).toBe(before + 1);
  });

  it("every word follows the language", async () => {
    await open("/");
    const { page } = watched;
    await page.getByRole("button", { name: "Inggris" }).click();
    await page.getByText("Demo data").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.getByRole("radio", { name: /Risk score/ }).isChecked()).toBe(true);
    expect(await page.getByText("Indeks risiko").count()).toBe(0);
  });

  it("a layer without a kept run is computed on demand, and is kept after a reload", async () => {
    await open("/?atas=gugus");
    const { page } = watched;
    await page.getByRole("button", { name: "Hitung sekarang" }).click();
    await page.getByText(/^Periode .* Run 2/).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Hitung untuk periode ini" }).waitFor();
    expect(await page.getByRole("button", { name: "Hitung sekarang" }).count()).toBe(0);
  });

  it("what a process refuses is told in words", async () => {
    await open("/?atas=kerapatan&isu=103&dari=2024-02-01&sampai=2024-02-02");
    const { page } = watched;
    await page.getByRole("button", { name: "Hitung sekarang" }).click();
    await page.getByRole("alert").filter({ hasText: "Ditolak:" }).waitFor();
    // The browser tells a refusal that is meant as an error.
    const meant = watched.faults.findIndex((fault) => fault.includes("422"));
    if (meant >= 0) watched.faults.splice(meant, 1);
  });

  it("by kecamatan the map, legend and table say that they show medians of villages", async () => {
    await open("/?tingkat=district&tabel=1");
    const { page } = watched;
    await page.getByRole("status").filter({ hasText: "median skor desa" }).waitFor();
    await expect.poll(async () => (await legend()).reduce((sum, count) => sum + count, 0)).toBe(17);
    await expect.poll(() => page.locator("tbody th[scope=row]").count()).toBe(17);
  });

  it("villages chosen on the map by the keyboard are the table's rows and the time line's incidents", async () => {
    await open("/?peta=111.5,-10.48,11");
    const { page } = watched;
    await page.getByRole("button", { name: "Pilih desa di peta" }).press("Enter");
    await page.getByRole("button", { name: "Semua yang tampak" }).press("Enter");
    const notice = page.getByRole("status").filter({ hasText: "desa dipilih" });
    await notice.waitFor();
    expect(page.url()).toContain("pilih=");
    // The incidents may still be on their way, so what is told is read anew until it agrees.
    const told = async (what: RegExp): Promise<number> => number(what.exec((await notice.textContent()) ?? "")?.[1]);
    const isShown = async (text: string): Promise<boolean> => (await page.getByText(text).count()) > 0;
    await expect.poll(() => told(/([\d.]+) desa dipilih/)).toBeLessThan(302);
    await notice.getByRole("button", { name: "Tabel" }).click();
    await expect.poll(async () => isShown(`${await told(/([\d.]+) desa dipilih/)} desa, sama dengan peta`)).toBe(true);
    await expect.poll(async () => isShown(`${await told(/([\d.]+) kejadian/)} kejadian dalam`)).toBe(true);
    await notice.getByRole("button", { name: "Kosongkan" }).click();
    await page.getByText("302 desa, sama dengan peta").waitFor();
  });

  it("an issue's bar filters everything, and its number opens the list behind it", async () => {
    await open("/?panel=isu");
    const { page } = watched;
    const open404 = page.getByRole("button", { name: /^Buka daftar .* Perguruan silat/ });
    await open404.waitFor();
    const count = number(await open404.textContent());
    await page.getByRole("button", { name: /^404/ }).click();
    await page.getByText(`${count} kejadian dalam`).waitFor();
    await open404.click();
    await page.getByRole("heading", { name: "Kejadian di baliknya" }).waitFor();
    await expect.poll(() => page.locator("section[aria-labelledby=list-title] li").count()).toBe(Math.min(100, count));
    expect(page.url()).toContain("isu=404");
  });

  it("two periods stand side by side, and their border moves by the keyboard", async () => {
    await open("/?warna=counts");
    const { page } = watched;
    await page.getByRole("button", { name: "Bandingkan" }).press("Enter");
    const border = page.getByRole("slider", { name: "Batas A dan B" });
    await border.press("ArrowRight");
    expect(await border.getAttribute("aria-valuenow")).toBe("52");
    expect(page.url()).toContain("banding=");
    await page.getByRole("region", { name: "Bandingkan" }).getByRole("button", { name: "Tutup" }).click();
    await border.waitFor({ state: "detached" });
  });

  it.each([
    ["ranking by kecamatan", "/?panel=peringkat&tingkat=district&skor=34,100", { width: 1366, height: 768 }, "dark"],
    [
      "score and certainty beside the issues",
      "/?panel=isu&warna=certainty&atas=gerombol,lonjakan,gugus",
      { width: 1366, height: 768 },
      "light",
    ],
    ["the swipe with the Moran scatter", "/?panel=moran&banding=population", { width: 1366, height: 768 }, "dark"],
    ["the map", "/?desa=99.01.09.2010", { width: 1366, height: 768 }, "light"],
    ["the table in the dark", "/?tabel=1&warna=counts", { width: 1366, height: 768 }, "dark"],
    ["the phone", "/?desa=99.01.09.2010", { width: 390, height: 844 }, "light"],
  ] as const)("%s has no fault that axe finds", async (_, address, viewport, colorScheme) => {
    watched = await openWatchedPage(browser, service, { viewport, colorScheme });
    await watched.page.goto(address);
    await watched.page.locator("canvas").first().waitFor();
    // On the phone the legend lies in the sheet, which has a grip.
    await watched.page.locator(".legend:visible, .grip:visible").first().waitFor();
    await watched.page.waitForTimeout(1500);
    expect(await accessibilityFaults(watched.page)).toEqual([]);
  });

  it("the methods page says what a number does not say, to anyone", async () => {
    watched = await openWatchedPage(browser, service);
    await watched.page.goto("/metode");
    await watched.page.getByText("Yang tidak dikatakan").first().waitFor();
    expect(await accessibilityFaults(watched.page)).toEqual([]);
  });
});
