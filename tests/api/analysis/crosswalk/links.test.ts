import { describe, expect, it } from "vitest";
import { crosswalksOfAllPairs } from "../../../../api/analysis/crosswalk/allPairs.ts";
import { comparedName, lettersOf, parentOf, villagesOf } from "../../../../api/analysis/crosswalk/areaList.ts";
import { crosswalk, type Link } from "../../../../api/analysis/crosswalk/crosswalk.ts";
import { namesInParts } from "../../../../api/analysis/crosswalk/nameParts.ts";
import { linksOfOverlaps } from "../../../../api/analysis/crosswalk/overlaps.ts";
import { listOf } from "../../../fixtures/vintages.ts";

const link = (from: string, to: string, more: Partial<Link> = {}): Link => ({
  from,
  to,
  change: "moved",
  confidence: 1,
  share: 1,
  shareBack: 1,
  evidence: ["same_name"],
  ...more,
});
const village = (last: number, district = "98.01.01"): string => `${district}.${last}`;
const named = (names: Readonly<Record<number, string>>, district = "98.01.01") =>
  listOf(Object.fromEntries(Object.entries(names).map(([last, name]) => [village(Number(last), district), name])));

describe("links that shapes prove", () => {
  const before = villagesOf(named({ 2001: "Panjang", 2002: "Pendek", 2003: "Bundar" }));
  const after = villagesOf(named({ 2001: "Panjang", 2002: "Lebar", 2003: "Bundar", 2004: "Pendek" }));
  const over = (from: number, to: number, shareOfFrom: number, shareOfTo: number) => ({
    from: village(from),
    to: village(to),
    shareOfFrom,
    shareOfTo,
  });
  it.each<[string, ReturnType<typeof over>[], Partial<Link>[]]>([
    ["the same code, name and ground: nothing to tell", [over(2001, 2001, 0.95, 0.95)], []],
    ["less than half of it found again: nothing is proven", [over(2001, 2002, 0.49, 1)], []],
    [
      "half of it found again",
      [over(2001, 2002, 0.5, 1)],
      [{ to: village(2002), change: "renamed", confidence: 0.95, share: 1, shareBack: 1, evidence: ["overlap", "other_name"] }],
    ],
    [
      "another code under its own name",
      [over(2002, 2004, 1, 1)],
      [{ to: village(2004), change: "moved", confidence: 0.995, share: 1, shareBack: 1, evidence: ["overlap", "same_name"] }],
    ],
    [
      "its own code under another name",
      [over(2002, 2002, 0.98, 0.9)],
      [
        {
          to: village(2002),
          change: "renamed",
          confidence: 0.95,
          share: 1,
          shareBack: 1,
          evidence: ["overlap", "same_code", "other_name"],
        },
      ],
    ],
    [
      "a border drawn otherwise is no piece",
      [over(2001, 2002, 0.9, 0.9), over(2001, 2003, 0.099, 0.099)],
      [{ to: village(2002), change: "renamed", share: 1, shareBack: 1 }],
    ],
    [
      "a tenth is",
      [over(2001, 2002, 0.8, 1), over(2001, 2003, 0.1, 0.05)],
      [
        { to: village(2002), change: "split", share: 0.8 / 0.9, shareBack: 1 },
        { to: village(2003), change: "split", share: 0.1 / 0.9, shareBack: 0 },
      ],
    ],
    [
      "two that became one, in shares of its ground",
      [over(2001, 2002, 0.98, 0.6), over(2002, 2002, 0.97, 0.3)],
      [
        { from: village(2001), change: "merged", share: 1, shareBack: 0.6 / 0.9 },
        { from: village(2002), change: "merged", share: 1, shareBack: 0.3 / 0.9, evidence: ["overlap", "same_code", "other_name"] },
      ],
    ],
    ["codes that no list has", [over(2009, 2001, 1, 1), over(2001, 2009, 1, 1)], []],
  ])("%s", (_, overlaps, expected) => {
    const { links, from, to } = linksOfOverlaps(before, after, overlaps);
    expect(links).toHaveLength(expected.length);
    links.forEach((each, at) => {
      const { share, shareBack, ...rest } = expected[at]!;
      expect(each).toMatchObject(rest);
      expect([each.share, each.shareBack].map((value) => value.toFixed(9))).toEqual([share!.toFixed(9), shareBack!.toFixed(9)]);
    });
    expect([[...from], [...to]]).toEqual([[...new Set(links.map((each) => each.from))], [...new Set(links.map((each) => each.to))]]);
  });
});

