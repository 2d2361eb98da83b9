import { describe, expect, it } from "vitest";
import { compose } from "../../../../api/analysis/crosswalk/compose.ts";
import type { Crosswalk, Link } from "../../../../api/analysis/crosswalk/crosswalk.ts";
import { withUpperLevels } from "../../../../api/analysis/crosswalk/upperLevels.ts";
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
const walkOf = (links: readonly Link[], unknownBefore: string[] = [], unknownAfter: string[] = []): Crosswalk => ({
  links,
  unknownBefore,
  unknownAfter,
});
const village = (last: number, district = "98.01.01"): string => `${district}.${last}`;
const named = (names: Readonly<Record<number, string>>, district = "98.01.01") =>
  listOf(Object.fromEntries(Object.entries(names).map(([last, name]) => [village(Number(last), district), name])));

describe("one way over several lists", () => {
  it("shares and confidences multiply along a way; where ways meet, shares add up and the surest way counts", () => {
    const { links, unknownBefore, unknownAfter } = compose(
      named({ 2001: "Ambulu", 2002: "Badas" }),
      named({ 2011: "Cerme", 2012: "Denanyar" }),
      named({ 2021: "Ambulu", 2022: "Gambiran" }),
      walkOf([
        link(village(2001), village(2011), { share: 0.6, confidence: 0.9, evidence: ["same_name"] }),
        link(village(2001), village(2012), { share: 0.4, shareBack: 0.5, confidence: 0.8, evidence: ["overlap"] }),
        link(village(2002), village(2012), { shareBack: 0.5, confidence: 0.95, evidence: ["same_number"] }),
      ]),
      walkOf([
        link(village(2011), village(2021), { shareBack: 0.7, confidence: 0.9, evidence: ["other_name"] }),
        link(village(2012), village(2021), { share: 0.5, shareBack: 0.3, confidence: 0.7, evidence: ["other_name"] }),
        link(village(2012), village(2022), { share: 0.5, confidence: 0.99, evidence: ["overlap"] }),
      ]),
    );
    const told = links.map(({ from, to, change, share, shareBack, confidence, evidence }) => ({
      way: `${from.slice(-1)}-${to.slice(-1)}`,
      change,
      numbers: [share, shareBack, confidence].map((value) => Number(value.toFixed(9))),
      evidence: evidence.join(),
    }));
    expect(told).toEqual([
      { way: "1-1", change: "split", numbers: [0.8, 0.85, 0.81], evidence: "same_name,other_name,several_steps" },
      { way: "1-2", change: "split", numbers: [0.2, 0.5, 0.792], evidence: "overlap,several_steps" },
      { way: "2-1", change: "split", numbers: [0.5, 0.15, 0.665], evidence: "same_number,other_name,several_steps" },
      { way: "2-2", change: "split", numbers: [0.5, 0.5, 0.9405], evidence: "same_number,overlap,several_steps" },
    ]);
    expect([unknownBefore, unknownAfter]).toEqual([[], []]);
  });

  const stepTo = (name: string, confidence: number, between = "Cerme", share = 1) =>
    compose(
      named({ 2001: "Ambulu" }),
      named({ 2011: between }),
      named({ 2021: name }),
      walkOf([link(village(2001), village(2011), { confidence, share })]),
      walkOf([link(village(2011), village(2021), { evidence: ["same_number"] })]),
    );
  it.each([
    ["moved where the name is kept in another spelling", "Amboeloe", 0.9, "moved", 0.9],
    ["renamed where it is another name", "Gambiran", 0.9, "renamed", 0.9],
    ["kept as doubtful where the direct look finds nothing surer", "Gambiran", 0.5, "renamed", 0.5],
  ])("a way is %s", (_, name, confidence, change, expected) => {
    const { links } = stepTo(name, confidence);
    expect(links).toHaveLength(1);
    expect(links[0]).toMatchObject({ to: village(2021), change });
    expect(links[0]!.confidence).toBeCloseTo(expected, 9);
  });

  it("a doubtful way gives way to a direct match that is surer, and only to one that is", () => {
    const [direct] = stepTo("Ambulu", 0.5).links;
    expect(direct).toMatchObject({ to: village(2021), change: "moved", share: 1, shareBack: 1 });
    expect(direct!.confidence).toBeGreaterThan(0.5);
    expect(direct!.evidence).not.toContain("several_steps");
    const sure = stepTo("Ambulu", 0.95).links[0]!;
    expect([sure.confidence, sure.evidence]).toEqual([0.95, ["same_name", "same_number", "several_steps"]]);
  });

  it("what ends on the way comes back under its code and name, or is looked for, or is unknown", () => {
    const first = named({ 2001: "Ambulu", 2002: "Badas", 2003: "Kisam" });
    const nothing = named({ 2011: "Cerme" });
    const lost = walkOf([], first.codes.slice(), [village(2011)]);
    const third = named({ 2001: "Ambulu", 2002: "Zzyx", 2031: "Kisam" });
    const { links, unknownBefore, unknownAfter } = compose(first, nothing, third, lost, walkOf([], [village(2011)], third.codes.slice()));
    expect(links.map(({ from, to, change, share }) => [from, to, change, share])).toEqual([[village(2003), village(2031), "moved", 1]]);
    expect([unknownBefore, unknownAfter]).toEqual([[village(2002)], []]);
  });

  it("a part of which nothing is known takes nothing: its share stays 0, and the whole stays where it is", () => {
    const first = named({ 2001: "Panti" });
    const second = named({ 2001: "Panti", 2002: "Panti Utara" });
    const { links, unknownAfter } = compose(
      first,
      second,
      second,
      walkOf([link(village(2001), village(2002), { share: 0, change: "split", confidence: 0.5, evidence: ["name_in_parts"] })]),
      walkOf([]),
    );
    expect(links).toEqual([
      link(village(2001), village(2002), { share: 0, change: "split", confidence: 0.5, evidence: ["name_in_parts"] }),
    ]);
    expect(unknownAfter).toEqual([]);
  });

  it("one who took the code of another and merged with it is told so, and one under its code and name is not told", () => {
    const first = named({ 2001: "Ambulu", 2002: "Badas" });
    const last = named({ 2001: "Ambulu" });
    const { links } = compose(
      first,
      first,
      last,
      walkOf([]),
      walkOf([link(village(2002), village(2001), { shareBack: 0.3, change: "merged", confidence: 0.95, evidence: ["overlap"] })]),
    );
    expect(links).toEqual([
      link(village(2002), village(2001), { shareBack: 0.3, change: "merged", confidence: 0.95, evidence: ["overlap"] }),
    ]);
    const renamed = compose(
      first,
      first,
      named({ 2001: "Gambiran", 2002: "Badas" }),
      walkOf([]),
      walkOf([link(village(2001), village(2001), { confidence: 0.95 })]),
    );
    expect(renamed.links).toMatchObject([{ from: village(2001), to: village(2001), change: "renamed" }]);
  });
});

