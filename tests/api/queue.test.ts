import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../fixtures/database.ts";
import { collectionOf, square } from "../fixtures/imports.ts";
import { adminToken, startTestService, type TestService } from "../fixtures/service.ts";
import { as, signIn } from "../fixtures/signedIn.ts";

const header = "id,desa,kecamatan,tanggal,isu,bentuk,fakta,lon,lat";
const id = (n: number): string => `20000002-0000-4000-8000-${String(n).padStart(12, "0")}`;
const file = (...rows: string[]): string => `${header}\n${rows.join("\n")}\n`;
const inDistrict = (district: string, name: string) => ({ kecamatan: name, kode_kecamatan: district });

/** Two villages of one name in two districts, and others whose names nobody confuses. */
const villages = collectionOf([
  square(0, { code: "99.01.01.2001", name: "Sumberagung", properties: inDistrict("99.01.01", "Wanakerta") }),
  square(1, { code: "99.01.01.2002", name: "Tegalwulan", properties: inDistrict("99.01.01", "Wanakerta") }),
  square(2, { code: "99.01.02.2001", name: "Sumberagung", properties: inDistrict("99.01.02", "Karangjati") }),
  square(3, { code: "99.01.02.2002", name: "Purwosekar", properties: inDistrict("99.01.02", "Karangjati") }),
]);

