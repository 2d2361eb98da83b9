import { expect, it } from "vitest";
import { analyseHotspots, type HotspotsInput } from "../../../../api/analysis/hotspots/hotspots.ts";
import { bySignOf, judge } from "../../../../api/analysis/hotspots/judge.ts";
import { input } from "./question.ts";

// As they were when this was written: a kept run is worked out again from its seed. That they are right is for the other tests.
it.each<[string, Partial<HotspotsInput>, number[], number, number, number[]]>([
  ["Gi*", {}, [0.008, 0.004, 0.484, 0.55, 0.342, 0.426, 0.212, 0.344, 0.002, 0.086, 0.364, 0.18], 999, 1, []],
  [
    "Gi, high",
    { statistic: "gi", tail: "high" },
    [0.004, 0.002, 0.242, 0.726, 0.843, 0.213, 1, 0.172, 0.001, 0.043, 0.182, 0.917],
    999,
    1,
    [],
  ],
  [
    "Local Moran",
    { statistic: "local_moran", correction: "fdr", permutationCap: 20_000 },
    [0.008, 0.004, 0.484, 0.55, 0.342, 0.426, 0.212, 0.344, 0.001041667, 0.086, 0.364, 0.18],
    1919,
    1,
    [8],
  ],
  [
    "another seed",
    { seed: 77, measure: "eb" },
    [0.006, 0.004, 0.444, 0.518, 0.322, 0.558, 0.052, 0.376, 0.004, 0.076, 0.34, 0.18],
    999,
    0,
    [],
  ],
])("p-values of a seed stay: %s", (_, more, p, permutationsUsed, atFloor, extended) => {
  const { columns, summary } = analyseHotspots(input({ permutations: 999, ...more }));
  expect([...columns.p].slice(0, 12).map((value) => Number(value.toPrecision(7)))).toEqual(p);
  expect(summary).toMatchObject({ permutationsUsed, atFloor, extended });
});

it("without an area that can be permuted no permutation is used", () => {
  const { weights } = input();
  const nobody = { ...weights, offsets: new Int32Array(weights.n + 1), targets: new Int32Array(0), values: new Float64Array(0) };
  expect(judge({ ...input(), values: input().counts, weights: nobody })).toMatchObject({ permutationsUsed: 0, atFloor: 0, extended: [] });
});

it("counts below and above change places under the mean, all are equal at it, and what was given stays", () => {
  const given = { draws: 9, below: Int32Array.of(1, 2, 3), equal: Int32Array.of(4, 4, 4), above: Int32Array.of(4, 3, 2) };
  const kept = structuredClone(given);
  expect(bySignOf(Float64Array.of(-1, 0, 1), Int32Array.of(0, 1, 2), given as never)).toEqual({
    draws: 9,
    below: Int32Array.of(4, 0, 3),
    equal: Int32Array.of(4, 9, 4),
    above: Int32Array.of(1, 0, 2),
  });
  expect(given).toEqual(kept);
});
