import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJombang } from "../../fixtures/jombang.ts";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import type { TestAnswer, TestService } from "../../fixtures/service.ts";
import { json } from "../analysis/reference.ts";

const asked = { areas: ["35.17"], period: { from: "2024-01-01", to: "2025-12-31" }, issues: ["404"], border: false };

describe.skipIf(!hasOutside)("the process rates on Jombang", () => {
  let service: TestService;
  const run = async (inputs: Record<string, unknown>): Promise<TestAnswer["body"]> => {
    const answer = await service.run("rates", { ...asked, ...inputs });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  };

  beforeAll(async () => {
    service = await startJombangService("postgres");
  });
  afterAll(() => service?.remove());

  test("the standardised ratio is GeoDa's excess risk, in the unit of nothing", async () => {
    const jombang = readJombang();
    const { excessRisk } = json<{ excessRisk: number[] }>("jombang_geoda");
    const { codes, columns } = await run({ per: 1, smoothing: "none" });
    const at = jombang.codes.map((code) => codes.indexOf(code));
    at.forEach((index, i) => {
      expect(Math.abs(columns.ratio[index] - excessRisk[i]!)).toBeLessThanOrEqual(1e-10 * excessRisk[i]! + 1e-12);
      expect(columns.ratioLower[index]).toBeLessThanOrEqual(columns.ratio[index]);
      expect(columns.ratioUpper[index]).toBeGreaterThan(columns.ratio[index]);
    });
    expect(columns.expected.reduce((sum: number, value: number) => sum + value, 0)).toBeCloseTo(1249, 8);
    const annual = (await run({ per: 10_000, annual: true, smoothing: "none" })).columns;
    expect(annual.ratio).toEqual(columns.ratio);
    expect(annual.shrinkage.every((each: number) => each === 0)).toBe(true);
  });

  test("local smoothing names its variant and shows how far each rate was moved", async () => {
    const { columns, summary } = await run({});
    expect(summary.variant).toBe("neighbourhood includes the area (geoda=TRUE)");
    for (const each of columns.shrinkage) expect(each === null || (each >= 0 && each <= 1)).toBe(true);
    expect(columns.shrinkage.map((each: number | null) => each === null)).toEqual(
      columns.smoothed.map((each: number | null) => each === null),
    );
    expect((await run({ smoothing: "gamma" })).summary.variant).toBeUndefined();
  });

  test("above village level neighbours by distance are those of the kecamatan", async () => {
    const { codes, columns } = await run({ level: "district", weights: { kind: "knn", k: 4 } });
    expect(codes.length).toBe(21);
    for (const each of columns.smoothed) expect(each).toBeGreaterThan(0);
  });
});
