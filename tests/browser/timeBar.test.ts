import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  hasBrowser,
  inBrowser,
  launchBrowser,
  openWatchedPage,
  type RunningService,
  startWholeService,
  type WatchedPage,
} from "../fixtures/browser.ts";

describe.skipIf(!hasBrowser)("the time line by keyboard alone", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    service = await startWholeService();
    browser = await launchBrowser();
    watched = await openWatchedPage(browser, service);
    await watched.page.goto("/");
    await watched.page.getByRole("slider", { name: "Awal periode" }).waitFor({ timeout: 400_000 });
  }, 480_000);

  afterAll(async () => {
    await watched?.close();
    await browser?.close();
    await service?.stop();
  });

  const slider = (name: string) => watched.page.getByRole("slider", { name });
  const days = async (name: string) => Number(await slider(name).getAttribute("aria-valuenow"));

  it("an arrow moves the whole period by one week, and the address follows", async () => {
    const [from, to] = [await days("Awal periode"), await days("Akhir periode")];
    await slider("Geser periode").focus();
    await watched.page.keyboard.press("ArrowLeft");
    expect(await days("Awal periode")).toBe(from - 7);
    expect(await days("Akhir periode")).toBe(to - 7);
    await expect.poll(() => new URL(watched.page.url()).search).toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  it("shift and an arrow change its length, never its beginning", async () => {
    const [from, to] = [await days("Awal periode"), await days("Akhir periode")];
    await slider("Geser periode").focus();
    await watched.page.keyboard.press("Shift+ArrowLeft");
    expect(await days("Awal periode")).toBe(from);
    expect(await days("Akhir periode")).toBeLessThan(to);
  });

  it("each handle moves its own end, and never past the other", async () => {
    await slider("Awal periode").focus();
    await watched.page.keyboard.press("End");
    const [from, to] = [await days("Awal periode"), await days("Akhir periode")];
    expect(from).toBeLessThan(to);
    await watched.page.keyboard.press("Home");
    expect(await days("Awal periode")).toBe(0);
    expect(await days("Akhir periode")).toBe(to);
  });

  it("says its days in words and raises no fault", async () => {
    expect(await slider("Geser periode").getAttribute("aria-valuetext")).toMatch(/^\d{1,2} \w{3} \d{4} – \d{1,2} \w{3} \d{4}$/);
    expect(watched.faults).toEqual([]);
  });
});
