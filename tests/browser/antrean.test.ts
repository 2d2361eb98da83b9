import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExifReader from "exifreader";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, inBrowser, launchPersistent, type RunningService, startWholeService } from "../fixtures/browser.ts";
import { type LossyNetwork, startLossyNetwork } from "../fixtures/lossyNetwork.ts";
import { withPlace } from "../fixtures/photoWithPlace.ts";
import { seededRandom } from "../fixtures/random.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(!hasBrowser)("reports without a signal", inBrowser, () => {
  let service: RunningService;
  let network: LossyNetwork;
  let folder: string;
  let context: BrowserContext;
  let page: Page;
  let villages: { name: string; code: string }[];

  const start = async (): Promise<void> => {
    context = await launchPersistent(folder, { ...phone, baseURL: network.url });
    page = await context.newPage();
    await page.goto("/laporan");
    await page.locator('[name="place"]').waitFor();
  };
  const restart = async (): Promise<void> => {
    await context.close();
    await start();
  };
  /** Asked of the service itself, round the network; the demo signs in whoever asks. */
  const read = async (path: string) => {
    const cookie = (await context.cookies(network.url)).map(({ name, value }) => `${name}=${value}`).join("; ");
    return (await fetch(`${service.url}${path}`, { headers: { cookie } })).json();
  };
  const arrived = async (facts: string): Promise<{ id: string; properties: Record<string, unknown> }[]> =>
    (await read(`/api/collections/incidents/items?limit=100&filter=${encodeURIComponent(`facts LIKE '${facts}%'`)}`)).features;
  const write = async (facts: string, day = "2025-01-02"): Promise<void> => {
    const village = villages[facts.length % villages.length];
    await page.fill('[name="place"]', village?.name ?? "");
    await page.locator('[name="village"]:checked').waitFor();
    await page.fill('[name="day"]', day);
    await page.selectOption('[name="issue"]', "404");
    await page.selectOption('[name="form"]', "F6");
    await page.fill('[name="facts"]', facts);
  };
  const file = async (): Promise<void> => {
    await page.locator("form button[type=submit]").click();
    await expect.poll(() => page.inputValue('[name="place"]')).toBe("");
  };
  const queued = (): Promise<string | null> => page.locator("#antrean").textContent();

  beforeAll(async () => {
    service = await startWholeService();
    network = await startLossyNetwork(service.url, seededRandom(60));
    folder = await mkdtemp(join(tmpdir(), "waspada-antrean-"));
    await start();
    const { areas } = (await read("/api/areas?level=village&within=99.01")) as { areas: { name: string; code: string }[] };
    const names = areas.map((area) => area.name.toLowerCase());
    villages = areas.filter((area) => names.filter((name) => name.includes(area.name.toLowerCase())).length === 1).slice(0, 7);
    // What the screen needs to start, and the villages, are on the device.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(
      () =>
        new Promise<boolean>((done) => {
          const opening = indexedDB.open("waspada");
          opening.onsuccess = () => {
            const asking = opening.result.transaction("kept").objectStore("kept").getAllKeys();
            asking.onsuccess = () => {
              opening.result.close();
              done(["session", "taxonomy", "places-99.01"].every((name) => asking.result.includes(name)));
            };
          };
        }),
    );
  });
  afterAll(async () => {
    await context?.close();
    await network?.stop();
    await service?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("ten reports filed with the network cut survive a restart of the browser and arrive once each, however often they are lost", async () => {
    network.cut();
    await page.reload();
    await page.locator('[name="place"]').waitFor();
    for (let number = 0; number < 10; number += 1) {
      await write(`Tanpa sinyal ${number}${"!".repeat(number)}`);
      await file();
    }
    await expect.poll(queued).toBe("Antrean 10");
    await restart();
    await expect.poll(queued).toBe("Antrean 10");
    network.restore(0.6);
    await expect.poll(queued, { timeout: 240_000 }).toBe("Semua terkirim");
    network.restore();
    const facts = (await arrived("Tanpa sinyal")).map(({ properties }) => properties.facts);
    expect(facts.sort()).toEqual(Array.from({ length: 10 }, (_, number) => `Tanpa sinyal ${number}${"!".repeat(number)}`).sort());
    expect(Math.min(network.lost.there, network.lost.back)).toBeGreaterThan(0);
  });

  it("a refused report stays with what is wrong, and is sent when it is mended", async () => {
    network.cut();
    await write("Belum terjadi.", "2099-05-05");
    await file();
    network.restore();
    await page.getByText("perlu diperiksa").waitFor();
    await page.getByRole("button", { name: "Perbaiki" }).click();
    await page.getByText("Tanggal ini belum terjadi.").waitFor();
    expect(await page.inputValue('[name="facts"]')).toBe("Belum terjadi.");
    await page.fill('[name="day"]', "2025-05-05");
    await file();
    expect((await arrived("Belum terjadi.")).map(({ properties }) => properties.occurred_from)).toEqual(["2025-05-05"]);
    expect(await queued()).toBe("Semua terkirim");
  });

  it("an unfinished report is laid aside with what it lacks, thrown away, and taken back", async () => {
    await page.fill('[name="facts"]', "Baru setengah.");
    await page.getByRole("button", { name: "Simpan untuk nanti" }).click();
    await page.getByText("Di mana: belum diisi").waitFor();
    await page.getByRole("button", { name: "Buang" }).click();
    await page.getByText("Laporan dibuang.").waitFor();
    await page.getByRole("button", { name: "Urungkan" }).click();
    await page.getByRole("button", { name: "Perbaiki" }).click();
    await expect.poll(() => page.inputValue('[name="facts"]')).toBe("Baru setengah.");
    await page.getByRole("button", { name: "Kosongkan" }).click();
  });

  it("a session that ended while there was no signal is told, and everything stays until somebody signs in", async () => {
    network.cut();
    await write("Sesi habis.");
    await file();
    await context.clearCookies();
    // The demo signs in whoever asks who they are; the queue alone is told that nobody is.
    network.restore();
    await page.getByText("Sesi Anda habis.").waitFor();
    expect(await queued()).toBe("Antrean 1");
    await page.reload();
    await expect.poll(queued).toBe("Semua terkirim");
    expect(await arrived("Sesi habis.")).toHaveLength(1);
  });

  it("a photo that tells where it was taken tells nothing any more, in the queue and in the service", async () => {
    const drawn = await page.evaluate(async () => {
      const canvas = document.createElement("canvas");
      canvas.width = 40;
      canvas.height = 30;
      canvas.getContext("2d")?.fillRect(5, 5, 20, 10);
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg"));
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
    });
    const buffer = Buffer.from(withPlace(Uint8Array.from(drawn)));
    expect(ExifReader.load(buffer, { expanded: true }).gps?.Latitude).toBeCloseTo(-7.5467, 3);
    network.cut();
    await write("Dengan foto.");
    await page.setInputFiles('[name="photo"]', { name: "IMG.jpg", mimeType: "image/jpeg", buffer });
    await page.getByAltText("Foto 1").waitFor();
    await file();
    const kept = await page.evaluate(
      () =>
        new Promise<number[][]>((done) => {
          const opening = indexedDB.open("waspada");
          opening.onsuccess = () => {
            const asking = opening.result.transaction("reports").objectStore("reports").getAll();
            asking.onsuccess = async () => {
              const photos = asking.result.flatMap((report) => report.photos as { content: Blob }[]);
              opening.result.close();
              done(await Promise.all(photos.map(async ({ content }) => [...new Uint8Array(await content.arrayBuffer())])));
            };
          };
        }),
    );
    expect(kept).toHaveLength(1);
    expect(Object.keys(ExifReader.load(Buffer.from(kept[0] ?? []), { expanded: true }))).not.toContain("exif");
    network.restore();
    await expect.poll(queued).toBe("Semua terkirim");
    const [incident] = await arrived("Dengan foto.");
    const [report] = (incident?.properties.report_ids ?? []) as string[];
    const { attachments } = await read(`/api/collections/reports/items/${report}/attachments`);
    expect(attachments).toHaveLength(1);
    expect(attachments[0]).toMatchObject({ name: "foto-1.jpg", media_type: "image/jpeg", size_bytes: kept[0]?.length });
  });

  it("a nil report about the village of the last one takes two taps, and a village is found by a short form of its name", async () => {
    network.cut();
    await page.reload();
    await page.getByRole("button", { name: "Nihil" }).first().click();
    await page.locator("form button[type=submit]").click();
    await expect.poll(queued).toBe("Antrean 1");
    // The form is empty once what was sent lies in the queue for good.
    await expect.poll(() => page.inputValue('[name="place"]')).toBe("");
    const village = villages[0];
    await page.fill('[name="place"]', `ds. ${village?.name.toUpperCase()}`);
    await page.locator(`[name="village"][value="${village?.code}"]`).waitFor();
    network.restore();
    await expect.poll(queued).toBe("Semua terkirim");
  });

  it("a signal that returns takes neither the field that is being written in nor what stands in it", async () => {
    network.cut();
    await page.reload();
    await page.getByRole("button", { name: "Ada kejadian" }).click();
    await page.focus('[name="facts"]');
    await page.evaluate(() => document.activeElement?.setAttribute("data-before", "yes"));
    await page.keyboard.type("Ditulis tanpa");
    const told = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/session" && response.ok());
    network.restore();
    await told;
    // What is known of the person is kept on the device before the screen could change.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    await page.keyboard.type(" dan dengan sinyal.");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-before"))).toBe("yes");
    expect(await page.inputValue('[name="facts"]')).toContain("Ditulis tanpa dan dengan sinyal.");
  });

  it("several reports in a row are filed by keyboard alone, each beginning where the last one ended", async () => {
    await page.getByRole("button", { name: "Kosongkan" }).click();
    await page.getByRole("button", { name: "Ada kejadian" }).click();
    await expect.poll(() => page.inputValue('[name="place"]')).toBe("");
    await page.focus('[name="place"]');
    for (const facts of ["Papan ketik satu.", "Papan ketik dua.", "Papan ketik tiga."]) {
      await page.keyboard.type(villages[1]?.name ?? "");
      await page.locator('[name="village"]:checked').waitFor();
      const tabTo = async (name: string): Promise<void> => {
        for (let presses = 0; presses < 12; presses += 1) {
          await page.keyboard.press("Tab");
          if ((await page.evaluate(() => document.activeElement?.getAttribute("name"))) === name) return;
        }
        throw new Error(`no way by Tab to ${name}`);
      };
      await tabTo("day");
      await page.keyboard.type("02022025");
      await tabTo("issue");
      await page.keyboard.type("Perguruan");
      await tabTo("form");
      await page.keyboard.type("Bentrokan");
      await tabTo("facts");
      await page.keyboard.type(facts);
      await page.keyboard.press("Control+Enter");
      await expect
        .poll(() =>
          page.evaluate(() => [document.activeElement?.getAttribute("name"), (document.activeElement as HTMLInputElement)?.value]),
        )
        .toEqual(["place", ""]);
    }
    await expect.poll(async () => (await arrived("Papan ketik")).length).toBe(3);
  });
});
