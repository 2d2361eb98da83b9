import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countNearRepeat } from "../../../api/analysis/nearRepeat/nearRepeat.ts";
import { openPool, type Pool } from "../../../api/assessments/pool.ts";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import { seededRandom } from "../../fixtures/random.ts";
import type { TestService } from "../../fixtures/service.ts";

const within = { areas: ["35.17"], period: { from: "2024-01-01", to: "2025-12-31" }, issues: ["404"] };

describe.skipIf(!hasOutside)("the process near-repeat", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startJombangService("embedded");
  });
  afterAll(() => service?.remove());

  test("answers with the Knox table of the bands asked for, its conditions beside it", async () => {
    const inputs = { ...within, distancesMetres: [1000, 500], days: [14, 28], simulations: 199, seed: 3 };
    const { status, body } = await service.run("near-repeat", inputs);
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
    expect(body.inputs).toMatchObject({ distancesMetres: [500, 1000], days: [14, 28], simulations: 199, alpha: 0.05, seed: 3 });
    expect(body).toMatchObject({ codes: [], columns: {}, seed: 3, warnings: [] });
    const bands = (body.summary.table as Record<string, number>[]).map((row) => [
      row.distanceFromMetres,
      row.distanceToMetres,
      row.daysFrom,
      row.daysTo,
    ]);
    expect(bands).toEqual([
      [0, 500, 0, 14],
      [0, 500, 14, 28],
      [500, 1000, 0, 14],
      [500, 1000, 14, 28],
    ]);
    for (const row of body.summary.table) {
      expect(row.ratio).toBeCloseTo(row.observed / row.expected, 12);
      expect(row.p * 200).toBeCloseTo(Math.round(row.p * 200), 9);
      expect(row.significant).toBe(row.pAdjusted <= 0.05);
      expect(row.pAdjusted).toBeCloseTo(Math.min(1, 4 * row.p), 12);
    }
    expect(body.summary).toMatchObject({ n: 1249, simulations: 199, correction: "bonferroni" });
    expect(body.summary.samePlace).toHaveLength(2);
    expect(body.summary.sameDay).toHaveLength(2);
    const again = (await service.run("near-repeat", inputs)).body;
    expect([again.summary, again.inputHash]).toEqual([body.summary, body.inputHash]);
  });

  test.each([
    ["no incidents", { period: { from: "1999-01-01", to: "2000-01-01" } }, { refusal: "no_events" }],
    ["too few simulations for so many cells", { simulations: 99 }, { refusal: "simulations_too_few", needed: 319 }],
    ["hardly any pair near enough", { distancesMetres: [1], days: [1] }, { refusal: "too_few_pairs" }],
    ["a distance below a metre", { distancesMetres: [0.5] }, { code: "invalid_input" }],
  ])("%s: refused", async (_, more, problem) => {
    const answer = await service.run("near-repeat", { ...within, ...more });
    expect(answer.body).toMatchObject(problem);
    expect(answer.status).toBe(422);
  });
});

describe("the simulations of near repeat", () => {
  const random = seededRandom(5);
  const draw = (limit: number): Float64Array => Float64Array.from({ length: 300 }, () => Math.floor(limit * random()));
  const input = { x: draw(5000), y: draw(5000), days: draw(300), distanceEdgesMetres: [250, 500], dayEdges: [7, 14], seed: 1 };
  const parts = Array.from({ length: 8 }, (_, part) => [input, 25 * part, 25 * part + 25] as [typeof input, number, number]);
  const withPool = async <T>(threads: number, work: (pool: Pool) => Promise<T>): Promise<T> => {
    const pool = openPool(threads);
    try {
      return await work(pool);
    } finally {
      await pool.close();
    }
  };

  test("are the same bits for one thread and for three", async () => {
    const [one, three] = await Promise.all([1, 3].map((threads) => withPool(threads, (pool) => pool.runParts("permuteNearRepeat", parts))));
    expect(one).toEqual(three);
    expect(await withPool(1, (pool) => pool.run("countNearRepeat", [input, 199, 0.05]))).toEqual(countNearRepeat(input, 199, 0.05));
  });

  test("end when they are called off, and say how far they are", async () => {
    const ended = new AbortController();
    const told: number[] = [];
    const work = withPool(1, (pool) =>
      pool.runParts("permuteNearRepeat", parts, {
        signal: ended.signal,
        onPart: (done) => {
          told.push(done);
          ended.abort();
        },
      }),
    );
    await expect(work).rejects.toThrow();
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(8);
  });
});
