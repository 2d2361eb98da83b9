import { describe, expect, it } from "vitest";
import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { exposedIn } from "../../../../api/analysis/visitEffect/exposure.ts";
import { describeAll, matchSets, standingSide } from "../../../../api/analysis/visitEffect/matchedSets.ts";
import { features, learnPrognosis } from "../../../../api/analysis/visitEffect/prognosis.ts";
import { episodesOf, isAtRisk, studyOf, type VisitEffectInput } from "../../../../api/analysis/visitEffect/study.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const villages = 60;
const places = (list: readonly (readonly [village: number, day: number])[]) => ({
  village: Int32Array.from(list, ([village]) => village),
  day: Int32Array.from(list, ([, day]) => day),
});

/** Sixty villages of uneven trouble in a line, forty visits where it was, three villages across the border. */
function madeInput(seed: number): VisitEffectInput {
  const random = seededRandom(seed);
  const rate = Array.from({ length: villages }, () => 4 * random() ** 2);
  const incidents = rate.flatMap((mean, village) =>
    Array.from({ length: Math.round(12 * mean * random()) }, () => [village, Math.floor(1000 * random())] as const),
  );
  const visits = Array.from({ length: 40 }, () => [Math.floor(villages * random()), 200 + Math.floor(700 * random())] as const);
  const next = Array.from({ length: villages - 1 }, (_, i) => i);
  return {
    villages,
    population: Float64Array.from({ length: villages }, () => 500 + Math.floor(4000 * random())),
    weights: weightsFromEdges(
      villages,
      Int32Array.from([...next, ...next.map((i) => i + 1)]),
      Int32Array.from([...next.map((i) => i + 1), ...next]),
    ),
    inside: new Uint8Array(villages).fill(1).fill(0, 57),
    incidents: places(incidents),
    visits: places(visits),
    ...{ firstDay: 0, endDay: 1000, afterDays: 90, roundDays: 7, controls: 3, alpha: 0.05, permutations: 99, simulations: 10, seed: 1 },
  };
}

