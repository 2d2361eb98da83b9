import { expect, test } from "vitest";
import { createRandom, type Random } from "../../../../api/analysis/significance/random.ts";
import { type ComparedSet, estimateEffect, leftBy } from "../../../../api/analysis/visitEffect/randomisation.ts";

/** A set whose forecast, learned without visits, is the same number for all: what was seen of the visited one lies behind its visit. */
const setOf = (observed: readonly number[], village: number, expected = 1): ComparedSet => ({
  members: observed.map((_, member) => village * 10 + member),
  observed,
  beyond: observed.map((count, member) => (member === 0 ? { free: -expected, behind: count } : { free: count - expected, behind: 0 })),
});
const options = { alpha: 0.05, permutations: 999, seed: 1 };

/** The sum of a hypothetical effect for every way to say who was visited. */
function allTotals(sets: readonly ComparedSet[], effect: number): { readonly own: number; readonly totals: readonly number[] } {
  const difference = ({ beyond }: ComparedSet, visited: number): number => {
    const values = beyond.map(({ free, behind }) => (1 + effect) * free + behind);
    return values[visited]! - (values.reduce((sum, value) => sum + value, 0) - values[visited]!) / (values.length - 1);
  };
  let totals = [0];
  for (const set of sets) totals = totals.flatMap((total) => set.members.map((_, visited) => total + difference(set, visited)));
  return { own: sets.reduce((sum, set) => sum + difference(set, 0), 0), totals };
}
const fewSets = [setOf([0, 2, 1], 1), setOf([0, 1], 2), setOf([1, 3, 2], 3), setOf([0, 0, 2], 4), setOf([0, 1, 1], 5)];

test("the p-value is that of all ways to say who was visited, counted one by one", () => {
  const { own, totals } = allTotals(fewSets, 0);
  const tail = totals.filter((total) => total <= own + 1e-9).length / totals.length;
  const { p, widening } = estimateEffect(fewSets, { ...options, permutations: 40_000, seed: 3 });
  expect(widening).toBe(1);
  expect(p).toBeCloseTo(2 * tail, 2);
});

test("the interval ends where all ways to say who was visited begin to speak against an effect", () => {
  const sets = [...fewSets, setOf([1, 4, 1], 6), setOf([0, 2, 3], 7), setOf([1, 2, 5], 8)];
  const { lower, upper, effect } = estimateEffect(sets, { ...options, alpha: 0.2, permutations: 40_000 });
  const share = (candidate: number, side: 1 | -1): number => {
    const { own, totals } = allTotals(sets, candidate);
    return totals.filter((total) => side * total >= side * own - 1e-9).length / totals.length;
  };
  expect(lower).toBeLessThan(effect);
  expect(effect).toBeLessThan(upper);
  expect(share(lower - 0.03, 1)).toBeLessThan(0.1);
  expect(share(lower + 0.03, 1)).toBeGreaterThan(0.1);
  expect(share(upper + 0.03, -1)).toBeLessThan(0.1);
  expect(share(upper - 0.03, -1)).toBeGreaterThan(0.1);
});

test("the estimate is the effect that leaves the visited ones as far from their forecasts as the others", () => {
  // Visited 1, 2, 0 and 3 where 2 each were expected; compared as expected.
  const sets = [1, 2, 0, 3].map((count, village) => setOf([count, 2, 2], village, 2));
  const { effect, observed, expected } = estimateEffect(sets, options);
  expect(effect).toBeCloseTo(6 / 8 - 1, 12);
  expect(observed).toBe(6);
  expect(expected).toBeCloseTo(8, 12);
});

test("incidents of compared villages behind later visits are made up as those of the visited ones are", () => {
  // Every member has 4 without visits; visits halve them. The compared one was visited when half the days were over.
  const sets = Array.from(
    { length: 6 },
    (_, village): ComparedSet => ({
      members: [village * 10, village * 10 + 1],
      observed: [2, 3],
      beyond: [
        { free: -4, behind: 2 },
        { free: 2 - 4, behind: 1 },
      ],
    }),
  );
  expect(estimateEffect(sets, options).effect).toBeCloseTo(-0.5, 12);
});

test("the interval reaches the end where nothing argues against it", () => {
  const sets = Array.from({ length: 12 }, (_, village) => setOf([0, village % 3, (village + 1) % 3], village));
  const { effect, lower, upper, expected } = estimateEffect(sets, options);
  expect([effect, lower]).toEqual([-1, -1]);
  expect(upper).toBeLessThan(0);
  expect(expected).toBe(12);
  const rising = Array.from({ length: 12 }, (_, village) => setOf([9, 0, 1], village, 0.1));
  expect(estimateEffect(rising, options).upper).toBeNaN();
  expect(estimateEffect(rising, options).effect).toBe(9);
});

test("without one incident there is no effect to tell, and nothing significant", () => {
  const { effect, lower, upper, p } = estimateEffect([setOf([0, 0], 1), setOf([0, 0, 0], 2)], options);
  expect([effect, lower, upper, p]).toEqual([Number.NaN, Number.NaN, Number.NaN, 1]);
});

test("what no effect explains has no estimate and no interval", () => {
  const strange = [0, 1, 2].map(
    (village): ComparedSet => ({
      members: [village * 10, village * 10 + 1],
      observed: [1, 1],
      beyond: [
        { free: 3, behind: -1 },
        { free: 0, behind: 0 },
      ],
    }),
  );
  const { effect, lower, upper } = estimateEffect(strange, options);
  expect([effect, lower, upper]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test("visits whose villages lean together widen the draws", () => {
  const apart = Array.from({ length: 20 }, (_, at) => setOf([at % 2 === 0 ? 4 : 0, 2, 2], at, 2));
  const together = apart.map((set, at) => ({ ...set, members: [at % 2, ...set.members.slice(1)] }));
  expect(estimateEffect(together, options).widening).toBeGreaterThan(5 * estimateEffect(apart, options).widening);
});

test("what is left is kept between a tenth and ten times", () => {
  expect([-1, -0.95, -0.5, 0, 3, 9, 20, Number.NaN].map(leftBy)).toEqual([0.1, 0.1, 0.5, 1, 4, 10, 10, 1]);
});

function poisson(mean: number, { unit }: Random): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= unit();
  return count;
}

test.each([0, -0.5, 1])(
  "in exchangeable sets the interval holds the true effect %s in 95 of 100, and p is as rare as it says",
  (effect) => {
    const random = createRandom(77, 5);
    const runs = 300;
    let [held, significant] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const sets = Array.from({ length: 40 }, (_, village) => {
        const mean = 0.5 + 2 * random.unit();
        return setOf(
          [poisson(mean * (1 + effect), random), poisson(mean, random), poisson(mean, random), poisson(mean, random)],
          village,
          mean,
        );
      });
      const { lower, upper, p } = estimateEffect(sets, { alpha: 0.05, permutations: 199, seed: run });
      if (!(lower > effect) && !(upper < effect)) held++;
      if (p <= 0.05) significant++;
    }
    // 0.95 less three standard errors of 300 runs.
    expect(held / runs).toBeGreaterThanOrEqual(0.912);
    if (effect === 0) expect(significant / runs).toBeLessThanOrEqual(0.088);
    else expect(significant / runs).toBeGreaterThan(0.8);
  },
);