describe("names in parts", () => {
  const told = (
    before: Record<number, string>,
    after: Record<number, string>,
    leftPlaces: number[],
    leftFinds: number[],
    links: Link[] = [],
    district = "98.01.01",
  ) =>
    namesInParts(villagesOf(named(before)), villagesOf(named(after, district)), links, leftPlaces, leftFinds).map(
      ({ from, to, change, share, shareBack, confidence }) => [from.slice(-4), to.slice(-4), change, share, shareBack, confidence],
    );
  it.each<[string, unknown[], unknown[]]>([
    [
      "a part of one that stays",
      told({ 2001: "Panti" }, { 2001: "Panti", 2002: "Panti Utara" }, [], [1]),
      [["2001", "2002", "split", 0, 1, 0.5]],
    ],
    [
      "parts of one that is gone",
      told({ 2001: "Panti" }, { 2011: "Panti I", 2012: "Panti II", 2013: "Panti 3" }, [0], [0, 1, 2]),
      [
        ["2001", "2011", "split", 1 / 3, 1, 0.5],
        ["2001", "2012", "split", 1 / 3, 1, 0.5],
        ["2001", "2013", "split", 1 / 3, 1, 0.5],
      ],
    ],
    [
      "a part that went back to the whole",
      told({ 2001: "Panti Utara" }, { 2011: "Panti" }, [0], [0]),
      [["2001", "2011", "merged", 1, 0, 0.5]],
    ],
    [
      "the same where its kecamatan has another code by now",
      told(
        { 2001: "Panti Utara", 2002: "Cerme" },
        { 2011: "Panti", 2012: "Cerme" },
        [0],
        [0],
        [link(village(2002), village(2012, "98.01.07"), { confidence: 0.51 })],
        "98.01.07",
      ),
      [["2001", "2011", "merged", 1, 0, 0.5]],
    ],
    [
      "but not on a link that is no surer than a half",
      told(
        { 2001: "Panti Utara", 2002: "Cerme" },
        { 2011: "Panti", 2012: "Cerme" },
        [0],
        [0],
        [link(village(2002), village(2012, "98.01.07"), { confidence: 0.5 })],
        "98.01.07",
      ),
      [],
    ],
    ["a stem of two letters", told({ 2001: "Pa" }, { 2001: "Pa", 2002: "Pa Utara" }, [], [1]), []],
    ["a stem of three", told({ 2001: "Pan" }, { 2001: "Pan", 2002: "Pan-Utara" }, [], [1]), [["2001", "2002", "split", 0, 1, 0.5]]],
    ["a last word that tells no part", told({ 2001: "Panti" }, { 2001: "Panti", 2002: "Panti Asuhan" }, [], [1]), []],
    ["a part word alone", told({ 2001: "Utara" }, { 2001: "Utara", 2002: "Utara" }, [], [1]), []],
    ["two wholes of one name", told({ 2001: "Panti", 2002: "Panti" }, { 2001: "Panti", 2002: "Panti", 2003: "Panti Utara" }, [], [2]), []],
    ["no whole at all", told({ 2001: "Cerme Utara" }, { 2011: "Panti" }, [0], [0]), []],
  ])("%s", (_, found, expected) => expect(found).toEqual(expected));
});

