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

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const onePixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
// The service's own day: in the evening of Greenwich it is tomorrow there already.
const dayFromNow = (days: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Jakarta" }).format(Date.now() + days * 86_400_000);

describe.skipIf(!hasBrowser)("planning, sending and following up visits", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let run = "";

  const open = async (address: string, options = {}): Promise<void> => {
    watched = await openWatchedPage(browser, service, options);
    ({ page } = watched);
    page.setDefaultTimeout(120_000);
    await page.goto(address);
  };
  const close = async (): Promise<void> => {
    const { faults } = watched;
    await watched.close();
    expect(faults).toEqual([]);
  };
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
  /** A visit of its own with what was agreed there, as a leader writes it. */
  const recordVisit = async (title: string, daysAgo: number): Promise<void> => {
    await button("Catat kunjungan lain").first().click();
    await page.selectOption('[name="visit-village"]', { index: 3 });
    await page.fill('[name="visit-day"]', dayFromNow(-daysAgo));
    await page.locator('form:has([name="visit-village"]) button[type=submit]').click();
    await page.getByRole("heading", { name: "Hasil kunjungan" }).waitFor();
    await button("+ Tambah yang ditemui").click();
    await page.fill('[name="participant-count-0"]', "12");
    await page.fill('[name="participant-women-0"]', "5");
    await page.selectOption('[name="participant-heard-0"]', "true");
    await page.getByText("Belum tercatat didengar: pihak kedua, pemuda.").waitFor();
    await page.fill('[name="minutes"]', "Kedua pihak menerima jadwal latihan bergantian.");
    await page.selectOption('[name="outcome"]', "agreement");
    await button("Simpan hasil").click();
    await page.getByText("Tersimpan", { exact: true }).waitFor();
    await button("Catat kesepakatan").click();
    await page.fill('[name="agreement-title"]', title);
    await page.fill('[name="item-text-0"]', "Lapangan dipakai bergantian");
    await page.fill('[name="item-responsible-0"]', "Kepala desa");
    await page.fill('[name="item-due-0"]', dayFromNow(-2));
    await button("Simpan kesepakatan").click();
    await page.getByRole("heading", { name: title }).waitFor();
    await page.setInputFiles('input[name="photo"]', { name: "lapangan.png", mimeType: "image/png", buffer: onePixel });
    await page.getByRole("region", { name: "Foto dan lampiran" }).getByRole("link", { name: "lapangan.png" }).waitFor();
  };

  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService(), launchBrowser()]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it("a leader goes from the ranked list to a plan, changes it by keyboard, and prints the sheet", async () => {
    await open("/kunjungan");
    const first = page.locator("tbody tr").first();
    await first.waitFor();
    expect((await first.locator(".why").textContent())?.length).toBeGreaterThan(5);
    await button("Atur tim dan hari").press("Enter");
    await page.getByLabel("Ketelitian").selectOption("quick");
    expect(await accessibilityFaults(page)).toEqual([]);
    await button("Susun rencana").press("Enter");
    const blocks = page.locator(".block");
    await blocks.first().waitFor();
    await page.getByText(/^Paling jauh [\d,]+% dari rencana terbaik$/).waitFor();
    await page.getByText(/Waktu tempuh ditaksir dari jarak/).waitFor();
    await page.waitForURL(/rencana=/);

    const label = (await blocks.first().getAttribute("aria-label")) ?? "";
    const name = /^\d+\. (.+), tim /.exec(label)?.[1] ?? "?";
    await blocks.first().press("Enter");
    const card = page.locator("section.card");
    await card.waitFor();
    for (const word of ["Alasan", "Manfaat", "Bila batal", "Menggeser"]) await card.getByText(word, { exact: true }).waitFor();
    await card.getByRole("button", { name: "Ke baris di bawah" }).press("Enter");
    await card.getByText("dikunci", { exact: true }).waitFor();
    const moved = page.locator(".block", { hasText: name }).first();
    expect(await moved.getAttribute("aria-label")).not.toBe(label);
    await button("Urungkan").waitFor();
    await page.getByRole("button", { name: /desa tidak masuk$/ }).press("Enter");
    await page
      .getByText(/desa tidak masuk rencana, dan sebabnya$/)
      .first()
      .waitFor();
    await button("Kembali ke hari").press("Enter");
    expect(await accessibilityFaults(page)).toEqual([]);

    run = new URL(page.url()).searchParams.get("rencana") ?? "";
    await page.emulateMedia({ media: "print" });
    await page.locator(".visit-sheet").first().waitFor();
    expect(await page.locator(".kunjungan").isVisible()).toBe(false);
    expect(await page.locator(".visit-sheet").first().textContent()).toContain(name);
    await page.emulateMedia({ media: "screen" });
    await button("Tugaskan tim").press("Enter");
    await page.getByText(/^\d+ kunjungan ditugaskan$/).waitFor();
    await close();
  });

  it("a stop is dragged to another day and locked there, and the change is undone", async () => {
    await open(`/kunjungan?wilayah=99.01&rencana=${run}`);
    const block = page.locator('[data-route="0"] .block').first();
    await block.waitFor();
    const code = async () => page.evaluate(() => new URLSearchParams(window.location.search).get("henti"));
    const from = await block.boundingBox();
    const onto = await page.locator('[data-route="2"] .track').boundingBox();
    if (!from || !onto) throw new Error("no boxes");
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(onto.x + 120, onto.y + 16, { steps: 5 });
    await page.mouse.up();
    await page.locator('[data-route="2"] .block svg').first().waitFor();
    expect(await code()).not.toBeNull();
    await button("Urungkan").click();
    await button("Urungkan").waitFor({ state: "detached" });
    expect(await page.locator('[data-route="2"] .block[aria-pressed="true"]').count()).toBe(0);
    await close();
  });

  it("the visit is recorded with who was heard, the agreement overdue rises by itself and is settled", async () => {
    await open("/kunjungan?wilayah=99.01&bagian=kunjungan");
    await recordVisit("Jadwal latihan bergantian", 30);
    await page.getByText(/^\d+ kesepakatan dan tinjauan terlambat$/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await button("Lihat yang terlambat").click();
    await page.getByText("terlambat 2 hari").first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await button("Tandai selesai").first().click();
    await button("Buka lagi").first().waitFor();
    await close();
  });

  it("a mediator stands in the list only with consent", async () => {
    await open("/kunjungan?wilayah=99.01&bagian=mediator");
    await button("Tambah mediator").click();
    await page.fill('[name="mediator-name"]', "Ibu Ratna");
    await button("Simpan mediator").click();
    await page.getByText("Tanpa persetujuan orangnya, mediator tidak disimpan.").waitFor();
    await page.fill('[name="mediator-consent"]', dayFromNow(-10));
    await button("Simpan mediator").click();
    await page.getByText("Ibu Ratna", { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  it("whether visits help is said, or why it cannot be told", async () => {
    await open("/kunjungan?wilayah=99.01&bagian=dampak");
    await button("Hitung dampak").click();
    await page.getByText("Tidak dapat dikatakan apakah kunjungan membantu.").waitFor();
    await page.getByText(/^Hanya \d+ kunjungan yang dapat dibandingkan/).waitFor();
    await page.getByText(/^Run .+, data sampai/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  it("on a phone the day is read, and a visit recorded until its overdue notice", async () => {
    await open(`/kunjungan?wilayah=99.01&rencana=${run}`, phone);
    const stop = page.locator("ol .stop").first();
    await stop.waitFor();
    await stop.tap();
    await page.locator("section.card").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.emulateMedia({ media: "print" });
    await page.locator(".visit-sheet").first().waitFor();
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("navigation", { name: "Bagian kunjungan" }).getByRole("button", { name: "Kunjungan" }).tap();
    await recordVisit("Ronda bersama dua dusun", 20);
    // What was agreed there ten days before, with whom it worked.
    await page.getByRole("region", { name: "Kasus serupa" }).getByText("Jadwal latihan bergantian: ").waitFor();
    await page.getByText(/^\d+ kesepakatan dan tinjauan terlambat$/).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await close();
  });

  it("reads in English all through", async () => {
    await open(`/kunjungan?wilayah=99.01&rencana=${run}`);
    await page.locator(".block").first().waitFor();
    await page.getByRole("button", { name: /^(Inggris|English)$/ }).click();
    await page.getByRole("heading", { name: "Plan of visits" }).waitFor();
    await page.getByText(/^At most [\d.]+% from the best plan$/).waitFor();
    await page.locator(".block").first().press("Enter");
    await page.locator("section.card").getByText("If cancelled").waitFor();
    for (const [part, heading] of [
      ["Visits", "Visits"],
      ["Agreements", "Agreements"],
      ["Mediators", "Mediators"],
      ["Effect", "Effect of visits"],
    ] as const) {
      await page.getByRole("navigation", { name: "Parts of visits" }).getByRole("button", { name: part }).click();
      await page.getByRole("heading", { name: heading, level: 2 }).waitFor();
    }
    await close();
  });

  it("a reporter is told why it is closed, and nothing about visits is asked for", async () => {
    watched = await openWatchedPage(browser, service);
    ({ page } = watched);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.route("**/api/session", async (route) => {
      const answer = await route.fetch();
      const session = await answer.json();
      await route.fulfill({ response: answer, json: { ...session, person: { ...session.person, role: "reporter" } } });
    });
    await page.goto("/kunjungan");
    await page.getByRole("heading", { name: "Kunjungan hanya untuk ketua tim dan admin" }).waitFor();
    expect(await page.getByRole("navigation", { name: "Layar" }).getByRole("link", { name: "Kunjungan" }).count()).toBe(0);
    expect(asked.filter((path) => /visit|agreement|mediator|alerts|runs/.test(path))).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });
});
