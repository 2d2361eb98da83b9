import { describe, expect, it } from "vitest";
import { createBounds } from "../../../../api/analysis/scan/bounds.ts";
import { createJudge, type WindowRule } from "../../../../api/analysis/scan/judge.ts";
import { logLikelihoodRatio } from "../../../../api/analysis/scan/likelihood.ts";
import { stepsOf } from "../../../../api/analysis/scan/steps.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const cases = 400;

function ruleOf(days: number, stepDays: number, maxDays: number, more: Partial<WindowRule> = {}): WindowRule {
  const { startDay, longestEnd } = stepsOf(days, stepDays, maxDays);
  const stepShare = Float64Array.from(longestEnd, (_, step) => (startDay[step + 1]! - startDay[step]!) / days);
  return { cases, minimumCases: 2, isProspective: false, stepShare, longestEnd, leastExpected: 2, mostExpected: 150, ...more };
}

const rules: [string, WindowRule][] = [
  ["even steps", ruleOf(12, 1, 6)],
  ["two even steps", ruleOf(2, 1, 1)],
  ["a short first step", ruleOf(23, 4, 12)],
  ["a very short first step", ruleOf(61, 12, 24)],
  ["uneven steps", { ...ruleOf(8, 1, 4), stepShare: Float64Array.of(0.05, 0.2, 0.1, 0.15, 0.1, 0.05, 0.25, 0.1) }],
  ["a step without share", { ...ruleOf(5, 1, 3), stepShare: Float64Array.of(0.3, 0.2, 0, 0.3, 0.2) }],
  ["until the end", ruleOf(12, 1, 6, { isProspective: true })],
  ["until the end, the first step short", ruleOf(23, 4, 23, { isProspective: true })],
  ["one step", ruleOf(5, 5, 5)],
];

/** Shares of windows, the first step alone set apart; by all pairs. */
function sharesOf({ stepShare, longestEnd, isProspective }: WindowRule) {
  const count = stepShare.length;
  const isApart = !isProspective && count > 1;
  const shares = Array.from(stepShare, (_, from) => from).flatMap((from) =>
    Array.from(stepShare, (_, last) => last + 1)
      .filter((to) => to > from && to <= longestEnd[from]! && (!isProspective || to === count) && !(isApart && from === 0 && to === 1))
      .map((to) => stepShare.slice(from, to).reduce((sum, share) => sum + share, 0)),
  );
  return { least: Math.min(...shares.filter((share) => share > 0)), most: Math.max(...shares), alone: isApart ? stepShare[0]! : 0 };
}

/** By how many events a zone is beyond what its rule allows (not above 0: it may be passed over): every line over every run of steps. */
function beyond(rule: WindowRule, floor: number, events: readonly number[], expected: number): number {
  const { stepShare, longestEnd, isProspective, leastExpected, mostExpected } = rule;
  const count = stepShare.length;
  const { least, most, alone } = sharesOf(rule);
  const smallest = Math.min(least, alone || least);
  const { lineAt, linesFor } = createBounds(cases, leastExpected * smallest * (1 - 1e-9), mostExpected * most * (1 + 1e-9));
  const { intercept, slope } = linesFor(floor);
  const over = (line: number, sum: number, weight: number): number => sum - intercept[line]! - slope[line]! * weight;
  const first = lineAt(expected * least);
  const single = alone > 0 ? over(lineAt(expected * alone), events[0]!, expected * alone) : Number.NEGATIVE_INFINITY;
  const whole = over(
    first,
    events.reduce((sum, value) => sum + value, 0),
    expected * least,
  );
  let run = Number.NEGATIVE_INFINITY;
  for (let line = first; line <= lineAt(expected * most); line++) {
    for (let from = 0; from < count; from++) {
      if (isProspective && longestEnd[from] !== count) continue;
      for (let to = isProspective ? count : from + 1; to <= count; to++) {
        const sum = events.slice(from, to).reduce((all, value) => all + value, 0);
        const share = stepShare.slice(from, to).reduce((all, value) => all + value, 0);
        run = Math.max(run, over(line, sum, expected * share));
      }
    }
  }
  return Math.max(single, Math.min(whole, run));
}

describe("a zone may hold a stronger window", () => {
  it.each(rules)("exactly where some run of its steps is above some line: %s", (_, rule) => {
    const judge = createJudge(rule);
    const random = seededRandom(4);
    const count = rule.stepShare.length;
    let [yes, no] = [0, 0];
    for (let round = 0; round < 700; round++) {
      const expected = 2 * 75 ** random();
      const burst = Math.floor(count * random());
      const strength = 1 + 2 * random();
      const events = Array.from(rule.stepShare, (share, step) =>
        Math.floor(expected * share * (step === burst ? strength : 1) + 1.5 * random()),
      );
      const floor = 8 * random() ** 2;
      judge.start(floor, false);
      events.forEach((value, step) => {
        judge.row[step] = value * judge.unit;
      });
      const over = beyond(rule, floor, events, expected);
      if (Math.abs(over) < 1e-3) continue;
      expect(judge.mayContain(expected, events.reduce((sum, value) => sum + value, 0) * judge.unit)).toBe(over > 0);
      if (over > 0) yes++;
      else no++;
    }
    expect(Math.min(yes, no)).toBeGreaterThan(40);
  });
});

describe("the windows kept", () => {
  it("are all that share the highest ratio, but for rounding, and no other", () => {
    const judge = createJudge(ruleOf(6, 1, 6));
    const fill = (...events: number[]): void => judge.row.set(events.map((value) => value * judge.unit));
    const kept = (): [number, number, number][] => judge.found().map(({ zone, fromStep, toStep }) => [zone, fromStep, toStep]);
    judge.start(0, false);
    fill(0, 5, 0, 0, 5, 0);
    judge.look(6, 1);
    expect(kept()).toEqual([
      [1, 4, 5],
      [1, 1, 2],
    ]);
    judge.look(6 * (1 - 1e-12), 2);
    judge.look(6 * (1 + 1e-12), 3);
    expect(kept().map(([zone]) => zone)).toEqual([1, 1, 2, 2, 3, 3]);
    judge.look(6.01, 4);
    expect(kept().length).toBe(6);
    judge.look(5.99, 5);
    expect(kept()).toEqual([
      [5, 4, 5],
      [5, 1, 2],
    ]);
    expect(judge.best()).toBeCloseTo(logLikelihoodRatio(5, 5.99 / 6, cases), 12);
    expect(judge.found()[0]).toMatchObject({ observed: 5, ratio: judge.best() });
    expect(judge.found()[0]!.expected).toBeCloseTo(5.99 / 6, 12);
  });

  it("are above the floor, and have as many cases as asked", () => {
    const judge = createJudge(ruleOf(6, 1, 6, { minimumCases: 5 }));
    const ratio = logLikelihoodRatio(5, 1, cases);
    const look = (floor: number, most: number): number => {
      judge.start(floor, false);
      judge.row[2] = most * judge.unit;
      judge.look(6, 0);
      return judge.found().length;
    };
    expect([look(ratio - 1e-6, 5), look(ratio + 1e-6, 5), look(0, 4), look(0, 5)]).toEqual([1, 0, 0, 1]);
    const exact = createJudge(ruleOf(6, 1, 6));
    exact.start(0, false);
    exact.row[2] = 5 * exact.unit;
    exact.look(6, 0);
    const best = exact.best();
    expect([look(best, 5), judge.best()]).toEqual([0, best]);
  });
});