describe.each(engines)("the queue on %s", (engine) => {
  let service: TestService;
  const queue = async (query = "") => (await service.call(`/api/queue${query}`)).body;
  const settle = (row: string, body: unknown) => service.call(`/api/queue/${row}/settle`, { body });
  const undo = (row: string) => service.call(`/api/queue/${row}/undo`, { method: "POST" });
  const incidents = async (filter = "") => (await service.call(`/api/collections/incidents/items?limit=50${filter}`)).body;

  beforeAll(async () => {
    service = await startTestService(engine, {}, (database) =>
      signIn(database, [{ name: "luar", role: "analyst", areas: ["98.01"], isDemo: false }]),
    );
    expect((await service.load("boundaries", "uji.geojson", villages)).status).toBe("successful");
    const people = ["99.01.01.2001", "99.01.01.2002", "99.01.02.2001", "99.01.02.2002"].map((code) => `${code},1000`).join("\n");
    expect((await service.load("indicators", "jiwa.csv", `code,population\n${people}\n`, { year: "2025" })).status).toBe("successful");
  });
  afterAll(() => service?.remove());

  const sent = file(
    `${id(1)},Ds. Sumber Agung,Kec. Karangjati,2025-06-01,404,F6,Satu,,`,
    `${id(2)},Sumberagung,,2025-06-02,404,F6,Dua,,`,
    `${id(3)},Purwosekra,,2025-06-03,404,F6,Tiga,,`,
    `${id(4)},Sumberagung,,2025-06-04,404,F6,Empat,112.025,-7.495`,
    `${id(5)},Qqqzzz Xyxyx,,2025-06-05,404,F6,Lima,,`,
    `${id(6)},Gampong Lamteh,Ulee Kareng,2025-06-05,404,F6,Enam,,`,
  );

  test("rows told by name are placed where it is sure, wait where it is not, and are left aside where nothing is loaded", async () => {
    const { status, results } = await service.load("incidents", "kejadian.csv", sent);
    expect(status).toBe("successful");
    expect(results).toMatchObject({ accepted: 3, queued: 2, notLoaded: 1, rejected: 0, unchanged: 0 });
    expect(results.rows.map(({ row, code }: { row: number; code: string }) => [row, code])).toEqual([
      [3, "place_ambiguous"],
      [6, "place_unknown"],
    ]);
    const placed = (await incidents()).features.map((feature: { id: string; properties: { village_code: string } }) => [
      feature.id,
      feature.properties.village_code,
    ]);
    expect(new Map(placed)).toEqual(
      new Map([
        [id(1), "99.01.02.2001"],
        [id(3), "99.01.02.2002"],
        [id(4), "99.01.02.2001"],
      ]),
    );
    const { queue: rows, numberMatched } = await queue("?kind=incidents&within=99.01");
    expect(numberMatched).toBe(1);
    expect(rows[0]).toMatchObject({
      reason: "place_ambiguous",
      place: "Sumberagung",
      row: 3,
      state: "waiting",
      can_keep: true,
      excludes: [],
    });
    expect(rows[0].candidates.map((candidate: { village_code: string }) => candidate.village_code)).toEqual([
      "99.01.01.2001",
      "99.01.02.2001",
    ]);
    expect(rows[0].candidates[0].probability).toBe(rows[0].candidates[1].probability);
  });

  test("the same file again queues nothing twice and changes nothing", async () => {
    const { results } = await service.load("incidents", "kejadian.csv", sent);
    expect(results).toMatchObject({ accepted: 0, queued: 2, notLoaded: 1, unchanged: 3 });
    expect((await queue()).numberMatched).toBe(2);
  });

  test("a row is settled into one village exactly once, and undone", async () => {
    const [row] = (await queue("?within=99.01")).queue;
    const first = await settle(row.id, { village_code: "99.01.01.2001" });
    expect(first.status).toBe(200);
    expect(first.body.row).toMatchObject({
      state: "placed",
      village_code: "99.01.01.2001",
      made: { incident: id(2) },
      settled_by: "admin",
    });
    expect((await settle(row.id, { village_code: "99.01.01.2001" })).status).toBe(200);
    expect(await settle(row.id, { village_code: "99.01.02.2001" })).toMatchObject({ status: 409, body: { code: "already_settled" } });
    expect((await incidents()).numberMatched).toBe(4);
    const again = await service.load("incidents", "kejadian.csv", sent);
    expect(again.results).toMatchObject({ accepted: 0, queued: 1, unchanged: 4, rejected: 0 });
    expect((await undo(row.id)).body.row).toMatchObject({ state: "waiting", made: null });
    expect((await incidents()).numberMatched).toBe(3);
    expect(await undo(row.id)).toMatchObject({ status: 409, body: { code: "not_settled" } });
    const kept = await settle(row.id, { keep: "candidates" });
    expect(kept.body.row).toMatchObject({ state: "kept", made: { incident: id(2) } });
    expect((await incidents()).numberMatched).toBe(4);
    const rates = (places: string) => service.run("rates", { areas: ["99.01"], period: { from: "2025-06-02", to: "2025-06-03" }, places });
    expect((await rates("weighted")).body).toMatchObject({ summary: { uncertainPlaces: { incidents: 1, treatment: "weighted" } } });
    // What is left to 1 is the chance that it was neither.
    const counts = (await rates("weighted")).body.columns.count as number[];
    expect(counts.map((count) => Math.round(count * 1000) / 1000)).toEqual([0.5, 0, 0.5, 0]);
    expect((await rates("certain_only")).body.columns.count).toEqual([0, 0, 0, 0]);
  });

  test("a row that names nothing is dropped with a reason, and stays dropped when the file comes again", async () => {
    const [row] = (await queue()).queue;
    expect(row).toMatchObject({ reason: "place_unknown", candidates: [], can_keep: false, none_probability: null });
    expect((await settle(row.id, { keep: "candidates" })).body.code).toBe("cannot_keep");
    expect((await settle(row.id, { drop: true })).status).toBe(422);
    expect((await settle(row.id, { drop: true, reason: "Bukan desa kami" })).body.row).toMatchObject({ state: "dropped" });
    expect((await service.load("incidents", "kejadian.csv", sent)).results).toMatchObject({ accepted: 0, queued: 0, unchanged: 5 });
    expect((await queue()).numberMatched).toBe(0);
    expect((await queue("?state=dropped")).numberMatched).toBe(1);
  });

  test("of one id twice in a file one is chosen and the other dropped with it; undoing brings both back", async () => {
    const twice = "id,village_code,tanggal,isu,bentuk,fakta\n".concat(
      `${id(9)},99.01.01.2002,2025-06-01,404,F6,Yang pertama\n`,
      `${id(9)},99.01.01.2002,2025-06-01,404,F7,Yang kedua\n`,
    );
    const { results } = await service.load("incidents", "ganda.csv", twice);
    expect(results).toMatchObject({ accepted: 0, queued: 2 });
    const { queue: rows } = await queue();
    expect(rows.map((row: { reason: string }) => row.reason)).toEqual(["code_twice", "code_twice"]);
    expect(rows[0].excludes).toEqual([rows[1].id]);
    const { body } = await settle(rows[1].id, { village_code: "99.01.01.2002" });
    expect(body.others).toEqual([rows[0].id]);
    expect((await service.call(`/api/collections/incidents/items/${id(9)}`)).body.properties).toMatchObject({
      form: "F7",
      facts: "Yang kedua",
    });
    expect((await service.load("incidents", "ganda.csv", twice)).results).toMatchObject({ accepted: 0, queued: 0, unchanged: 2 });
    expect((await undo(rows[1].id)).body.others).toEqual([rows[0].id]);
    expect((await queue()).numberMatched).toBe(2);
    expect((await settle(rows[0].id, { village_code: "99.01.01.2002" })).body.row.state).toBe("placed");
    expect((await service.call(`/api/collections/incidents/items/${id(9)}`)).body.properties).toMatchObject({ form: "F6" });
  });

  test("what was changed after it was settled is not undone from the queue", async () => {
    const [row] = (await queue("?state=kept")).queue;
    const item = `/api/collections/incidents/items/${id(2)}`;
    const found = await service.call(item);
    expect((await service.call(item, { method: "DELETE", headers: { "if-match": found.headers.get("etag") ?? "" } })).status).toBe(204);
    expect(await undo(row.id)).toMatchObject({ status: 409, body: { code: "changed_since_settled" } });
  });

  test("somebody bound to another kabupaten sees and settles nothing here", async () => {
    await service.load("incidents", "lagi.csv", file(`${id(20)},Sumberagung,,2025-06-09,404,F6,Lagi,,`));
    const [row] = (await queue()).queue;
    expect((await service.call("/api/queue", as("luar"))).body.numberMatched).toBe(0);
    const settled = await service.call(`/api/queue/${row.id}/settle`, { ...as("luar"), body: { village_code: "99.01.01.2001" } });
    expect(settled.status).toBe(404);
    expect((await service.call("/api/queue", { token: adminToken })).body.numberMatched).toBe(1);
  });

  test.each<[string, string]>([
    ["?limit=0", "invalid_parameter"],
    ["?limit=9999", "invalid_parameter"],
    ["?kind=semua", "invalid_parameter"],
    ["?cursor=abc", "invalid_cursor"],
    ["?lain=1", "unknown_parameter"],
  ])("%s is refused", async (query, code) => {
    expect(await service.call(`/api/queue${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  test("pages follow each other without gap or repeat", async () => {
    const rows = Array.from({ length: 7 }, (_, n) => `${id(30 + n)},Sumberagung,,2025-06-09,404,F6,Halaman ${n},,`);
    await service.load("incidents", "banyak.csv", file(...rows));
    const found: string[] = [];
    let next = "/api/queue?limit=3";
    for (let page = 0; page < 5 && next !== ""; page++) {
      const { body } = await service.call(next);
      found.push(...body.queue.map((row: { id: string }) => row.id));
      next = body.links[0] ? body.links[0].href.replace(/^https?:\/\/[^/]+/, "") : "";
    }
    expect(new Set(found).size).toBe(8);
    expect(found.length).toBe(8);
  });
});
