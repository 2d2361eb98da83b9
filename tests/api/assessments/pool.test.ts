import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool, type Pool } from "../../../api/assessments/pool.ts";

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
