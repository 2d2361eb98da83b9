import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const token = "token-uji-data-0123456789";

/** The region with one village drawn too far east: it overlaps its neighbours. */
function overlappingRegion(): Buffer {
  const region = JSON.parse(readFileSync("data/demo/region.geojson", "utf8"));
  const village = region.features[40];
  const ring: [number, number][] = village.geometry.coordinates.flat(village.geometry.type === "Polygon" ? 1 : 2);
  for (const position of new Set(ring)) position[0] += 0.003;
  return Buffer.from(JSON.stringify(region));
}

/** A name that exactly two villages of the region bear. */
function nameOfTwo(): string {
  const region = JSON.parse(readFileSync("data/demo/region.geojson", "utf8"));
  const names: string[] = region.features.map(({ properties }: { properties: { nama: string } }) => properties.nama);
  const found = names.find((name) => names.filter((other) => other === name).length === 2);
  if (!found) throw new Error("no name of two villages");
  return found;
}

describe.skipIf(!hasBrowser)("files in", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  const load = async (kind: string, name: string, content: Buffer, options: Record<string, string> = {}): Promise<void> => {
    await page.getByRole("radio", { name: kind }).check();
    await page.setInputFiles('input[name="file"]', { name, mimeType: "application/octet-stream", buffer: content });
    for (const [field, value] of Object.entries(options)) await page.fill(`input[name="${field}"]`, value);
  };
  const verdict = () => page.locator(".verdict");
  const submit = () => page.locator("form button[type=submit]");

  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService({ DEMO: "off", ADMIN_TOKEN: token }), launchBrowser()]);
    watched = await openWatchedPage(browser, service);
    ({ page } = watched);
    await page.goto("/masuk");
    await page.request.post("/api/session", { data: { token }, headers: { Origin: service.url } });
    await page.goto("/data");
  });
  afterAll(async () => {
    await watched?.close();
    await browser?.close();
    await service?.stop();
  });

  it("boundaries are checked without being stored, every finding is on the map and in the list, then they are loaded", async () => {
    await page.getByText("Belum ada yang dimuat.").waitFor();
    await load("Batas wilayah", "batas.geojson", overlappingRegion());
    await submit().click();
    await page.getByText("Semua baris dapat dimuat. Belum ada yang disimpan.").waitFor({ timeout: 400_000 });
    expect(await (await page.request.get("/api/collections/villages/items?limit=1")).json()).toMatchObject({ numberMatched: 0 });
    const overlaps = page.getByRole("button", { name: /Tumpang tindih di atas/ });
    await overlaps.click();
    const first = page.getByRole("region", { name: "Temuan pada batas wilayah" }).getByRole("button").first();
    await first.getByText(/bertumpang tindih/).waitFor();
    await first.click();
    expect(await first.getAttribute("aria-pressed")).toBe("true");
    expect(await accessibilityFaults(page)).toEqual([]);

    await submit().click();
    await page.getByText("Dimuat.", { exact: true }).waitFor({ timeout: 400_000 });
    expect(await (await page.request.get("/api/collections/villages/items?limit=1")).json()).toMatchObject({ numberMatched: 302 });
    // The address holds the import, so that it can be looked at again.
    await page.reload();
    await verdict().waitFor();
    await page.getByRole("definition").filter({ hasText: /^302$/ }).waitFor();
  });

  it("a table with a wrong row says which and why; the good rows are loaded without it", async () => {
    await page.goto("/data");
    const rows = readFileSync("data/demo/indicators.csv", "utf8").trim().split("\n").slice(0, 6);
    await load("Indikator", "penduduk.csv", Buffer.from([...rows, "99.01.01.9999,12,,,,"].join("\n")), { year: "2024" });
    await submit().click();
    await page.getByText("1 baris tidak dapat dimuat. Belum ada yang disimpan.").waitFor();
    await page.getByRole("cell", { name: "99.01.01.9999", exact: true }).waitFor();
    await page.getByRole("button", { name: /yang baik, tinggalkan 1$/ }).click();
    await page.getByText("Dimuat.", { exact: true }).waitFor();
  });

  it("columns with names of their own are guessed from what they hold, and changed where that is wrong", async () => {
    await page.goto("/data");
    const rows = [1, 2, 3].map((n) => `99.01.01.1001;${n + 13}/06/2025;Bentrokan dua kelompok ke-${n};${n}`);
    await load("Kejadian", "lama.csv", Buffer.from(["Wilayah;Waktu;Kronologi;Nomor", ...rows].join("\n")));
    const readAs = (column: string) => page.getByRole("row", { name: new RegExp(`^${column}`) }).getByRole("combobox");
    await readAs("Wilayah").waitFor();
    expect(await readAs("Wilayah").inputValue()).toBe("village_code");
    expect(await readAs("Waktu").inputValue()).toBe("occurred_from");
    await readAs("Kronologi").selectOption("facts");
    await readAs("Nomor").selectOption("");
    await page.getByText("Belum ada kolom untuk: issue, form").waitFor();
    await page.getByLabel("Nilai tetap untuk issue").fill("404");
    await page.getByLabel("Nilai tetap untuk form").fill("F6");
    expect(await accessibilityFaults(page)).toEqual([]);
    await submit().click();
    await page.getByRole("button", { name: "Muat 3 baris" }).click();
    await page.getByText("Dimuat.", { exact: true }).waitFor();
    const { features } = await (await page.request.get("/api/collections/incidents/items")).json();
    expect(features.map(({ properties }: { properties: { issue: string; form: string } }) => [properties.issue, properties.form])).toEqual(
      Array.from({ length: 3 }, () => ["404", "F6"]),
    );
  });

  it("a row whose village may be one of two waits for a person, is placed, and taken back", async () => {
    await page.goto("/data");
    await load(
      "Kejadian",
      "nama.csv",
      Buffer.from(`desa,occurred_from,issue,form,facts\n${nameOfTwo()},2025-06-20,404,F6,Bentrokan di lapangan\n`),
    );
    await submit().click();
    await page.getByRole("button", { name: "Muat 1 baris" }).click();
    await page.getByRole("button", { name: "Buka antrean" }).click();
    const row = page.getByRole("article", { name: "nama.csv 2" });
    const villages = row.getByRole("radio");
    await villages.first().waitFor();
    expect(await villages.count()).toBe(2);
    expect(await accessibilityFaults(page)).toEqual([]);
    const counted = async () => (await (await page.request.get("/api/collections/incidents/items?limit=1")).json()).numberMatched;
    const before = await counted();
    await villages.first().check();
    await row.getByRole("button", { name: "Tempatkan" }).click();
    await page.getByText("Tidak ada baris yang menunggu pilihan.").waitFor();
    expect(await counted()).toBe(before + 1);
    await page.getByRole("button", { name: /^Batalkan pilihan/ }).click();
    await row.waitFor();
    expect(await counted()).toBe(before);
    expect(watched.faults).toEqual([]);
  });
});
