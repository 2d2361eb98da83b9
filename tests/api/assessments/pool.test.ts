import { afterAll, beforeAll, expect, test } from "vitest";
import { bestPlan, type FoundPlan } from "../../../api/analysis/planning/searchVisits.ts";
import { openPool, type Pool } from "../../../api/assessments/pool.ts";
import { drawnProblem } from "../../../scripts/benchmark/visitCases.ts";

let pool: Pool;
beforeAll(() => {
  pool = openPool(2);
});
afterAll(() => pool.close());

/** Two weeks are too little history: refused as soon as it is looked at. */
const refused = [[Float64Array.of(1, 2)], 1, 0.01] as [Float64Array[], number, number];

test("parts that are all refused at once end in one refusal, and the pool goes on", async () => {
  for (let round = 0; round < 10; round++)
    await expect(pool.runParts("analyseSurge", [refused, refused, refused, refused])).rejects.toThrow(/only 1 weeks are known/);
  const years = new Float64Array(120).fill(2);
  const [areas] = await pool.runParts("analyseSurge", [[[years], 1, 0.01]]);
  expect(areas?.[0]?.observed).toEqual(Float64Array.of(2));
});

test("work whose thread is ended is told as cut off, not as a fault of ours", async () => {
  const ended = openPool(1);
  const asked = ended.run("analyseSurge", [[new Float64Array(120).fill(2)], 1, 0.01]);
  const told = expect(asked).rejects.toMatchObject({ code: "calculation_ended", status: 503 });
  await ended.close();
  await told;
});

test("the same seed gives the same plan of visits with one thread and with three", async () => {
  const points = Array.from({ length: 40 }, (_, at) => [112 + (at % 8) / 50, -7.5 + Math.floor(at / 8) / 50] as const);
  const problem = drawnProblem(5, points, 24);
  const none = { priority: new Float64Array(24), keep: [], isLocked: new Uint8Array(24), seed: 9 };
  const parts = [0, 1, 2, 3].map((stream) => [{ ...none, problem, stream, iterations: 400 }] as [never]);
  const plans = [];
  for (const threads of [1, 3]) {
    const own = openPool(threads);
    plans.push(bestPlan((await own.runParts("searchVisits", parts)) as FoundPlan[]));
    await own.close();
  }
  expect(plans[0]!.routes.flat().length).toBeGreaterThan(4);
  expect(plans[1]).toEqual(plans[0]);
});
