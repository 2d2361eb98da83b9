import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import type { TestAnswer, TestService } from "../../fixtures/service.ts";

const asked = { areas: ["35.17"], issues: ["404"], period: { from: "2024-01-01", to: "2025-12-31" } };

describe.skipIf(!hasOutside)("incident density of Jombang", () => {
  let service: TestService;
  const run = async (inputs: Record<string, unknown> = {}): Promise<TestAnswer["body"]> => {
    const answer = await service.run("density", { ...asked, ...inputs });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  };
  const integral = ({ perKm2, cellMetres }: { perKm2: (number | null)[]; cellMetres: number }): number =>
    perKm2.reduce<number>((sum, value) => sum + (value ?? 0), 0) * (cellMetres / 1000) ** 2;

  beforeAll(async () => {
    service = await startJombangService("embedded");
  });
  afterAll(() => service?.remove());

  test.each([false, true])("adaptive %s: the grid adds up to the incidents inside, and is null outside the kabupaten", async (adaptive) => {
    const { codes, columns, summary, warnings } = await run({ adaptive });
    expect([codes, columns]).toEqual([[], {}]);
    expect(summary.incidents).toBe(1249);
    expect(summary.outside).toBeLessThan(20);
    expect(integral(summary.grid)).toBeCloseTo(1249 - summary.outside, 6);
    expect(summary.grid.perKm2.length).toBe(summary.grid.columns * summary.grid.rows);
    // The box has corners outside; the kabupaten measures about 1,110 km².
    expect(summary.grid.perKm2[0]).toBeNull();
    expect(summary.regionKm2).toBeGreaterThan(1080);
    expect(summary.regionKm2).toBeLessThan(1140);
    expect(summary).toMatchObject({ unit: "incidents per km² in the period", periodDays: 730, bandwidthRule: "normal reference, robust" });
    expect(warnings.map(({ code }: { code: string }) => code)).toContain("density_not_risk");
  });

  test("contours are polygons inside the grid that hold their share on ever more ground", async () => {
    const { summary } = await run({ bandwidthMetres: 2000, cellMetres: 250 });
    const { west, south, columns, rows, cellDegrees } = summary.grid;
    expect(summary.contours.map(({ share }: { share: number }) => share)).toEqual([0.25, 0.5, 0.75, 0.9]);
    for (const { geometry } of summary.contours) {
      expect(geometry.type).toBe("MultiPolygon");
      for (const [longitude, latitude] of geometry.coordinates.flat(2)) {
        expect(longitude).toBeGreaterThan(west - 1e-6);
        expect(longitude).toBeLessThan(west + columns * cellDegrees.east + 1e-6);
        expect(latitude).toBeGreaterThan(south - 1e-6);
        expect(latitude).toBeLessThan(south + rows * cellDegrees.north + 1e-6);
      }
    }
    // Half of the incidents lie on less than a third of the ground.
    expect(summary.contours[1].areaKm2).toBeLessThan(summary.regionKm2 / 3);
  });

  test("one kecamatan has its own region and its own incidents", async () => {
    const [whole, part] = [await run(), await run({ areas: ["35.17.09"] })];
    expect(part.summary.incidents).toBeLessThan(whole.summary.incidents / 5);
    expect(part.summary.regionKm2).toBeLessThan(whole.summary.regionKm2 / 8);
    expect(integral(part.summary.grid)).toBeCloseTo(part.summary.incidents - part.summary.outside, 6);
  });

  test("the same question gives the same bits", async () => {
    const [first, second] = [await run({ adaptive: true }), await run({ adaptive: true })];
    expect(second.summary).toEqual(first.summary);
    expect(second.inputHash).toBe(first.inputHash);
  });

  test("a kept density is worked out again from what was known then", async () => {
    const kept = await run({ areas: ["35.17.09"] });
    const { status } = await service.load(
      "incidents",
      "baru.csv",
      "village_code,occurred_from,issue,form,facts\n35.17.09.2001,2025-06-01,404,F6,Bentrok kemudian\n",
    );
    expect(status).toBe("successful");
    expect((await run({ areas: ["35.17.09"] })).summary.incidents).toBe(kept.summary.incidents + 1);
    expect((await service.call(`/api/runs/${kept.run}?replay=true`)).body).toMatchObject({ isSame: true, isSameData: true });
  });

  test.each([
    [
      "cells too small, naming the size that would do",
      { bandwidthMetres: 100, cellMetres: 20 },
      { refusal: "too_many_cells", most: 250_000 },
    ],
    ["cells too large", { bandwidthMetres: 1000, cellMetres: 600 }, { refusal: "cell_too_large", most: 500 }],
    ["no incidents", { issues: ["101"] }, { refusal: "no_events" }],
  ])("%s: refused with the reason", async (_, inputs, details) => {
    const answer = await service.run("density", { ...asked, ...inputs });
    expect(answer.body).toMatchObject({ code: "analysis_refused", ...details });
    expect(answer.body.reason_en).not.toContain("?");
  });
});
