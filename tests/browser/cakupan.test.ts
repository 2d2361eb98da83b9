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

describe.skipIf(!hasBrowser)("silence and standing disputes of the demo region", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;
  const open = async (address: string): Promise<WatchedPage["page"]> => {
    watched = await openWatchedPage(browser, service);
    await watched.page.goto(address);
    await watched.page.getByText(/desa\/kelurahan ·/).waitFor();
    return watched.page;
  };

  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService(), launchBrowser()]);
  }, 480_000);
  afterEach(async () => {
    const faults = watched?.faults;
    await watched?.close();
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it("every village is in one state of the legend, the table holds them all, and a village tells by whose roster it is expected", async () => {
    const page = await open("/?warna=coverage&tabel=1");
    const counts = async (): Promise<number[]> => (await page.locator("ul.legend b").allTextContents()).map(Number);
    await expect.poll(async () => (await counts())[3]).toBeGreaterThan(0);
    const villages = Number(/([\d.]+) desa/.exec((await page.getByText(/desa\/kelurahan ·/).textContent()) ?? "")?.[1]);
    expect((await counts()).reduce((sum, count) => sum + count, 0)).toBe(villages);
    const rows = page.locator("section tbody tr");
    expect(await rows.count()).toBe(villages);
    expect(await rows.first().textContent()).toContain("Diam");
    expect(await accessibilityFaults(page)).toEqual([]);
    await rows.first().getByRole("button").click();
    await expect.poll(() => page.url()).toContain("desa=99.01");
    await page.getByRole("button", { name: "Tutup tabel" }).first().click();
    await page.getByText(/menurut daftar pelapor/).waitFor();
    await page.reload();
    expect(await page.getByRole("radio", { name: /Cakupan/ }).isChecked()).toBe(true);
  });

  it("a dispute is recorded by the keyboard, closed with what settled it, and overdue ones are listed", async () => {
    const page = await open("/?potensi=baru&desa=99.01.09.2010");
    const form = page.getByRole("form");
    await form.getByLabel("Judul singkat").focus();
    await page.keyboard.type("Parkir di depan pasar");
    await page.getByRole("button", { name: "Simpan" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Belum diisi.").first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await form.getByRole("combobox", { name: /^Isu/ }).selectOption("305");
    await form.getByLabel("Fakta", { exact: true }).fill("Dua kelompok juru parkir berebut lahan.");
    await page.getByRole("button", { name: "Simpan" }).click();
    await page.getByRole("heading", { name: "Parkir di depan pasar" }).waitFor();
    await page.getByRole("button", { name: "Ubah", exact: true }).click();
    await form.getByRole("combobox", { name: /^Status/ }).selectOption("closed");
    await form.getByLabel("Yang menyelesaikan").fill("Lahan dibagi dengan berita acara.");
    await page.getByRole("button", { name: "Simpan" }).click();
    await page.getByText(/· ditutup/).waitFor();
    await page.getByRole("button", { name: /Kembali ke daftar/ }).click();
    await page.getByLabel("Hanya yang lewat tinjau").check();
    expect(await page.getByText(/lewat tinjau \d+ hari/).count()).toBe(4);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it("the view is exported by the keyboard: a brief with its letterhead, a picture with its legend, and a table", async () => {
    const page = await open("/");
    const menu = page.getByRole("button", { name: "Ekspor" });
    const choose = async (words: RegExp): Promise<void> => {
      await menu.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: words }).focus();
      await page.keyboard.press("Enter");
    };
    const saved = async (act: () => Promise<void>): Promise<string> => {
      const file = page.waitForEvent("download");
      await act();
      return (await file).suggestedFilename();
    };
    expect(await saved(() => choose(/^Tabel \(XLSX\)/))).toMatch(/^waspada-99\.01-.*\.xlsx$/);
    await page.getByText(/tersimpan di folder unduhan/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await saved(() => choose(/^Gambar peta/))).toMatch(/^waspada-99\.01-.*\.png$/);
    await page.getByText(/\.png tersimpan di folder unduhan/).waitFor();
    await page.keyboard.press("Escape");
    await choose(/^Ringkasan A4/);
    await page.getByText("Kop surat belum diatur").waitFor();
    await page.getByLabel("Nama", { exact: true }).fill("<b>Sri</b>");
    expect(await accessibilityFaults(page)).toEqual([]);
    const name = await saved(async () => {
      await page.getByLabel("Nomor surat").focus();
      await page.keyboard.press("Enter");
    });
    expect(name).toMatch(/^ringkasan-99\.01-.*\.pdf$/);
  });

  it("the screen of alerts and the page of the design language hold for everybody, also on a phone and in English", async () => {
    watched = await openWatchedPage(browser, service, { viewport: { width: 390, height: 844 } });
    const { page } = watched;
    await page.goto("/peringatan?saring=all");
    await page.getByText(/\d peringatan$/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto("/gaya?lang=en");
    await page.getByRole("heading", { name: "Dark" }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
