import { describe, expect, test } from "vitest";
import {
  type ComparedIncident,
  featureNames,
  pairFeatures,
  sameIncidentProbability,
} from "../../../../api/analysis/duplicates/sameIncident.ts";
import { cosineLikeness, trigramsOf } from "../../../../api/analysis/duplicates/trigrams.ts";
import { madePairs } from "../../../../scripts/reference/madePairs.ts";

const likeness = (a: string, b: string): number => cosineLikeness(trigramsOf(a), trigramsOf(b));

describe("trigrams", () => {
  test.each<[string, string, number]>([
    ["a text with itself", "Bentrok di pasar", 1],
    ["case, signs and spaces do not count", "  bentrok,  DI pasar!", 1],
    ["nothing in common", "xyz", 0],
  ])("%s", (_, text, expected) => {
    expect(likeness("Bentrok di pasar", text)).toBeCloseTo(expected, 12);
  });

  test("by hand: 'aba' and 'abab' share ' ab' and 'aba' of three and four trigrams", () => {
    // " ab", "aba", "ba " and " ab", "aba", "bab", "ab ": 2 / (√3 · √4).
    expect(likeness("aba", "abab")).toBeCloseTo(2 / Math.sqrt(12), 12);
  });

  test("each is counted, and the length is that of the counts", () => {
    const { counts, length } = trigramsOf("aaaa");
    expect([...counts]).toEqual([
      [" aa", 1],
      ["aaa", 2],
      ["aa ", 1],
    ]);
    expect(length).toBeCloseTo(Math.sqrt(6), 12);
  });

  test("an empty text has no likeness to any", () => {
    expect(likeness("", "a")).toBeNaN();
    expect(likeness("!!", "a")).toBeNaN();
  });
});

const one = (more: Partial<ComparedIncident> = {}): ComparedIncident => ({
  villageCode: "35.17.01.2001",
  day: 100,
  issue: "404",
  form: "F6",
  text: trigramsOf("Bentrokan dua perguruan silat di dekat pasar, dua orang luka"),
  killed: Number.NaN,
  injured: 2,
  displaced: Number.NaN,
  ...more,
});
const probability = (a: ComparedIncident, b: ComparedIncident, metres: number): number => sameIncidentProbability(a, b, metres).probability;

