import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { importer } from "../../fixtures/imports.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";

/** How the events of UCDP GED are read: data/README.md says the same. */
const mapping = JSON.stringify({
  occurred_from: "date_start",
  occurred_to: "date_end",
  lat: "latitude",
  lon: "longitude",
  location_level: {
    column: "where_prec",
    values: { 1: "village", 2: "district", 3: "regency", 4: "province", 5: "province", 6: "country", 7: "country" },
  },
  regency: "adm_2",
  province: "adm_1",
  killed: "best",
  title: "where_coordinates",
  facts: "dyad_name",
  issue: { column: "type_of_violence", values: { 1: "103", 2: "405", 3: "103" } },
  form: { value: "F6" },
});
const path = outside("data/events/ucdp_ged_indonesia_1989_2019.csv");

let made: TestDatabase;
beforeAll(async () => {
  if (hasOutside) made = await openTestDatabase("postgres");
});
afterAll(() => made?.remove());

test.skipIf(!hasOutside)(
  "every event of another system is accounted for: taken, left aside or waiting, its precision kept",
  async () => {
    const load = importer(made.database);
    await load("boundaries", "ngawi.geojson", { path: outside("data/boundaries/desa_35.21_ngawi.geojson") });
    const { report, isRejected } = await load("incidents", "ucdp.csv", { path }, { mapping });
    expect(report.rows.filter(({ code }) => !code.startsWith("place_") && code !== "point_near")).toEqual([]);
    expect(isRejected).toBe(false);
    expect(report.accepted + report.notLoaded + report.queued + report.unchanged).toBe(1734);
    expect(report.notLoaded).toBeGreaterThan(1000);
    const again = (await load("incidents", "ucdp.csv", { path }, { mapping })).report;
    expect(again).toMatchObject({ accepted: 0, rejected: 0, queued: report.queued, notLoaded: report.notLoaded });
  },
  120_000,
);
