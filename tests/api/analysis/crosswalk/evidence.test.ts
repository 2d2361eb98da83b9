import { describe, expect, it } from "vitest";
import { crosswalk } from "../../../../api/analysis/crosswalk/crosswalk.ts";
import { matchLists } from "../../../../api/analysis/crosswalk/matchLists.ts";
import { listOf } from "../../../fixtures/vintages.ts";

const names = ["Ambulu", "Bendosari", "Cerme", "Dukuhklopo", "Gedangan", "Ngumpul", "Plosokerep", "Rejoagung", "Temuwulan", "Watudakon"];
const many = (district: string, list: readonly string[], first = 2001): Record<string, string> =>
  Object.fromEntries(list.map((name, index) => [`${district}.${first + index}`, name]));
const renamed = (name: string): string[] => names.map((each) => (each === "Cerme" ? name : each));

describe("what is told of a village found again", () => {
  const cases: [what: string, to: string, name: string, first: number, evidence: string[], change: string][] = [
    ["its name in a recoded kecamatan", "98.01.05", "Cerme", 2001, ["same_name", "district_recoded", "same_number"], "moved"],
    ["another number there", "98.01.05", "Cerme", 2101, ["same_name", "district_recoded"], "moved"],
    ["another spelling", "98.01.05", "Tjerme", 2001, ["other_spelling", "district_recoded", "same_number"], "moved"],
    ["a slip", "98.01.05", "Cermo", 2001, ["similar_name", "district_recoded", "same_number"], "renamed"],
    ["another name", "98.01.05", "Giri Kencana", 2001, ["other_name", "district_recoded", "same_number"], "renamed"],
    ["its own kecamatan", "98.01.01", "Cerme", 2101, ["same_name", "same_district"], "moved"],
  ];
  it.each(cases)("%s", (_, to, name, first, evidence, change) => {
    const head = { "98": "Uji", "98.01": "Kab. Uji" };
    const walk = crosswalk(
      listOf({ ...head, "98.01.01": "Utara", ...many("98.01.01", names) }),
      listOf({ ...head, [to]: "Utara", ...many(to, renamed(name), first) }),
    );
    const link = walk.links.find(({ from }) => from === "98.01.01.2003")!;
    expect(link).toMatchObject({ to: `${to}.${first + 2}`, change, evidence, share: 1, shareBack: 1 });
    // By hand: one of ten villages there, the name once among ten (0.985 × 10 + 0.015), six or half for the number, 1.1 for the kind, over 0.02 for none.
    const odds = (0.1 * 9.865 * (first === 2001 ? 6 : 0.5) * 1.1) / 0.02;
    if (name === "Cerme") expect(link.confidence).toBeCloseTo(odds / (1 + odds), 7);
    else expect(link.confidence).toBeGreaterThan(0.5);
    expect(link.confidence).toBeLessThanOrEqual(odds / (1 + odds) + 1e-9);
    expect([walk.unknownBefore, walk.unknownAfter]).toEqual([[], []]);
  });

  it("one that went alone is told by its kabupaten, and one of two lost namesakes is less sure", () => {
    const before = listOf({ ...many("98.01.01", names), "98.01.02.2001": "Kisam" });
    const alone = (to: string) => crosswalk(before, listOf({ ...many("98.01.01", names), [to]: "Kisam" })).links;
    expect(alone("98.01.03.2005")).toMatchObject([{ to: "98.01.03.2005", evidence: ["same_name", "same_regency"] }]);
    expect(alone("98.02.03.2001")).toMatchObject([{ to: "98.02.03.2001", evidence: ["same_name", "other_regency", "same_number"] }]);
    const two = crosswalk(before, listOf({ ...many("98.01.01", names), "98.01.03.2005": "Kisam", "98.01.04.2006": "Kisam" }));
    const [link] = two.links;
    expect(two.links).toHaveLength(1);
    expect(link!.confidence).toBeLessThan(alone("98.01.03.2005")[0]!.confidence);
    expect(link!.confidence).toBeCloseTo(0.5, 1);
    expect(two.unknownAfter).toHaveLength(1);
  });
});

describe("lists under other codes", () => {
  const one = listOf({ "98.05.010": "Utara", ...many("98.05.010", [...names, "Entah Apa"], 2001) });
  const other = listOf({ "98.01.01": "Utara", ...many("98.01.01", [...names, "Lain Sekali"], 2001) });
  it("what is less sure than asked is open, with the kabupaten of its neighbours and candidates that nobody else is", () => {
    const { found, open } = matchLists(one, other, 0.95);
    expect(found.map(({ from, to }) => [from.slice(-4), to.slice(-4)])).toEqual(
      names.map((_, at) => [String(2001 + at), String(2001 + at)]),
    );
    expect(found[0]).toMatchObject({ evidence: ["same_name", "district_recoded", "same_number"] });
    expect(open).toMatchObject([{ code: "98.05.010.2011", regency: "98.01", candidates: [{ code: "98.01.01.2011" }] }]);
    const all = matchLists(one, other, 0.99694);
    expect([all.found.length, all.open.length]).toEqual([0, 11]);
    expect(matchLists(one, other, 0.99693).found).toHaveLength(10);
  });

  it("where no neighbour was found the kabupaten is unknown, and there is no candidate", () => {
    const { found, open } = matchLists(listOf({ "98.05.010.2001": "Xyzzy" }), listOf({ "97.01.01.2001": "Qwert" }), 0.95);
    expect([found, open]).toEqual([[], [{ code: "98.05.010.2001", regency: null, candidates: [] }]]);
  });
});
