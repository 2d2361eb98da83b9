import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accessibilityFaults,
  hasBrowser,
  inBrowser,
  launchBrowser,
  openWatchedPage,
  type RunningService,
  startWholeService,
} from "../fixtures/browser.ts";

const token = "token-uji-masuk-0123456789";

describe.skipIf(!hasBrowser)("the sign-in page", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;

  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService({ DEMO: "off", ADMIN_TOKEN: token }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it("a stranger is sent to it, a wrong token is told, a right one leads to where one was going", async () => {
    const { page, faults, close } = await openWatchedPage(browser, service);
    await page.goto("/laporan");
    await page.getByRole("heading", { name: "Masuk ke Waspada" }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Token" }).click();
    await page.getByRole("button", { name: "Masuk", exact: true }).click();
    await page.getByText("Belum diisi.").waitFor();
    await page.getByLabel("Token").last().fill("salah");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByRole("paragraph").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("token");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(token);
    await page.keyboard.press("Enter");
    await page.locator('[name="place"]').waitFor();
    expect(new URL(page.url()).pathname).toBe("/laporan");
    await close();
    expect(faults.filter((fault) => !/401/.test(fault))).toEqual([]);
  });

  it("a used or wrong set-up link is told, and a short password before it is sent", async () => {
    const { page, faults, close } = await openWatchedPage(browser, service, { viewport: { width: 390, height: 844 } });
    await page.goto("/masuk?kode=salah&theme=dark");
    await page.getByRole("heading", { name: "Akun admin pertama" }).waitFor();
    await page.fill('[name="name"]', "Ratna");
    await page.fill('[name="password"]', "pendek");
    await page.keyboard.press("Enter");
    await page.getByText("Sandi kurang 6 huruf lagi.").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.fill('[name="password"]', "cukup panjang sekarang");
    await page.keyboard.press("Enter");
    await page.getByText("Tautan awal sudah dipakai atau salah.").waitFor();
    await close();
    expect(faults.filter((fault) => !/403/.test(fault))).toEqual([]);
  });

  it("an address that is not this dashboard's is never gone to after signing in", async () => {
    const { page, faults, close } = await openWatchedPage(browser, service);
    await page.goto(`/masuk?ke=${encodeURIComponent("//contoh.invalid/laporan")}`);
    await page.getByRole("button", { name: "Token" }).click();
    await page.getByLabel("Token").last().fill(token);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
    expect(new URL(page.url()).origin).toBe(service.url);
    await close();
    expect(faults).toEqual([]);
  });
});