describe("the probability that two incidents are one", () => {
  test("swapping the two changes nothing", () => {
    for (const { a, b, metres } of madePairs(3, 200)) expect(probability(a, b, metres)).toBe(probability(b, a, metres));
  });

  test("its parts add up to its logit", () => {
    for (const { a, b, metres } of madePairs(4, 200)) {
      const { probability: p, parts } = sameIncidentProbability(a, b, metres);
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(Math.log(p / (1 - p)), 6);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThan(1);
    }
  });

  test.each<[string, ComparedIncident, number]>([
    ["farther away", one(), 4000],
    ["a week later", one({ day: 107 }), 0],
    ["told otherwise", one({ text: trigramsOf("Petani menutup jalan karena pupuk langka") }), 0],
    ["of another issue", one({ issue: "301" }), 0],
    ["of another form", one({ form: "F1" }), 0],
    ["with other casualties", one({ injured: 9 }), 0],
    ["in another village", one({ villageCode: "35.17.01.2002" }), 0],
  ])("it falls for an incident %s", (_, other, metres) => {
    expect(probability(one(), other, metres)).toBeLessThan(probability(one(), one(), 0));
  });

  test("unknown casualties speak neither way", () => {
    expect(sameIncidentProbability(one({ injured: Number.NaN }), one(), 0).parts.casualties).toBeCloseTo(0, 12);
    expect(sameIncidentProbability(one({ injured: 0 }), one({ injured: 0 }), 0).parts.casualties).toBeCloseTo(0, 12);
  });

  const empty = trigramsOf("");
  test.each<[string, ComparedIncident, ComparedIncident, number, Partial<Record<(typeof featureNames)[number], number>>]>([
    ["one and itself", one(), one(), 0, {}],
    ["500 m apart", one(), one(), 500, { logDistance: Math.log(2) }],
    ["nobody knows how far apart: as 3 km", one(), one(), Number.NaN, { logDistance: Math.log(7) }],
    ["three days apart, either way", one(), one({ day: 97 }), 0, { logDays: Math.log(4) }],
    ["without a text: as 0.45", one(), one({ text: empty }), 0, { likeness: 0.45, likenessSquared: 0.2025 }],
    [
      "of another village, issue and form",
      one(),
      one({ villageCode: "x", issue: "y", form: "z" }),
      0,
      { sameVillage: 0, sameIssue: 0, sameForm: 0 },
    ],
    ["of other injured", one(), one({ injured: 5 }), 0, { casualtiesAgree: 0, casualtiesDiffer: Math.log(2) }],
    ["of one killed and the same injured", one({ killed: 1 }), one({ killed: 1 }), 0, { casualtiesAgree: 2 }],
    ["of none killed in both", one({ killed: 0 }), one({ killed: 0 }), 0, {}],
    ["of some displaced against none", one({ displaced: 0 }), one({ displaced: 1 }), 0, { casualtiesDiffer: Math.log(2) }],
    ["killed on one side only", one({ killed: 3 }), one(), 0, {}],
  ])("by hand: %s", (_, a, b, metres, expected) => {
    const found = pairFeatures(a, b, metres);
    const same = { constant: 1, sameVillage: 1, logDistance: 0, logDays: 0, likeness: 1, likenessSquared: 1, sameIssue: 1, sameForm: 1 };
    for (const [name, value] of Object.entries({ ...same, casualtiesAgree: 1, casualtiesDiffer: 0, ...expected }))
      expect(found[featureNames.indexOf(name as "constant")], name).toBeCloseTo(value, 12);
    expect(found).toHaveLength(10);
  });

  test("each part is its features at the weights that were fitted", () => {
    const { parts } = sameIncidentProbability(one({ injured: 5, killed: 1 }), one({ day: 101, killed: 1, text: empty }), 500);
    const expected = {
      prior: -0.2481,
      space: 0.5123 - 2.2858 * Math.log(2),
      time: -3.0494 * Math.log(2),
      text: 8.1863 * 0.45 - 1.3468 * 0.2025,
      issue: 0.7515,
      form: 0.2349,
      casualties: 1.6264 - 1.0914 * Math.log(2),
    };
    for (const [part, value] of Object.entries(expected)) expect(parts[part as "prior"], part).toBeCloseTo(value, 9);
  });

  test("a distance below zero is wrong use", () => {
    expect(() => probability(one(), one(), -1)).toThrow(RangeError);
  });

  describe("on made pairs it was not fitted on", () => {
    const judged = madePairs(987_654, 8000).map(({ a, b, metres, isSame }) => ({ p: probability(a, b, metres), isSame }));

    test("of those given a probability about as many in 100 are one: every tenth within 5 points and its sampling error, all together within 1.5", () => {
      let error = 0;
      for (let tenth = 0; tenth < 10; tenth++) {
        const inside = judged.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === tenth);
        const said = inside.reduce((sum, { p }) => sum + p, 0) / inside.length;
        const was = inside.filter(({ isSame }) => isSame).length / inside.length;
        error += (Math.abs(said - was) * inside.length) / judged.length;
        expect(Math.abs(said - was), `tenth ${tenth}`).toBeLessThan(0.05 + 2 * Math.sqrt((said * (1 - said)) / inside.length));
      }
      expect(error).toBeLessThan(0.015);
    });

    test("it puts a pair of one incident before a pair of two in 98 of 100 cases", () => {
      const same = judged.filter(({ isSame }) => isSame);
      const different = judged.filter(({ isSame }) => !isSame);
      let wins = 0;
      for (const s of same) for (const d of different) wins += s.p > d.p ? 1 : s.p === d.p ? 0.5 : 0;
      expect(wins / (same.length * different.length)).toBeGreaterThan(0.98);
    });
  });
});