describe("names under one code", () => {
  const under = (before: string, after: string): Link | undefined => crosswalk(named({ 2001: before }), named({ 2001: after })).links[0];
  it.each([
    // Odds by hand: 50 × (0.9 e^−nats × 84,000 + 0.1).
    ["another spelling", "Labuhan Djati", "Labuhan Jati", 50 * (0.9 * Math.exp(-1) * 84_000 + 0.1), "other_spelling"],
    ["a slip of 5.7 nats", "Sumbermulyo", "Sumbermulya", 50 * (0.9 * Math.exp(-5.7) * 84_000 + 0.1), "similar_name"],
    ["quite another name", "Pardamean", "Lawe Perbunga", 5, "other_name"],
  ])("%s: the odds of a code that is kept", (_, before, after, odds, evidence) => {
    const found = under(before, after)!;
    expect(found).toMatchObject({ change: "renamed", share: 1, shareBack: 1, evidence: ["same_code", evidence] });
    expect((1 - found.confidence) * (1 + odds)).toBeCloseTo(1, 5);
  });

  it("three that passed their names on in a ring moved, at nine in ten; a chain that does not close renamed", () => {
    const ring = crosswalk(
      named({ 2001: "Ambulu", 2002: "Badas", 2003: "Cerme" }),
      named({ 2001: "Cerme", 2002: "Ambulu", 2003: "Badas" }),
    );
    expect(ring.links.map(({ from, to, change, confidence }) => [from.slice(-1), to.slice(-1), change, confidence])).toEqual([
      ["1", "2", "moved", 0.9],
      ["2", "3", "moved", 0.9],
      ["3", "1", "moved", 0.9],
    ]);
    expect(ring.links[0]!.evidence).toEqual(["same_name", "same_regency"]);
    const chain = crosswalk(
      named({ 2001: "Ambulu", 2002: "Badas", 2003: "Cerme" }),
      named({ 2001: "Zzyx", 2002: "Ambulu", 2003: "Badas" }),
    );
    expect(chain.links.map(({ from, to, change }) => [from === to, change])).toEqual(new Array(3).fill([true, "renamed"]));
    const twice = crosswalk(
      named({ 2001: "Ambulu", 2002: "Badas", 2003: "Cerme" }),
      named({ 2001: "Badas", 2002: "Ambulu", 2003: "Ambulu" }),
    );
    expect(twice.links.every(({ from, to }) => from === to)).toBe(true);
  });

  it("names are exchanged within a kabupaten, not across", () => {
    const across = (one: string, other: string) => listOf({ "98.01.01.2001": one, "98.02.01.2001": other });
    const { links } = crosswalk(across("Gayaman", "Kenanten"), across("Kenanten", "Gayaman"));
    expect(links.map(({ from, to, change }) => [from === to, change])).toEqual(new Array(2).fill([true, "renamed"]));
  });
});

describe("lists of areas", () => {
  it.each([
    ["Desa Adat Yokiwa", "Yokiwa"],
    ["  KAMPUNG  ADAT Sereh", "Sereh"],
    ["Kampung Baru", "Kampung Baru"],
  ])("%s is compared as %s", (name, expected) => expect(comparedName(name)).toBe(expected));

  it("a parent is the code before the last point, letters are what is left of a name, villages have four parts", () => {
    expect(["35.17.01.2001", "35.17", "35"].map(parentOf)).toEqual(["35.17.01", "35", ""]);
    expect(lettersOf("Ba'u  II.")).toBe("bauii");
    const list = listOf({ "98": "Uji", "98.01.01": "Utara", "98.01.01.2001": "Ambulu" });
    const villages = villagesOf(list);
    expect([villages.codes, villages.names, [...villages.indexOf], [...villages.parentNames]]).toEqual([
      ["98.01.01.2001"],
      ["Ambulu"],
      [["98.01.01.2001", 0]],
      [
        ["98", "Uji"],
        ["98.01.01", "Utara"],
      ],
    ]);
    expect(villagesOf(list)).toBe(villages);
  });

  it("what could not be followed keeps the three nearest by name of its kabupaten or of the one that took over, both ways", () => {
    const rest = (district: string) => ({
      [`${district}.2050`]: "Plosokerep",
      [`${district}.2051`]: "Watudakon",
      [`${district}.2052`]: "Ngumpul",
    });
    const before = { year: 2018, ...listOf({ "98.01": "Lama", "98.01.01": "Utara", ...rest("98.01.01"), "98.01.01.2001": "Xyzzy" }) };
    const after = {
      year: 2022,
      ...listOf({
        "98.02": "Lama",
        "98.02.01": "Utara",
        ...rest("98.02.01"),
        "98.02.01.1091": "Qqqqq",
        "98.02.01.1092": "Xyzaa",
        "98.02.01.1093": "Xyzzt",
        "98.02.01.1094": "Wwwww",
        "98.03.01.1091": "Xyzzy Jauh",
      }),
    };
    const [pair] = crosswalksOfAllPairs([before, after]);
    const unknown = pair!.unknownBefore.find(({ code }) => code === "98.01.01.2001");
    expect(unknown!.candidates).toEqual(["98.02.01.1093", "98.02.01.1092", "98.02.01.1091"]);
    const back = pair!.unknownAfter.find(({ code }) => code === "98.02.01.1094");
    expect(pair!.unknownAfter.map(({ code }) => code)).toContain("98.03.01.1091");
    expect(back!.candidates).toEqual(["98.01.01.2001"]);
  });
});
