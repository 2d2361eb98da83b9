import { describe, expect, it } from "vitest";
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

/** Every window of a zone's events, as the definition has them. */
function windowsOf({ stepShare, longestEnd, isProspective, minimumCases }: WindowRule, events: readonly number[], expected: number) {
  const found: { ratio: number; from: number; to: number; observed: number; within: number }[] = [];
  for (let from = 0; from < stepShare.length; from++) {
    for (let to = isProspective ? stepShare.length : from + 1; to <= longestEnd[from]!; to++) {
      let [observed, share] = [0, 0];
      for (let step = from; step < to; step++) {
        observed += events[step]!;
        share += stepShare[step]!;
      }
      const within = expected * share;
      if (observed >= minimumCases && observed > within)
        found.push({ ratio: logLikelihoodRatio(observed, within, cases), from, to, observed, within });
    }
  }
  return found.sort((one, other) => other.ratio - one.ratio);
}

const rules: [string, WindowRule][] = [
  ["even steps", ruleOf(12, 1, 6)],
  ["a short first step", ruleOf(23, 4, 12)],
  ["uneven steps", { ...ruleOf(8, 1, 4), stepShare: Float64Array.of(0.05, 0.2, 0.1, 0.15, 0.1, 0.05, 0.25, 0.1) }],
  ["until the end", ruleOf(12, 1, 6, { isProspective: true })],
  ["until the end, the first step short", ruleOf(23, 4, 23, { isProspective: true })],
  ["one step", ruleOf(5, 5, 5)],
  ["at least 7 cases", ruleOf(12, 1, 6, { minimumCases: 7 })],
];

describe("the judge of windows", () => {
  it.each(rules)("never rules out a zone that holds a stronger window, and nearly all that hold none close to it: %s", (_, rule) => {
    const judge = createJudge(rule);
    const random = seededRandom(6);
    const tally = { strong: 0, weak: 0, loose: 0 };
    for (let round = 0; round < 3000; round++) {
      const expected = 2 * 75 ** random();
      const burst = Math.floor(rule.stepShare.length * random());
      const events = Array.from(rule.stepShare, (share, step) => Math.floor(expected * share * (step === burst ? 6 : 1) * 2 * random()));
      const floor = 0.2 + 6 * random();
      if (events.reduce((sum, count) => sum + count, 0) > cases) continue;
      judge.start(floor, false);
      events.forEach((count, step) => {
        judge.row[step] = count * judge.unit;
      });
      const total = events.reduce((sum, count) => sum + count, 0) * judge.unit;
      const best = windowsOf({ ...rule, minimumCases: 1 }, events, expected)[0]?.ratio ?? 0;
      const may = judge.mayContain(expected, total);
      if (best > floor) {
        tally.strong++;
        expect(may).toBe(true);
      } else if (best < 0.6 * floor - 0.3) {
        tally.weak++;
        if (may) tally.loose++;
      }
    }
    expect(tally.strong).toBeGreaterThan(300);
    expect(tally.weak).toBeGreaterThan(300);
    expect(tally.loose).toBeLessThan(0.06 * tally.weak);
  });

  it.each(rules)("finds the strongest windows of several zones, all that are equally strong: %s", (_, rule) => {
    const random = seededRandom(9);
    for (let round = 0; round < 120; round++) {
      const judge = createJudge(rule);
      judge.start(0, false);
      expect([judge.best(), judge.found()]).toEqual([0, []]);
      const all: { ratio: number; zone: number; fromStep: number; toStep: number; observed: number }[] = [];
      for (let zone = 0; zone < 4; zone++) {
        const expected = 4 + 8 * Math.floor(3 * random());
        const events = Array.from(rule.stepShare, () => Math.floor(5 * random() ** 2));
        events.forEach((count, step) => {
          judge.row[step] = count * judge.unit;
        });
        judge.look(expected, zone);
        for (const { ratio, from, to, observed } of windowsOf(rule, events, expected))
          all.push({ ratio, zone, fromStep: from, toStep: to, observed });
      }
      const best = all.reduce((most, { ratio }) => Math.max(most, ratio), 0);
      expect(judge.best()).toBeCloseTo(best, 9);
      const text = (one: { zone: number; fromStep: number; toStep: number; observed: number }): string =>
        [one.zone, one.fromStep, one.toStep, one.observed].join();
      const strongest = all.filter(({ ratio }) => ratio > best * (1 - 1e-10)).map(text);
      const found = judge.found().map(text);
      expect(found.every((one) => strongest.includes(one))).toBe(true);
      expect(found.length > 0).toBe(strongest.length > 0);
    }
  });

  it("keeps out of what is blocked", () => {
    const judge = createJudge(ruleOf(6, 1, 6));
    const events = [0, 3, 9, 1, 8, 0];
    const look = (blocking: boolean): [number, number][] => {
      judge.start(0, blocking);
      events.forEach((count, step) => {
        judge.row[step] = count * judge.unit;
      });
      judge.blocked[2] = 1;
      judge.look(6, 5);
      return judge.found().map(({ fromStep, toStep }) => [fromStep, toStep]);
    };
    expect(look(true)).toEqual([[4, 5]]);
    expect(look(false)[0]![0]).toBeLessThanOrEqual(2);
    judge.start(3, false);
    expect([judge.best(), judge.found(), judge.row.every((one) => one === 0), judge.blocked.every((one) => one === 0)]).toEqual([
      3,
      [],
      true,
      true,
    ]);
  });
});