describe.each([1, 2, 3])("matched sets of made history %i", (seed) => {
  const study = studyOf(madeInput(seed));
  const prognosis = learnPrognosis(study);
  const episodes = episodesOf(study);
  const { sets, unmatched } = matchSets(study, prognosis, episodes);
  const lateOf = (described: Float64Array): number => Math.sqrt(described[1]! + described[2]!);

  it("every visit is in one set, or said to have none", () => {
    expect(sets.length).toBeGreaterThan(10);
    const told = [...sets.map(({ members, day }) => `${members[0]} ${day}`), ...unmatched.map(({ village, day }) => `${village} ${day}`)];
    expect(told.sort()).toEqual(episodes.map(({ village, day }) => `${village} ${day}`).sort());
  });

  it("the compared were at risk, not visited in the round, within the calipers, and serve once in the same days", () => {
    const busy = new Map<number, number>();
    for (const { members, decidedOn, described, expected } of sets.toSorted((a, b) => a.decidedOn - b.decidedOn)) {
      const field = describeAll(study, prognosis, decidedOn);
      expect(members.length).toBeGreaterThan(1);
      expect(members.length).toBeLessThanOrEqual(1 + study.controls);
      for (const [at, other] of members.entries()) {
        expect(described[at]).toEqual(field.described[other]);
        expect(expected[at]).toBe(field.expected[other]);
        if (at === 0) continue;
        expect(isAtRisk(study, other, decidedOn)).toBe(true);
        expect(study.visitDays.count(other, decidedOn, decidedOn + 7)).toBe(0);
        const apart = field.standing[other * standingSide]! - field.standing[members[0]! * standingSide]!;
        expect(Math.abs(apart)).toBeLessThanOrEqual(0.35);
        expect(Math.abs(lateOf(described[at]!) - lateOf(described[0]!))).toBeLessThanOrEqual(0.75);
        expect(busy.get(other) ?? 0).toBeLessThanOrEqual(decidedOn);
        busy.set(other, decidedOn + 90 + 7);
      }
    }
  });

  it("a visit alone in its round gets the nearest first", () => {
    const alone = sets.filter(({ decidedOn }) => episodes.filter((one) => one.decidedOn === decidedOn).length === 1);
    const [earliest] = alone.toSorted((a, b) => a.decidedOn - b.decidedOn);
    const one = episodes.find(({ village, day }) => village === earliest!.members[0] && day === earliest!.day)!;
    const [set] = matchSets(study, prognosis, [one]).sets;
    const { standing, described } = describeAll(study, prognosis, one.decidedOn);
    const away = (other: number): number =>
      Array.from(
        { length: standingSide },
        (_, c) => (standing[other * standingSide + c]! - standing[one.village * standingSide + c]!) ** 2,
      ).reduce((sum, square, c) => sum + (c === 0 ? 3 * square : square / features), 0);
    const allowed = Array.from({ length: villages }, (_, village) => village).filter(
      (other) =>
        other !== one.village &&
        isAtRisk(study, other, one.decidedOn) &&
        study.visitDays.count(other, one.decidedOn, one.decidedOn + 7) === 0 &&
        Math.abs(standing[other * standingSide]! - standing[one.village * standingSide]!) <= 0.35 &&
        Math.abs(lateOf(described[other]!) - lateOf(described[one.village]!)) <= 0.75,
    );
    expect(set!.members.slice(1)).toEqual(allowed.toSorted((a, b) => away(a) - away(b)).slice(0, 3));
  });

  it("what came after is counted from the visit on, and what of it lay behind visits", () => {
    for (const { members, day, observed, behind, exposure, beyond, described } of sets) {
      for (const [at, member] of members.entries()) {
        const exposed = exposedIn(study, member, day, day + 90);
        expect(observed[at]).toBe(study.histories.count(member, day, day + 90));
        expect(behind[at]).toBe(exposed.incidents);
        expect(exposure[at]).toBe(exposed.days / 90);
        const parts = prognosis.expectParts(described[at]!);
        expect(beyond[at]!.free).toBeCloseTo(observed[at]! - exposed.incidents - parts.free, 12);
        expect(beyond[at]!.behind).toBeCloseTo(exposed.incidents - parts.behind, 12);
      }
      expect(exposure[0]).toBe(1);
    }
  });

  it("each column of the standing has deviation 1 among villages at risk, or says nothing", () => {
    const { standing, isAtRisk: risk } = describeAll(study, prognosis, 500);
    let told = 0;
    for (let column = 0; column < standingSide; column++) {
      const inColumn = Array.from({ length: villages }, (_, village) => standing[village * standingSide + column]!);
      const values = inColumn.filter((_, village) => risk[village] === 1);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      if (inColumn.every((value) => value === 0)) continue;
      expect(deviation).toBeCloseTo(1, 9);
      told++;
    }
    expect(told).toBeGreaterThan(6);
  });
});

describe("what is known of a village before a day", () => {
  const study = studyOf({
    ...madeInput(1),
    visits: places([]),
    incidents: places([
      [4, 69],
      [4, 70],
      [4, 640],
      [4, 719],
      [4, 720],
      [4, 780],
      [4, 786],
      [4, 799],
      [4, 800],
      [3, 709],
      [3, 710],
      [5, 799],
      [5, 800],
    ]),
    scores: [
      { day: 600, values: new Float64Array(villages).fill(20) },
      { day: 800, values: new Float64Array(villages).fill(70) },
      { day: 801, values: new Float64Array(villages).fill(90) },
    ],
  });
  const prognosis = learnPrognosis(study);

  it("windows end before the day and do not overlap", () => {
    const at = new Float64Array(features);
    prognosis.describe(4, 800, at);
    expect([...at.subarray(1, 5)]).toEqual([2, 1, 2, 1]);
    // Its neighbours had one and one in the 90 days before.
    expect(at[6]).toBe(1);
    // The last score that was known then.
    expect(at[7]).toBeCloseTo(0.7, 12);
    // Three of late are three pairs.
    expect(at[8]).toBe(3);
    // One earlier, of the 550 days before the windows, drawn to what people make expect by 180 days.
    expect(at[5]).toBeCloseTo(((1 + (at[0]! * 180) / 90) / (550 + 180)) * 90, 12);
  });

  it("a score not yet known says one half", () => {
    const at = new Float64Array(features);
    prognosis.describe(4, 599, at);
    expect(at[7]).toBe(0.5);
  });
});
