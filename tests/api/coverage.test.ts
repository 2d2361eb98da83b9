import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf, daysBetween } from "../../api/contract/time.ts";
import { engines } from "../fixtures/database.ts";
import { collectionOf, square } from "../fixtures/imports.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";

const village = (n: number): string => `99.01.0${n <= 3 ? 1 : 2}.${2000 + n}`;
// The Monday three whole weeks back: with two days of grace those weeks are due on the Tuesdays after them, all of them past or today.
const today = dayOf(new Date(), "Asia/Jakarta");
const monday = addDays(today, -((daysBetween("1970-01-05", today) % 7) + 7) % 7);
const week = (back: number): string => addDays(monday, -7 * back);
const roster = `kode;frekuensi;tenggang;berlaku_dari;berlaku_sampai;jabatan;pelapor
99.01.01;mingguan;0;2025-01-06;;FKDM;Petugas Satu
9901022004;mingguan;0;2025-01-06;;perangkat desa;Petugas Dua
99.01.02.2005;tiap 10 hari;;2025-01-06;2025-06-30;;
`;

describe.each(engines)("coverage on %s", (engine) => {
  let service: TestService;
  const nil = (code: string, from: string, to: string, on: string) =>
    service.call("/api/collections/reports/items", {
      body: {
        type: "Feature",
        id: randomUUID(),
        geometry: null,
        properties: { village_code: code, nil: true, period_from: from, period_to: to, obtained_at: on },
      },
    });
  const columns = async (query = "") => (await service.call(`/api/values/coverage?codes=true${query}`)).body;
  beforeAll(async () => {
    service = await startTestService(engine);
    const areas = Array.from({ length: 6 }, (_, index) => square(index, { code: village(index + 1) }));
    await service.load("boundaries", "uji.geojson", collectionOf(areas));
  });
  afterAll(() => service?.remove());

  test("without a roster nobody is silent and nobody is fine: unknown", async () => {
    const { columns: found, codes, summary } = await columns();
    expect(codes).toHaveLength(6);
    for (const name of ["state", "expected", "received", "missing", "share", "late", "daysSilent"])
      expect(found[name]).toEqual([null, null, null, null, null, null]);
    expect(summary).toMatchObject({ villages: 6, onRoster: 0, noRoster: 6, silent: 0, silentShare: null, expected: null });
  });

  test("a roster file comes in by words, codes and dates as offices write them; the same file again changes nothing", async () => {
    const first = await service.load("roster", "pelapor.csv", roster);
    expect(first).toMatchObject({ status: "successful", results: { accepted: 3, rejected: 0, warnings: [] } });
    expect((await service.load("roster", "pelapor.csv", roster)).results).toMatchObject({ accepted: 0, unchanged: 3 });
    const { body } = await service.call("/api/roster");
    expect(body).toMatchObject({ numberMatched: 3, numberReturned: 3, links: [] });
    expect(body.lines[0]).toMatchObject({
      area_code: "99.01.01",
      area_name: "Kecamatan Uji",
      cadence: "weekly",
      grace_days: 0,
      reporter: "Petugas Satu",
    });
    expect(body.lines[2]).toMatchObject({
      cadence: "days",
      every_days: 10,
      grace_days: 3,
      valid_to: "2025-06-30",
      reporter: null,
      version: 1,
    });
    const changed = await service.load("roster", "pelapor.csv", roster.replace("2025-06-30", "2025-07-31"));
    expect(changed.results).toMatchObject({ accepted: 1, unchanged: 2 });
    expect((await service.call("/api/roster?area=99.01.02.2005")).body.lines).toMatchObject([{ valid_to: "2025-07-31", version: 2 }]);
  });

  test.each<[string, string, string, string]>([
    ["a code that is none", "99.01.02.2999;mingguan;;2025-01-01", "area_code", "unknown_area"],
    ["no cadence", "99.01.02;;;2025-01-01", "cadence", "missing_field"],
    ["a cadence nobody knows", "99.01.02;kadang;;2025-01-01", "cadence", "invalid_field"],
    ["a day that does not exist", "99.01.02;mingguan;;2025-02-30", "valid_from", "invalid_date"],
    ["an end before the start", "99.01.02;mingguan;;2025-02-01;2025-01-01", "valid_to", "ends_before_its_start"],
    ["grace that is no number", "99.01.02;mingguan;lama;2025-02-01", "grace_days", "invalid_field"],
  ])("%s rejects the file and names the field", async (_, line, field, code) => {
    const header = "kode;frekuensi;tenggang;berlaku_dari;berlaku_sampai";
    const cells = line.split(";");
    const padded = [...cells, ...Array(5 - cells.length).fill("")].join(";");
    const { status, results } = await service.load("roster", "salah.csv", `${header}\n${padded}\n`);
    expect(status).toBe("failed");
    expect(results).toMatchObject({ accepted: 0, rejected: 1, rows: [{ row: 2, field, code }] });
    expect((await service.call("/api/roster")).body.numberMatched).toBe(3);
  });

  test("expected minus received is silence, counted by hand over three weeks", async () => {
    const from = addDays(week(3), 6);
    const window = `&from=${from}&to=${monday}`;
    // Village 1: all three weeks, the last one with something. Village 2: two of three, one of them a day late. Village 3: nothing. Village 4: its own line, all nil.
    for (const back of [3, 2, 1]) {
      expect((await nil(village(1), week(back), addDays(week(back), 6), addDays(week(back), 6))).status).toBe(201);
      expect((await nil(village(4), week(back), addDays(week(back), 6), addDays(week(back), 6))).status).toBe(201);
    }
    await nil(village(2), week(3), addDays(week(3), 6), addDays(week(3), 6));
    await nil(village(2), week(2), addDays(week(2), 6), addDays(week(2), 7));
    const incident = await service.call("/api/collections/incidents/items", {
      body: {
        type: "Feature",
        id: randomUUID(),
        geometry: null,
        properties: { village_code: village(6), occurred_from: today, issue: "405", form: "F1", facts: "Keresahan." },
      },
      headers: { "content-type": "application/geo+json" },
    });
    expect(incident.status).toBe(201);
    const { columns: found } = await columns(window);
    expect(found).toMatchObject({
      state: ["nil", "silent", "silent", "nil", null, null],
      expected: [3, 3, 3, 3, null, null],
      received: [3, 2, 0, 3, null, null],
      missing: [0, 1, 3, 0, null, null],
      share: [1, 0.666667, 0, 1, null, null],
      late: [0, 1, 0, 0, null, null],
      lateShare: [0, 0.5, null, 0, null, null],
      medianDaysLate: [null, 1, null, null, null, null],
      reports: [3, 2, 0, 3, 0, 0],
      lastHeard: [addDays(monday, -1), addDays(week(2), 7), null, addDays(monday, -1), null, null],
      daysSilent: [0, 6, daysBetween("2025-01-06", monday) - 1, 0, null, null],
    });
    expect((await columns("")).columns.lastHeard[5]).toBe(today);
  });

  test("a window that ends earlier does not know what came after", async () => {
    const { columns: found } = await columns(`&from=${addDays(week(3), 6)}&to=${addDays(week(1), 0)}`);
    expect(found.expected.slice(0, 2)).toEqual([2, 2]);
    expect(found.received.slice(0, 2)).toEqual([2, 1]);
  });

  test("kecamatan stand the worst first, and as a table that a spreadsheet opens", async () => {
    const window = `from=${addDays(week(3), 6)}&to=${monday}`;
    const { body } = await service.call(`/api/coverage?${window}`);
    expect(body).toMatchObject({
      level: "district",
      numberMatched: 2,
      summary: { villages: 6, onRoster: 4, silent: 2, nil: 2, noRoster: 2, missing: 4, expected: 12 },
    });
    expect(body.areas.map((area: { code: string }) => area.code)).toEqual(["99.01.01", "99.01.02"]);
    expect(body.areas[0]).toMatchObject({
      name: "Kecamatan Uji",
      onRoster: 3,
      silent: 2,
      silentShare: 0.666667,
      share: 0.555556,
      lateReports: 1,
      lateShare: 0.2,
    });
    const csv = (await service.call(`/api/coverage?${window}&level=village&f=csv`)).body as string;
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv.split("\n")[0]).toContain("code,name,district_name,regency_name,state,expected,received,missing");
    expect(csv).not.toContain("Petugas");
    expect((await service.call(`/api/coverage?${window}&level=village&limit=2`)).body).toMatchObject({
      numberMatched: 6,
      numberReturned: 2,
    });
  });

  test("one village shows its periods and whose line it is; names only to those who may", async () => {
    const { body } = await service.call(`/api/coverage/${village(2)}?from=${addDays(week(3), 6)}&to=${monday}`);
    expect(body.periods.map((period: { state: string }) => period.state)).toEqual(["in time", "late", "missing"]);
    expect(body.periods[1]).toMatchObject({ from: week(2), to: week(1), due: addDays(week(1), -1), receivedOn: week(1) });
    expect(body.lines).toMatchObject([{ area_code: "99.01.01", reporter_role: "FKDM", reporter: "Petugas Satu" }]);
    expect((await service.call("/api/coverage/99.01.02.2999")).status).toBe(404);
  });

  test("a line is made once, changed on what is there, and removed with the name it held", async () => {
    const id = randomUUID();
    const line = { id, area_code: village(6), cadence: "monthly", valid_from: "2025-01-01", reporter: "Petugas Tiga" };
    const made = await service.call("/api/roster", { body: line });
    expect(made).toMatchObject({ status: 201, body: { grace_days: 7, version: 1, reporter: "Petugas Tiga" } });
    expect((await service.call("/api/roster", { body: line })).status).toBe(200);
    expect((await service.call("/api/roster", { body: { ...line, cadence: "weekly" } })).body.code).toBe("id_taken");
    const put = (body: unknown, ifMatch?: string) =>
      service.call(`/api/roster/${id}`, { method: "PUT", body, ...(ifMatch ? { headers: { "if-match": ifMatch } } : {}) });
    expect((await put({ ...line, valid_to: "2025-12-31" })).status).toBe(428);
    expect((await put({ ...line, valid_to: "2025-12-31" }, '"7"')).status).toBe(412);
    expect(await put({ ...made.body, valid_to: "2025-12-31" }, '"1"')).toMatchObject({
      status: 200,
      body: { valid_to: "2025-12-31", version: 2 },
    });
    expect((await put({ ...line, cadence: "days" }, '"2"')).body).toMatchObject({ code: "missing_field", field: "every_days" });
    expect((await service.call(`/api/roster/${id}`)).headers.get("etag")).toBe('"2"');
    expect((await service.call(`/api/roster/${id}`, { method: "DELETE", headers: { "if-match": '"2"' } })).status).toBe(204);
    expect((await service.call(`/api/roster/${id}`)).status).toBe(410);
    expect(
      (await service.call("/api/roster", { body: { area_code: "99.01.09", cadence: "weekly", valid_from: "2025-01-01" } })).body.code,
    ).toBe("unknown_area");
    expect(
      (await service.call("/api/roster", { body: { area_code: "99.01.01", cadence: "weekly", valid_from: "2025-01-01", nama: "x" } })).body,
    ).toMatchObject({ code: "unknown_field", field: "nama" });
  });

  test("the list is paged by keyset and never cut silently", async () => {
    const first = (await service.call("/api/roster?limit=2")).body;
    expect(first).toMatchObject({ numberMatched: 3, numberReturned: 2 });
    const next = await service.call(first.links[0].href.slice(service.url.length));
    expect(next.body.lines.map((line: { area_code: string }) => line.area_code)).toEqual(["99.01.02.2005"]);
    expect((await service.call("/api/roster?cursor=x")).body.code).toBe("invalid_cursor");
  });
});
