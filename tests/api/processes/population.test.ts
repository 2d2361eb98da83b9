import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { collectionOf, square } from "../../fixtures/imports.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;

describe.each(engines)("people of a period on %s", (engine) => {
  let service: TestService;
  const rates = async (more: Record<string, unknown>) => {
    const { body } = await service.run("rates", { areas: ["99.01"], smoothing: "none", ...more });
    expect(body.codes).toEqual([1, 2, 3, 4].map(village));
    return body;
  };

  beforeAll(async () => {
    service = await startTestService(engine);
    await service.load("boundaries", "uji.geojson", collectionOf([0, 1, 2, 3].map((index) => square(index))));
    // The fourth village has none, the third only one year.
    const text = `kode;penduduk_2010;Penduduk (2020)\n${village(1)};1.000;2.000\n${village(2)};12.500;500\n${village(3)};1.234.000;\n`;
    const { status, results } = await service.load("indicators", "penduduk.csv", text, { decimal: "comma", unit: "jiwa" });
    expect([status, results.accepted], JSON.stringify(results)).toEqual(["successful", 3]);
  });
  afterAll(() => service?.remove());

  test("are those of the nearest year unless asked otherwise, and every result says which years", async () => {
    const period = { from: "2014-01-01", to: "2015-01-01" };
    const { columns, summary } = await rates({ period });
    expect(columns.population).toEqual([1000, 12500, 1234000, null]);
    expect(summary.populationYears).toEqual([{ year: 2010, villages: 3 }]);
    expect(summary).not.toHaveProperty("populationInterpolated");
    expect((await rates({ period: { from: "2018-01-01", to: "2019-01-01" } })).summary.populationYears).toEqual([
      { year: 2010, villages: 1 },
      { year: 2020, villages: 2 },
    ]);
  });

  // The middle of 2015 is its 183rd day: 182/365 of the year, so 4.9986 of the 10 years between the middles of 2010 and 2020 have passed.
  test("lie on the line between the years around the middle of the period when asked, and stay as they are beyond", async () => {
    const { columns, summary, inputs } = await rates({ period: { from: "2015-01-01", to: "2016-01-01" }, population: "interpolated" });
    expect(inputs.population).toBe("interpolated");
    expect(columns.population[0]).toBeCloseTo(1000 + 1000 * 0.49986, 1);
    expect(columns.population[1]).toBeCloseTo(12500 - 12000 * 0.49986, 1);
    expect(columns.population.slice(2)).toEqual([1234000, null]);
    expect(summary).toMatchObject({
      populationYears: [{ year: 2010, villages: 1 }],
      populationInterpolated: [{ from: 2010, to: 2020, villages: 2 }],
    });
    const beyond = await rates({ period: { from: "2024-01-01", to: "2025-01-01" }, population: "interpolated" });
    expect(beyond.columns.population).toEqual([2000, 500, 1234000, null]);
    expect(beyond.summary).toMatchObject({ populationInterpolated: [] });
  });

  test("are interpolated again as they were known then", async () => {
    const inputs = { period: { from: "2015-01-01", to: "2016-01-01" }, population: "interpolated" };
    const { run } = await rates(inputs);
    const corrected = await service.load("indicators", "koreksi.csv", `kode,penduduk_2020\n${village(1)},9000\n`);
    expect(corrected.status).toBe("successful");
    expect((await service.call(`/api/runs/${run}?replay=true`)).body).toMatchObject({ isSameData: true, isSame: true });
    expect((await rates(inputs)).columns.population[0]).toBeGreaterThan(4000);
  });

  test("are told with their year among a village's properties", async () => {
    const { body } = await service.call(`/api/collections/villages/items/${village(1)}`);
    expect(body.properties).toMatchObject({ population: 9000, population_year: 2020 });
  });

  test("another unit for the same indicator is refused, the same one in English is not", async () => {
    const text = `kode,penduduk_2021\n${village(1)},9\n`;
    const { results } = await service.load("indicators", "ribuan.csv", text, { unit: "ribu jiwa" });
    expect(results).toMatchObject({ code: "unit_differs", status: 422 });
    expect((await service.load("indicators", "x.csv", text, { unit: "people" })).status).toBe("successful");
  });
});
