import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accessibilityFaults,
  hasBrowser,
  inBrowser,
  launchBrowser,
  openSignedIn,
  openWatchedPage,
  type RunningService,
  startWholeService,
  type WatchedPage,
} from "../fixtures/browser.ts";

describe.skipIf(!hasBrowser)("what is done with a report", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let once: { name: string; code: string };

  const open = async (address: string): Promise<void> => {
    watched = await openWatchedPage(browser, service);
    ({ page } = watched);
    await openSignedIn(page, address);
  };
  const close = async (): Promise<void> => {
    const { faults } = watched;
    await watched.close();
    expect(faults).toEqual([]);
  };
  const read = async (path: string) => (await page.request.get(path)).json();
  const file = async (facts: string): Promise<string> => {
    const id = randomUUID();
    const properties = { village_code: once.code, occurred_from: "2024-11-05", issue: "404", form: "F6", facts, injured: 2 };
    const sent = await page.request.post("/api/collections/incidents/items", { data: { type: "Feature", id, geometry: null, properties } });
    expect(sent.status()).toBe(201);
    return id;
  };

  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService(), launchBrowser()]);
    await open("/laporan");
    await page.locator('[name="place"]').waitFor();
    const { areas } = (await read("/api/areas?level=village&within=99.01")) as { areas: { name: string; code: string }[] };
    const names = areas.map((area) => area.name.toLowerCase());
    once = areas.find((area) => names.filter((name) => name.includes(area.name.toLowerCase())).length === 1) ?? { name: "", code: "" };
    await close();
  }, 480_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it("a pasted message fills the form, shows what it was read from, and is stored only when it is sent", async () => {
    await open("/laporan");
    await page.getByRole("button", { name: "Tempel pesan WhatsApp" }).press("Enter");
    const count = async () => (await read("/api/collections/incidents/items?limit=1")).numberMatched;
    const before = await count();
    await page.fill('[name="message"]', `Lapor, tgl 3 Februari 2025 terjadi bentrokan perguruan silat di Desa ${once.name}, 3 orang luka`);
    await page.getByRole("button", { name: "Baca pesan" }).press("Enter");
    await page.locator("mark").first().waitFor();
    expect(await page.locator("mark").allTextContents()).toEqual(
      expect.arrayContaining(["3 Februari 2025", `Desa ${once.name}`, "3 orang luka"]),
    );
    expect(await page.inputValue('[name="day"]')).toBe("2025-02-03");
    expect([await page.inputValue('[name="issue"]'), await page.inputValue('[name="form"]')]).toEqual(["404", "F6"]);
    expect([await page.inputValue('[name="injured"]'), await page.inputValue('[name="killed"]')]).toEqual(["3", ""]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await count()).toBe(before);
    await page.locator("form button[type=submit]").click();
    await page.getByText(/^Nomor /).waitFor();
    expect(await count()).toBe(before + 1);
    await close();
  });

  it("a likely duplicate is merged and the merge undone; a step of verification and a file are kept", async () => {
    await open("/laporan");
    const one = await file("Bentrokan dua perguruan silat di dekat pasar desa, dua orang luka.");
    const two = await file("Dua perguruan silat bentrok dekat pasar desa, 2 orang luka.");
    await page.goto(`/laporan?kejadian=${one}`);
    await page.getByRole("button", { name: "Gabungkan ke yang lain" }).first().click();
    await page.getByRole("button", { name: "Batalkan gabungan" }).waitFor();
    expect((await read(`/api/collections/incidents/items/${two}`)).properties.report_count).toBe(2);
    await page.getByRole("button", { name: "Batalkan gabungan" }).click();
    await page.getByRole("button", { name: "Verifikasi kecamatan" }).click();
    await page.getByText("dilaporkan → terverifikasi kecamatan").waitFor();
    await page.setInputFiles('[name="attachment"]', {
      name: "catatan.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("Catatan lapangan."),
    });
    await page.getByRole("link", { name: "catatan.txt" }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const { properties } = await read(`/api/collections/incidents/items/${one}`);
    expect(properties).toMatchObject({ status: "reported", verification_level: "district", merged_into: null, report_count: 1 });
    await close();
  });
});
