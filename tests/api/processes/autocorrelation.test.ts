import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPool } from "../../../api/assessments/pool.ts";
import { readJombang } from "../../fixtures/jombang.ts";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import type { TestAnswer, TestService } from "../../fixtures/service.ts";
import { readReference } from "../analysis/reference.ts";

const period = { from: "2024-01-01", to: "2025-12-31" };

describe.skipIf(!hasOutside)("the process autocorrelation on Jombang", () => {
  let service: TestService;
  let asked: Record<string, unknown>;
  const run = async (inputs: Record<string, unknown>): Promise<TestAnswer["body"]> => {
    const answer = await service.run("autocorrelation", { ...asked, ...inputs });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  };

  beforeAll(async () => {
    service = await startJombangService("postgres");
    asked = { areas: ["35.17"], period, issues: ["404"], border: false, weights: { kind: "given", edges: readJombang().edges } };
  });
  afterAll(() => service?.remove());

  test("asked for nothing else it gives EB Moran, equal to PySAL's, and says how islands were treated", async () => {
    const { summary, inputs, columns, codes } = await run({ permutations: 999 });
    expect(Math.abs(summary.moranI / 0.29650873468056765 - 1)).toBeLessThan(1e-10);
    expect(Math.abs(summary.z / 8.647022785389765 - 1)).toBeLessThan(1e-10);
    expect(summary).toMatchObject({
      statistic: "moran",
      weighting: "row_standardised",
      islandsPolicy: "left_out_of_n",
      p: 2 / 1000,
      n: 306,
      islands: [],
    });
    expect(inputs).toMatchObject({ statistic: "moran", measure: "eb", islandsPolicy: "left_out_of_n" });
    expect([columns, codes.length]).toEqual([{}, 306]);
  });

  test("Geary's C and joins equal spdep's, with permutations beside", async () => {
    const { summary } = await run({ statistic: "geary", measure: "rate", permutations: 999 });
    expect(Math.abs(summary.gearyC / 0.7501052662463026 - 1)).toBeLessThan(1e-10);
    expect(Math.abs(summary.z / -6.094259475847692 - 1)).toBeLessThan(1e-10);
    expect(summary).toMatchObject({ expected: 1, p: 2 / 1000 });
    expect(summary).not.toHaveProperty("moranI");
    const joins = (await run({ statistic: "join_count", permutations: 999 })).summary;
    expect(joins).toMatchObject({ black: 275, white: 31, weighting: "binary" });
    expect(joins.joins.blackBlack).toMatchObject({ observed: 690 });
    expect(Math.abs(joins.joins.blackBlack.z / 1.316889639999945 - 1)).toBeLessThan(1e-10);
    // 99,999 deals by the normal approximation and by permutation tell the same story.
    expect(Math.abs(joins.joins.whiteWhite.pPermutation - joins.joins.whiteWhite.pAnalytic)).toBeLessThan(0.15);
  });

  test("an island is left out of n or counted in it, as asked", async () => {
    const edges = readJombang().edges.filter(([from, to]) => from !== "35.17.01.2001" && to !== "35.17.01.2001");
    const weights = { kind: "given", edges };
    const out = (await run({ weights, permutations: 0 })).summary;
    expect(out).toMatchObject({ islands: ["35.17.01.2001"], expected: -1 / 304 });
    expect((await run({ weights, permutations: 0, islandsPolicy: "counted_in_n" })).summary.expected).toBe(-1 / 305);
  });

  test("the same seed gives the same bits whatever the number of threads", async () => {
    const { counts, population, weights } = readReference();
    const input = { counts, population, weights, measure: "eb" as const, permutations: 3000, seed: 5 };
    const parts = [0, 1024, 2048].map(
      (from) => [input, { from, permutations: Math.min(1024, 3000 - from) }] as [typeof input, { from: number; permutations: number }],
    );
    const found = [];
    for (const threads of [1, 2]) {
      const pool = openPool(threads);
      found.push(await pool.runParts("permuteAutocorrelation", parts));
      await pool.close();
    }
    expect(found[0]).toEqual(found[1]);
    const [first, again] = [await run({ permutations: 9999, seed: 5 }), await run({ permutations: 9999, seed: 5 })];
    expect(again.summary).toEqual(first.summary);
  });
});
