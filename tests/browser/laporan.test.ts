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
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

describe.skipIf(!hasBrowser)("reports", inBrowser, () => {
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  /** A name that two villages bear, and one that only one does. */
  let twice: string;
  let once: { name: string; code: string };

  const open = async (address: string, options = {}): Promise<void> => {
    watched = await openWatchedPage(browser, service, options);
    ({ page } = watched);
    await page.goto(address);
    await page.locator('[name="place"]').waitFor();
  };
  /** The refused requests that a test means to provoke are told by the browser as errors; nothing else may be. */
  const close = async (refusals: RegExp | null = null): Promise<void> => {
    const faults = watched.faults.filter((fault) => !refusals?.test(fault));
    await watched.close();
    expect(faults).toEqual([]);
  };
  const read = async (path: string) => (await page.request.get(path)).json();
  const matched = async (collection: string, filter = ""): Promise<number> =>
    (await read(`/api/collections/${collection}/items?limit=1${filter && `&filter=${encodeURIComponent(filter)}`}`)).numberMatched;
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 15; presses += 1) {
      await page.keyboard.press("Tab");
      if (
        (await page.evaluate(() => document.activeElement?.getAttribute("name") ?? document.activeElement?.getAttribute("type"))) === name
      )
        return;
    }
    throw new Error(`no way by Tab to ${name}`);
  };
  const submit = () => page.locator("form button[type=submit]");
  const write = async (facts: string, day = "2025-01-02"): Promise<void> => {
    await page.fill('[name="place"]', once.name);
    await page.locator('[name="village"]:checked').waitFor();
    await page.fill('[name="day"]', day);
    await page.selectOption('[name="issue"]', "404");
    await page.selectOption('[name="form"]', "F6");
    await page.fill('[name="facts"]', facts);
  };
  const sentNumber = async (): Promise<string> => uuid.exec((await page.getByText(/^Nomor /).textContent()) ?? "")?.[0] ?? "";

  beforeAll(async () => {
    [service, browser] = await Promise.all([startWholeService(), launchBrowser()]);
    await open("/laporan");
    const { areas } = (await read("/api/areas?level=village&within=99.01")) as { areas: { name: string; code: string }[] };
    const names = areas.map((area) => area.name);
    twice = names.find((name, index) => names.indexOf(name) !== index) ?? "";
    once = areas.find((area) => names.filter((name) => name.toLowerCase().includes(area.name.toLowerCase())).length === 1) ?? {
      name: "",
      code: "",
    };
    await close();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it("an incident is filed on a phone by keyboard alone, gets its number, and is in the list", async () => {
    await open("/laporan", phone);
    await page.focus('[name="place"]');
    await page.keyboard.type(twice);
    await page.getByText("Ada 2 desa bernama ini. Pilih satu:").waitFor();
    await tabTo("village");
    await page.keyboard.press("Space");
    await tabTo("day");
    await page.keyboard.type("02022025");
    await tabTo("source");
    await page.keyboard.type("Melihat");
    await tabTo("issue");
    await page.keyboard.type("Perguruan");
    await tabTo("form");
    await page.keyboard.type("Bentrokan");
    await tabTo("facts");
    await page.keyboard.type("Dua kelompok saling lempar batu di dekat pasar.");
    await tabTo("killed");
    await page.keyboard.type("0");
    await tabTo("injured");
    await page.keyboard.type("2");
    await tabTo("submit");
    await page.keyboard.press("Enter");
    const id = await sentNumber();
    const { properties } = await read(`/api/collections/incidents/items/${id}`);
    expect(properties).toMatchObject({
      village_name: twice,
      occurred_from: "2025-02-02",
      issue: "404",
      form: "F6",
      source_value: "B",
      killed: 0,
      injured: 2,
      displaced: null,
      opinion: null,
      status: "reported",
    });
    expect(await page.inputValue('[name="place"]')).toBe("");
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("waspada-draft")))).toEqual([]);
    await page.getByRole("button", { name: "Lihat semua" }).click();
    await page.getByLabel("Saring desa").fill(twice);
    await page.locator("datalist option").first().waitFor({ state: "attached" });
    const district = (await read(`/api/places?q=${properties.village_code}`)).candidates[0].district_name;
    await page.getByLabel("Saring desa").fill(`${twice}, Kec. ${district}`);
    await page.getByRole("button", { name: "Dua kelompok saling lempar batu di dekat pasar." }).click();
    await page.getByText(id).waitFor();
    await close();
  });

  it("a nil report says its period on the button, and is in the list of nil reports", async () => {
    await open("/laporan", phone);
    const before = await matched("reports", "nil = TRUE");
    await page.getByRole("button", { name: "Nihil" }).first().click();
    await page.fill('[name="place"]', once.name);
    await page.locator('[name="village"]:checked').waitFor();
    await page.fill('[name="periodFrom"]', "2025-03-01");
    await page.fill('[name="periodTo"]', "2025-03-31");
    await page.selectOption('[name="source"]', "village");
    await page.getByRole("button", { name: "Laporkan nihil 1–31 Mar 2025" }).click();
    const { properties } = await read(`/api/collections/reports/items/${await sentNumber()}`);
    expect(properties).toMatchObject({
      nil: true,
      village_code: once.code,
      period_from: "2025-03-01",
      period_to: "2025-03-31",
      channel: "Perangkat desa",
      source_value: "B",
    });
    expect(await matched("reports", "nil = TRUE")).toBe(before + 1);
    await page.getByRole("button", { name: "Lihat semua" }).click();
    await page.getByRole("row", { name: new RegExp(`^${once.name}.*1–31 Mar 2025`) }).waitFor();
    await close();
  });

  it("what is missing is told at its field, which takes the focus, and nothing is sent", async () => {
    await open("/laporan", phone);
    const before = await matched("incidents");
    await submit().click();
    await page.getByText("Pilih desanya dari daftar.").waitFor();
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(5);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("place");
    expect(await matched("incidents")).toBe(before);
    await close();
  });

  it("what the service refuses is told at its field, and the draft stays over a reload", async () => {
    await open("/laporan", phone);
    await write("Belum terjadi.", "2099-05-05");
    await submit().click();
    await page.getByText("Tanggal ini belum terjadi.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("day");
    await page.reload();
    expect(await page.inputValue('[name="facts"]')).toBe("Belum terjadi.");
    await page.fill('[name="day"]', "2025-05-05");
    await submit().click();
    expect(await sentNumber()).toMatch(uuid);
    await close(/422/);
  });

  it("a double click sends one report", async () => {
    await open("/laporan");
    const before = await matched("incidents");
    let posts = 0;
    page.on("request", (request) => {
      if (request.method() === "POST") posts += 1;
    });
    await write("Ditekan dua kali.");
    await submit().dblclick();
    expect(await sentNumber()).toMatch(uuid);
    expect([posts, await matched("incidents")]).toEqual([1, before + 1]);
    await close();
  });

  it("a report whose answer was lost is sent again by itself under the same number, and is there once", async () => {
    await open("/laporan", phone);
    const before = await matched("incidents");
    await write("Jawabannya hilang.");
    await page.route("**/api/collections/incidents/items", async (sent) => {
      if (sent.request().method() !== "POST") return sent.continue();
      await sent.fetch();
      await sent.abort();
    });
    await submit().click();
    await page.getByText("Tersimpan di perangkat ini.").waitFor();
    expect(await page.inputValue('[name="place"]')).toBe("");
    await page.unroute("**/api/collections/incidents/items");
    await page.getByText("Semua terkirim").waitFor();
    expect(await matched("incidents")).toBe(before + 1);
    await close(/ERR_FAILED|409/);
  });

  it("an incident is changed, verified and withdrawn", async () => {
    await open("/laporan");
    await write("Akan diubah.");
    await submit().click();
    const id = await sentNumber();
    await page.getByRole("button", { name: "Buka", exact: true }).click();
    await page.getByRole("button", { name: "Ubah" }).click();
    await page.fill('[name="facts"]', "Sudah diubah.");
    await page.fill('[name="injured"]', "3");
    await page.getByRole("button", { name: "Simpan perubahan" }).click();
    await page.getByText("Perubahan tersimpan.").waitFor();
    expect((await read(`/api/collections/incidents/items/${id}`)).properties).toMatchObject({
      facts: "Sudah diubah.",
      injured: 3,
      village_code: once.code,
      occurred_from: "2025-01-02",
    });
    await page.getByRole("button", { name: "Buka", exact: true }).click();
    await page.getByRole("button", { name: "Tandai terverifikasi" }).click();
    await page.getByRole("button", { name: "Tandai terverifikasi" }).waitFor({ state: "detached" });
    expect((await read(`/api/collections/incidents/items/${id}`)).properties.status).toBe("verified");
    await page.getByRole("button", { name: "Tarik" }).click();
    await page.getByRole("button", { name: "Ya, tarik kejadian" }).click();
    await submit().waitFor();
    expect((await page.request.get(`/api/collections/incidents/items/${id}`)).status()).toBeGreaterThanOrEqual(404);
    await close();
  });

  describe.each(["light", "dark"])("in the %s theme", (theme) => {
    it("the form, its faults, the list and an open incident are clean for axe, on phone and desktop", async () => {
      await open(`/laporan?theme=${theme}`, phone);
      expect(await accessibilityFaults(page)).toEqual([]);
      await submit().click();
      await page.getByText("Pilih desanya dari daftar.").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Lihat semua" }).click();
      expect(await accessibilityFaults(page)).toEqual([]);
      await close();
      await open(`/laporan?theme=${theme}&lang=en`);
      await page.locator("tbody button").first().click();
      await page.getByRole("button", { name: "Withdraw" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await close();
    });
  });
});
