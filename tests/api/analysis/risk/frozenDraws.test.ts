import { expect, it } from "vitest";
import { type AssessRiskInput, assessRisk } from "../../../../api/analysis/risk/risk.ts";
import { input, n, withPeople } from "./invented.ts";

const some = (of: number): Float64Array => Float64Array.from({ length: n }, (_, i) => (i % of === 0 ? Number.NaN : ((i * 7) % 10) / 10));

// As they were when this was written: who looks again at an assessment of then finds the same numbers. That they are right is for the other tests.
it.each<[string, Partial<AssessRiskInput>, number[][]]>([
  [
    "as asked",
    {},
    [
      [37.86431, 28.65644, 44.32136, 1, 8],
      [27.99359, 21.49691, 34.07645, 4, 22],
      [36.20518, 25.38033, 45.28878, 1, 11],
      [21.60878, 14.70817, 28.39094, 12, 30],
      [13.81055, 7.281605, 19.80316, 25, 36],
    ],
  ],
  [
    "another seed, fewer draws",
    { seed: 9, draws: 61 },
    [
      [37.86431, 28.56947, 45.21553, 1, 7],
      [27.99359, 21.87686, 34.76158, 2, 20],
      [36.20518, 23.06096, 41.75937, 1, 14],
      [21.60878, 13.40047, 30.07095, 13, 31],
      [13.81055, 7.986572, 22.12711, 22, 36],
    ],
  ],
  [
    "with all components, some unknown",
    { agenda: some(4), potensi: some(3), coverage: Float64Array.from({ length: n }, (_, i) => (i % 5 === 2 ? 0.3 : 1)) },
    [
      [37.86431, 27.72869, 45.41238, 2, 12],
      [24.39487, 18.72435, 29.45754, 12, 24],
      [54.13679, 44.39155, 63.04875, Number.NaN, Number.NaN],
      [41.07252, 32.51392, 48.90974, 2, 7],
      [25.8737, 19.80316, 31.16655, 11, 22],
    ],
  ],
  [
    "nobody known to live in one",
    { population: withPeople(7, Number.NaN) },
    [
      [37.86431, 28.65644, 44.32136, 1, 7],
      [27.99359, 21.49691, 34.07645, 4, 21],
      [39.62536, 29.28511, 50.7393, Number.NaN, Number.NaN],
      [21.60878, 14.70817, 28.39094, 11, 29],
      [13.81055, 7.281605, 19.80316, 24, 35],
    ],
  ],
])("the score, its interval and that of the rank come out of the same draws for good: %s", (_, more, expected) => {
  const { columns } = assessRisk(input(more));
  const told = [0, 3, 7, 14, 35].map((i) =>
    (["score", "scoreLower", "scoreUpper", "rankLower", "rankUpper"] as const).map((name) => Number(columns[name][i]!.toPrecision(7))),
  );
  expect(told).toEqual(expected);
});
