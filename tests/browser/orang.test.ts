import { Secret, TOTP } from "otpauth";
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
} from "../fixtures/browser.ts";

const token = "token-uji-orang-0123456789";
const first = "sandi pertama dari admin";
const own = "sandi pilihan saya sendiri";

describe.skipIf(!hasBrowser)("people in the browser", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService({ DEMO: "off", ADMIN_TOKEN: token }), launchBrowser()]);
  }, 480_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  const signIn = async (page: Page, name: string, password: string) => {
    await page.fill('[name="name"]', name);
    await page.fill('[name="password"]', password);
    await page.keyboard.press("Enter");
  };

  it("an admin adds a person by the keyboard, makes a token and takes it back", async () => {
    const { page, faults, close } = await openWatchedPage(browser, service);
    await page.goto("/admin");
    await page.getByRole("button", { name: "Token" }).click();
    await page.getByLabel("Token").last().fill(token);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Orang dan token" }).waitFor();
    await page.getByRole("button", { name: "Tambah orang" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Nama", { exact: true }).fill("Ratna Dewi");
    await page.getByLabel("Peran").selectOption("analyst");
    await page.getByLabel("Wilayah (kode, dipisah koma)").fill("35.17, 35.21");
    await page.getByLabel("Sandi pertama").fill(first);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ratna Dewi" }).waitFor();
    await page.getByRole("row", { name: /Ratna Dewi Analis.*35\.17, 35\.21 Aktif/ }).waitFor();
    await page.getByRole("button", { name: "Buat token" }).click();
    await page.getByLabel("Untuk apa (contoh QGIS)").fill("QGIS");
    await page.keyboard.press("Enter");
    const made = page.locator("code");
    await made.waitFor();
    expect(await made.textContent()).toMatch(/^wsp_[\w-]{43}$/);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Cabut token QGIS" }).click();
    await page.getByText("Tidak ada token.").waitFor();
    await page.getByLabel("Wilayah (kode, dipisah koma)").fill("wilayah mana");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("kode wilayah seperti 35.17").waitFor();
    await close();
    expect(faults.filter((fault) => !/401|422/.test(fault))).toEqual([]);
  });

  it("the person has to change the password, turns one-time codes on, and signs in with a code from then on", async () => {
    const { page, faults, close } = await openWatchedPage(browser, service, { viewport: { width: 390, height: 844 } });
    await page.goto("/masuk");
    await signIn(page, "ratna dewi", first);
    await page.getByText("Ganti kata sandi dahulu.").waitFor();
    await page.goto("/laporan");
    await page.getByText("Ganti kata sandi dahulu.").waitFor();
    await page.fill('[name="current"]', first);
    await page.fill('[name="password"]', own);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Nyalakan" }).click();
    const key = await page.locator("code").textContent();
    expect(await page.getByRole("img", { name: "Gambar QR untuk aplikasi autentikator" }).isVisible()).toBe(true);
    const app = new TOTP({ secret: Secret.fromBase32(key ?? "") });
    await page.fill('[name="code"]', app.generate());
    await page.keyboard.press("Enter");
    await page.getByText("Simpan kode pemulihan ini").waitFor();
    const recovery = await page.locator("ol code").first().textContent();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().clearCookies();
    await page.goto("/masuk");
    await signIn(page, "Ratna Dewi", own);
    await page.getByText("Tulis kode dari aplikasi autentikator.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("code");
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.type(recovery ?? "");
    await page.keyboard.press("Enter");
    await page.waitForURL((address) => address.pathname === "/");
    await close();
    expect(faults.filter((fault) => !/401|403/.test(fault))).toEqual([]);
  });
});