describe("levels above villages", () => {
  const names = { "98": "Uji", "98.01": "Kab. Uji", "98.01.01": "Utara", "98.01.02": "Selatan" };
  const four = { [village(2001)]: "A", [village(2002)]: "B", [village(2003)]: "C", [village(2004)]: "D" };
  const two = { [village(2001, "98.01.02")]: "E", [village(2002, "98.01.02")]: "F" };
  const upper = (walk: Crosswalk) => walk.links.filter(({ from }) => from.length < 13);

  it("by hand: a kecamatan of four that gives one away is split, in shares of villages and at the mean confidence", () => {
    const moved = village(2009, "98.01.02");
    const { [village(2004)]: _, ...three } = four;
    const walk = withUpperLevels(
      listOf({ ...names, ...four, ...two }),
      listOf({ ...names, ...three, ...two, [moved]: "D" }),
      walkOf([link(village(2004), moved, { confidence: 0.8 })]),
    );
    expect(upper(walk)).toEqual([
      link("98.01.01", "98.01.01", { change: "split", share: 0.75, evidence: ["same_code", "same_name", "by_villages"] }),
      link("98.01.01", "98.01.02", {
        change: "split",
        share: 0.25,
        shareBack: 1 / 3,
        confidence: 0.8,
        evidence: ["other_name", "by_villages"],
      }),
    ]);
    expect(walk.links).toHaveLength(3);
    expect([walk.unknownBefore, walk.unknownAfter]).toEqual([[], []]);
  });

  it.each<[string, Record<string, string>, Record<string, string>, Link[]]>([
    [
      "all went into another",
      two,
      { "98.01.02": "Selatan" },
      [link("98.01.01", "98.01.02", { change: "merged", shareBack: 4 / 6, confidence: 0.9, evidence: ["other_name", "by_villages"] })],
    ],
    [
      "another took over under the same name",
      {},
      { "98.01.05": "Oetara" },
      [link("98.01.01", "98.01.05", { confidence: 0.9, evidence: ["same_name", "by_villages"] })],
    ],
    [
      "another took over under another name",
      {},
      { "98.01.05": "Baru" },
      [link("98.01.01", "98.01.05", { change: "renamed", confidence: 0.9, evidence: ["other_name", "by_villages"] })],
    ],
  ])("%s", (_, others, kecamatan, expected) => {
    const [target] = Object.keys(kecamatan) as [string];
    const before = listOf({
      "98": "Uji",
      "98.01": "Kab. Uji",
      "98.01.01": "Utara",
      ...(target === "98.01.02" ? kecamatan : {}),
      ...four,
      ...others,
    });
    const codes = Object.keys(four);
    const after = listOf({
      "98": "Uji",
      "98.01": "Kab. Uji",
      ...kecamatan,
      ...others,
      ...Object.fromEntries(codes.map((_code, at) => [`${target}.201${at}`, "x"])),
    });
    const walk = withUpperLevels(before, after, walkOf(codes.map((code, at) => link(code, `${target}.201${at}`, { confidence: 0.9 }))));
    expect(upper(walk).map((each) => ({ ...each, confidence: Number(each.confidence.toFixed(9)) }))).toEqual(expected);
  });

  it("one that keeps its code and villages under another name is renamed; one whose villages nobody found goes by its name", () => {
    const walk = withUpperLevels(
      listOf({ ...names, ...four, "98.01.03": "Timur", "98.01.04": "Barat", "98.01.06": "Tengah" }),
      listOf({ ...names, "98.01.01": "Lor", ...four, "98.01.03": "Wetan", "98.01.07": "Barat", "98.01.08": "Baru" }),
      walkOf([]),
    );
    expect(walk.links).toEqual([
      link("98.01.01", "98.01.01", { change: "renamed", evidence: ["same_code", "other_name", "by_villages"] }),
      link("98.01.03", "98.01.03", { change: "renamed", confidence: 0.9, evidence: ["same_code", "other_name"] }),
      link("98.01.04", "98.01.07", { confidence: 0.6, evidence: ["same_name"] }),
    ]);
    expect([walk.unknownBefore, walk.unknownAfter]).toEqual([["98.01.06"], ["98.01.08"]]);
  });

  it("one village of a hundred that went elsewhere is a wrong match, two of a hundred are a border that moved", () => {
    const codes = Array.from({ length: 100 }, (_, at) => village(2001 + at));
    const before = listOf({ ...names, ...Object.fromEntries(codes.map((code) => [code, "x"])) });
    const astray = (count: number) => {
      const gone = codes.slice(0, count);
      const after = listOf({
        ...names,
        ...Object.fromEntries(codes.slice(count).map((code) => [code, "x"])),
        ...Object.fromEntries(gone.map((_, at) => [village(2001 + at, "98.01.02"), "x"])),
      });
      return upper(withUpperLevels(before, after, walkOf(gone.map((code, at) => link(code, village(2001 + at, "98.01.02"))))));
    };
    expect(astray(1)).toEqual([]);
    expect(astray(2).map(({ to, share }) => [to, share])).toEqual([
      ["98.01.01", 0.98],
      ["98.01.02", 0.02],
    ]);
  });
});
