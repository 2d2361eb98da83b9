import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drivePairs } from "../../scripts/drive/access/viewerPairs.ts";
import { type AudienceService, canary, districts, startAudienceService } from "../fixtures/audienceService.ts";
import { engines } from "../fixtures/database.ts";

/** Incidents by kecamatan and month of B08 2025, told by so many reporters: 99.01.01 is safe, .02 has a small month, .03 is small as a whole, .04 is quiet. */
const filed: readonly (readonly [string, string, number, number])[] = [
  ["99.01.01", "2025-05", 5, 3],
  ["99.01.01", "2025-06", 5, 3],
  ["99.01.02", "2025-05", 5, 3],
  ["99.01.02", "2025-06", 2, 2],
  ["99.01.03", "2025-06", 3, 3],
  ["99.01.01", "2025-01", 6, 2],
];
const reporters = ["pelapor-a", "pelapor-b", "pelapor-c"];

describe.each(engines)("what each audience sees, %s", (engine) => {
  let service: AudienceService;
  const ids: string[] = [];
  // One each of people who only file, and one of the team, in another year.
  const own: Record<string, string> = {};
  beforeAll(async () => {
    service = await startAudienceService(engine);
    const incidents = filed.flatMap(([district, month, count, told]) =>
      Array.from({ length: count }, (_, n) =>
        service.file(reporters[n % told] as string, `${district}.200${(n % 3) + 1}`, `${month}-${String(n + 1).padStart(2, "0")}`),
      ),
    );
    ids.push(...(await Promise.all(incidents)));
    for (const name of ["pelapor-d", "pelapor-e", "mitra", "analis"]) own[name] = await service.file(name, "99.01.01.2001", "2024-06-01");
    // Said under a status that does not count.
    await service.file("pelapor-a", "99.01.04.2001", "2025-07-01", { status: "draft" });
  });
  afterAll(() => service?.remove());
  const counts = (query: string, name = "pembaca") =>
    service.asked(name, `/api/values/counts?from=2025-05-01&to=2025-09-01&codes=true&${query}`);
  const table = (body: { codes: string[]; steps: string[]; entries: Record<string, number[]>; suppressed: Record<string, number[]> }) => {
    const cells: Record<string, number | string> = {};
    const key = (list: Record<string, number[]>, n: number) =>
      `${body.codes[list.area?.[n] as number]} ${body.steps[list.step?.[n] as number]}`;
    body.entries.count?.forEach((count, n) => {
      cells[key(body.entries, n)] = count;
    });
    body.suppressed.area?.forEach((_, n) => {
      cells[key(body.suppressed, n)] = "suppressed";
    });
    return cells;
  };

  test("months of kecamatan with small cells kept back, worked out by hand", async () => {
    const { status, body } = await counts("step=month");
    expect(status).toBe(200);
    expect(body).toMatchObject({ level: "district", step: "month", codes: districts, least: { incidents: 5, reporters: 3 } });
    // .03 (3) is merged with .02 (7); in the merged row June holds 5 of three reporters, which is safe, so all else is told.
    expect(table(body)).toEqual({
      "99.01.01 2025-05-01": 5,
      "99.01.01 2025-06-01": 5,
      "99.01.02 2025-05-01": "suppressed",
      "99.01.02 2025-06-01": "suppressed",
      "99.01.03 2025-05-01": "suppressed",
      "99.01.03 2025-06-01": "suppressed",
    });
    expect(body.regencies.entries.count).toEqual([10, 10]);
  });
  test("a reporting period of kecamatan, the kabupaten's total and its fields", async () => {
    const { body } = await counts("step=period");
    expect(table(body)).toEqual({ "99.01.01 2025-05-01": 10, "99.01.02 2025-05-01": "suppressed", "99.01.03 2025-05-01": "suppressed" });
    expect(body.regencies).toMatchObject({
      codes: ["99.01"],
      entries: { count: [20] },
      fields: [{ field: "BUD", count: 20, state: "told" }],
    });
  });
  test("days and weeks become months, and what was answered is said", async () => {
    const { body } = await service.asked("pembaca", "/api/values/counts?from=2025-05-10&to=2025-06-02&step=day&codes=true");
    expect(body).toMatchObject({ from: "2025-05-01", to: "2025-07-01", step: "month" });
  });
  test("no single issue, status or form", async () => {
    for (const finer of ["issues=404", "statuses=verified", "forms=F6"]) {
      const { status, body } = await counts(finer);
      expect([status, body.code]).toEqual([403, "aggregates_only"]);
    }
  });
  test("the pattern is the same whatever part is asked for, and by whom", async () => {
    const whole = table((await counts("step=month")).body);
    const part = table((await counts("step=month&areas=99.01.01", "pembaca-kecamatan")).body);
    expect(part).toEqual(Object.fromEntries(Object.entries(whole).filter(([key]) => key.startsWith("99.01.01"))));
    const { body } = await counts("step=month", "pembaca-kecamatan");
    expect(body.regencies.codes).toEqual([]);
  });
  test("who is bound to a village sees no kecamatan, and nobody those of others", async () => {
    expect((await counts("", "pembaca-desa")).body.codes).toEqual([]);
    expect((await counts("areas=99.02.01")).status).toBe(422);
  });
  test("six incidents of two reporters are as little told as four of four", async () => {
    const { body } = await service.asked("pembaca", "/api/values/counts?from=2025-01-01&to=2025-05-01&codes=true&step=month");
    expect([body.entries.count, body.suppressed.area.length, body.regencies.entries.count]).toEqual([[], 1, []]);
  });
  test.each([
    "/api/collections/incidents",
    "/api/collections/incidents/items",
    "/api/collections/reports/items?f=csv",
    "/api/collections/potentials/items",
    "/api/collections/risk/items",
    "/api/collections/hotspots/items",
    "/api/values/indicators",
    "/api/values/trend?area=99.01.01.2001",
    "/api/coverage/99.01.01.2001",
    "/api/runs/x",
    "/api/runs?process=density&area=99.01",
    "/api/incidents/duplicates",
    "/api/queue",
    "/api/roster",
  ])("%s is refused to the role, whether anything is there or not", async (path) => {
    expect((await service.asked("pembaca", path)).status).toBe(403);
  });
  test("items by id are refused alike where they are and where they are not", async () => {
    const of = async (id: string) => {
      const { status, body } = await service.asked("pembaca", `/api/collections/incidents/items/${id}`);
      return [status, body.code, body.detail];
    };
    expect(await of(ids[0] as string)).toEqual(await of("00000000-0000-4000-8000-000000000000"));
  });
  test("collections that are not theirs are not listed", async () => {
    const { body } = await service.asked("pembaca", "/api/collections");
    expect(body.collections.map(({ id }: { id: string }) => id)).toEqual(["provinces", "regencies", "districts", "villages"]);
  });
  test("nothing that a viewer can ask for holds a planted word, an id or a reporter", async () => {
    const { body: document } = await service.call("/api/openapi.json");
    const words = [...Object.values(canary), ...reporters, ...ids];
    const found: string[] = [];
    const paths = Object.entries(document.paths as Record<string, Record<string, unknown>>).filter(
      ([path, of]) => of.get && path !== "/api/events",
    );
    for (const [path] of paths) {
      for (const id of [ids[0] as string, "99.01.01.2001"]) {
        const filled = path
          .replace("{collection}", "incidents")
          .replace(/\{(z|x|y)\}/g, "0")
          .replace(/\{\w+\}/g, id);
        const { body } = await service.asked("pembaca", filled);
        const text = typeof body === "string" ? body : JSON.stringify(body);
        // The address that was asked for may be said back.
        for (const word of words) if (text.replaceAll(filled, "").replaceAll(id, "").includes(word)) found.push(`${filled}: ${word}`);
      }
    }
    expect(paths.length).toBeGreaterThan(25);
    expect(found).toEqual([]);
  });

  test("no pair of random questions differs by a small cell", async () => {
    const counted = filed.flatMap(([district, month, count, told]) =>
      Array.from({ length: count }, (_, n) => ({ district, month: `${month}-01`, reporters: [reporters[n % told] as string] })),
    );
    const report = await drivePairs((path) => service.asked("pembaca", path), counted, {
      pairs: 500,
      seed: 5,
      areas: ["99", "99.01", ...districts, "99.01.02.2001"].filter((code) => code !== "99"),
      districts,
      from: "2025-01-01",
      to: "2026-01-01",
      least: { incidents: 5, reporters: 3 },
    });
    expect(report.faults).toEqual([]);
    expect(report.pairs).toBe(500);
    expect(report.told).toBeGreaterThan(20);
  });
  const listed = async (name: string, query = "", collection = "incidents") => {
    const { status, body } = await service.asked(name, `/api/collections/${collection}/items${query}`);
    return status === 200 ? { ids: body.features.map(({ id }: { id: string }) => id).sort(), matched: body.numberMatched } : { status };
  };
  const itemOf = (id: string | undefined) => `/api/collections/incidents/items/${id}`;

  test("items are one's own, in lists, counts, CSV and the past", async () => {
    const mine = { ids: [own["pelapor-d"]], matched: 1 };
    expect(await listed("pelapor-d")).toEqual(mine);
    expect(await listed("pelapor-d", `?asOf=${encodeURIComponent(new Date().toISOString())}`)).toEqual(mine);
    expect(await listed("pelapor-d", "?filter=village_code%20%3D%20'99.01.01.2001'")).toEqual(mine);
    const { body } = await service.asked("pelapor-d", "/api/collections/incidents/items?f=csv");
    expect(Object.values(own).filter((id) => body.includes(id))).toEqual([own["pelapor-d"]]);
    expect((await listed("pelapor-d", "", "reports")).matched).toBe(1);
    expect((await listed("analis", "?datetime=2024-06-01")).matched).toBe(4);
  });
  test("one of another's is not there: not to read, not to change, not to tie a report to", async () => {
    const other = own["pelapor-e"];
    expect((await service.asked("pelapor-d", itemOf(other))).status).toBe(404);
    const { body: feature } = await service.asked("pelapor-e", itemOf(other));
    const sent = { type: "Feature", geometry: null, properties: { ...feature.properties, facts: "Diganti." } };
    for (const name of [
      "village_name",
      "district_code",
      "regency_code",
      "recorded_at",
      "report_ids",
      "report_count",
      "verification_level",
      "merged_into",
    ])
      delete sent.properties[name];
    const changed = await service.asked("pelapor-d", itemOf(other), { method: "PUT", body: sent, headers: { "if-match": '"1"' } });
    expect(changed.status).toBe(404);
    const tied = { type: "Feature", properties: { village_code: "99.01.01.2001", facts: "Kata orang.", incident_ids: [other] } };
    expect((await service.asked("pelapor-d", "/api/collections/reports/items", { body: tied })).status).toBe(404);
  });
  test("what the team shows to a partner is read by that partner alone, until it is taken back", async () => {
    const shared = own.analis;
    const path = `${itemOf(shared)}/shares/mitra`;
    expect((await service.asked("mitra", itemOf(shared))).status).toBe(404);
    expect((await service.asked("analis", path, { method: "PUT" })).status).toBe(204);
    expect((await service.asked("analis", path, { method: "PUT" })).status).toBe(204);
    expect((await service.asked("mitra", itemOf(shared))).status).toBe(200);
    expect((await listed("mitra")).ids).toEqual([shared, own.mitra].sort());
    expect((await listed("pelapor-d")).matched).toBe(1);
    expect((await service.asked("analis", `${itemOf(shared)}/shares`)).body.shares).toMatchObject([{ name: "mitra", shared_by: "analis" }]);
    const changed = await service.asked("mitra", itemOf(shared), {
      method: "PUT",
      body: {
        type: "Feature",
        geometry: null,
        properties: { village_code: "99.01.01.2001", occurred_from: "2024-06-01", issue: "404", form: "F6", facts: "x" },
      },
      headers: { "if-match": '"1"' },
    });
    expect(changed.status).toBe(404);
    expect((await service.asked("analis", path, { method: "DELETE" })).status).toBe(204);
    expect((await service.asked("mitra", itemOf(shared))).status).toBe(404);
    expect((await service.asked("analis", path, { method: "DELETE" })).status).toBe(404);
  });
  test("only to people who file, and only what lies in their areas", async () => {
    const to = (name: string) => service.asked("analis", `${itemOf(own.analis)}/shares/${name}`, { method: "PUT" });
    for (const name of ["pembaca", "verifikator", "tidak-ada"]) {
      const { status, body } = await to(name);
      expect([status, body.code]).toEqual([422, "not_shareable"]);
    }
    expect((await service.asked("mitra", `${itemOf(own.mitra)}/shares/pelapor-d`, { method: "PUT" })).status).toBe(403);
    expect(
      (await service.asked("analis", `${itemOf("00000000-0000-4000-8000-000000000000")}/shares/mitra`, { method: "PUT" })).status,
    ).toBe(404);
  });
});
