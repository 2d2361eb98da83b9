import { describe, expect, it } from "vitest";
import { crosswalksOfAllPairs } from "../../../../api/analysis/crosswalk/allPairs.ts";
import { crosswalk } from "../../../../api/analysis/crosswalk/crosswalk.ts";
import { matchLists } from "../../../../api/analysis/crosswalk/matchLists.ts";
import { listOf } from "../../../fixtures/vintages.ts";

const head = { "98": "Uji", "98.01": "KAB. UJI", "98.01.01": "Utara", "98.01.02": "Selatan" };
const told = (walk: ReturnType<typeof crosswalk>) => walk.links.map(({ from, to, change, share }) => [from, to, change, share]);

/** Ten villages of one kecamatan, so that one more or less does not carry the vote. */
const many = (district: string, names: readonly string[], first = 2001): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [`${district}.${first + index}`, name]));
const northern = ["Ambulu", "Bendosari", "Cerme", "Dukuhklopo", "Gedangan", "Ngumpul", "Plosokerep", "Rejoagung", "Temuwulan", "Watudakon"];
const southern = ["Badas", "Curahmalang", "Denanyar", "Gambiran", "Janti", "Kauman", "Mancar", "Ngrandu", "Pucangro", "Tunggorono"];

describe("a crosswalk", () => {
  it("has no link for what keeps code and name, whatever the capitals, spaces and points", () => {
    const walk = crosswalk(listOf({ ...head, "98.01.01.2001": "SUMBER  AGUNG." }), listOf({ ...head, "98.01.01.2001": "Sumberagung" }));
    expect(walk).toEqual({ links: [], unknownBefore: [], unknownAfter: [] });
  });

  it.each([
    ["another spelling", "Labuhan Djati", "Labuhan Jati", "other_spelling", 0.99],
    ["a slip", "Tuepin Tinggi", "Teupin Tinggi", "similar_name", 0.9],
    ["quite another name", "Pardamean", "Lawe Perbunga", "other_name", 0.7],
  ])("calls %s under the same code renamed, the surer the liker", (_, before, after, evidence, least) => {
    const [link] = crosswalk(listOf({ ...head, "98.01.01.2001": before }), listOf({ ...head, "98.01.01.2001": after })).links;
    expect(link).toMatchObject({ change: "renamed", share: 1, shareBack: 1, evidence: ["same_code", evidence] });
    expect(link!.confidence).toBeGreaterThan(least);
  });

  it("follows the name where two exchanged their codes, for codes are no keys over time", () => {
    const walk = crosswalk(
      listOf({ ...head, "98.01.01.2001": "Gayaman", "98.01.02.2001": "Kenanten" }),
      listOf({ ...head, "98.01.01.2001": "Kenanten", "98.01.02.2001": "Gayaman" }),
    );
    expect(told(walk)).toEqual([
      ["98.01.01.2001", "98.01.02.2001", "moved", 1],
      ["98.01.02.2001", "98.01.01.2001", "moved", 1],
    ]);
  });

  it("sees a whole kecamatan recoded, its villages numbered anew, and one among them under another name", () => {
    const renamed = northern.map((name) => (name === "Cerme" ? "Giri Kencana" : name));
    const before = listOf({ ...head, ...many("98.01.01", northern), ...many("98.01.02", southern) });
    const after = listOf({
      "98": "Uji",
      "98.01": "KAB. UJI",
      "98.01.05": "Utara",
      "98.01.02": "Selatan",
      ...many("98.01.05", renamed),
      ...many("98.01.02", southern),
    });
    const walk = crosswalk(before, after);
    expect(walk.links).toHaveLength(10);
    expect(walk.links.every(({ from, to }) => to === from.replace("98.01.01", "98.01.05"))).toBe(true);
    const cerme = walk.links.find(({ from }) => from === "98.01.01.2003")!;
    expect(cerme).toMatchObject({
      change: "renamed",
      evidence: expect.arrayContaining(["other_name", "district_recoded", "same_number"]),
    });
    expect(cerme.confidence).toBeLessThan(0.95);
  });

  it("sends a name that repeats to where its neighbours went", () => {
    const [one, other] = [
      [...northern, "Sukamaju"],
      [...southern, "Sukamaju"],
    ];
    const before = listOf({ ...head, ...many("98.01.01", one), ...many("98.01.02", other) });
    const after = listOf({
      "98": "Uji",
      "98.02": "KAB. BARU",
      "98.02.07": "Utara",
      "98.02.08": "Selatan",
      ...many("98.02.08", one),
      ...many("98.02.07", other),
    });
    const goes = new Map(crosswalk(before, after).links.map(({ from, to }) => [from, to]));
    expect(goes.get("98.01.01.2011")).toBe("98.02.08.2011");
    expect(goes.get("98.01.02.2011")).toBe("98.02.07.2011");
  });

  it("shares a vanished whole out over its new parts, lets vanished parts merge, and takes nothing from a whole that stays", () => {
    const before = listOf({
      ...head,
      "98.01.01.2001": "Panti",
      "98.01.01.2002": "Kauman Wetan",
      "98.01.01.2003": "Kauman",
      "98.01.01.2004": "Simpang",
    });
    const after = listOf({
      ...head,
      "98.01.01.2011": "Panti Utara",
      "98.01.01.2012": "Panti Selatan",
      "98.01.01.2003": "Kauman",
      "98.01.01.2004": "Simpang",
      "98.01.01.2005": "Simpang Timur",
    });
    expect(told(crosswalk(before, after))).toEqual([
      ["98.01.01.2001", "98.01.01.2011", "split", 0.5],
      ["98.01.01.2001", "98.01.01.2012", "split", 0.5],
      ["98.01.01.2002", "98.01.01.2003", "merged", 1],
      ["98.01.01.2004", "98.01.01.2005", "split", 0],
    ]);
  });

  it("lists what cannot be told on either side", () => {
    const walk = crosswalk(listOf({ ...head, "98.01.01.2001": "Tenggelam" }), listOf({ ...head, "98.01.02.2001": "Muncul Entah" }));
    expect(walk).toEqual({ links: [], unknownBefore: ["98.01.01.2001"], unknownAfter: ["98.01.02.2001"] });
  });

  it("believes shapes before names, and takes shares from them that add up to 1", () => {
    const before = listOf({ ...head, "98.01.01.2001": "Panjang", "98.01.01.2002": "Pendek" });
    const after = listOf({ ...head, "98.01.01.2001": "Panjang", "98.01.01.2003": "Asing" });
    const walk = crosswalk(before, after, [
      { from: "98.01.01.2001", to: "98.01.01.2001", shareOfFrom: 0.7, shareOfTo: 0.95 },
      { from: "98.01.01.2001", to: "98.01.01.2003", shareOfFrom: 0.28, shareOfTo: 0.3 },
      { from: "98.01.01.2002", to: "98.01.01.2003", shareOfFrom: 0.97, shareOfTo: 0.6 },
      { from: "98.01.01.2002", to: "98.01.01.2001", shareOfFrom: 0.03, shareOfTo: 0.05 },
    ]);
    const shares = walk.links.map(({ from, to, change, share }) => [from, to, change, Number(share.toFixed(4))]);
    expect(shares).toEqual([
      ["98.01.01.2001", "98.01.01.2001", "split", 0.7143],
      ["98.01.01.2001", "98.01.01.2003", "split", 0.2857],
      ["98.01.01.2002", "98.01.01.2003", "merged", 1],
    ]);
  });

  it("is the same backwards in time: the pairs of one are the pairs of the other", () => {
    const before = listOf({ ...head, ...many("98.01.01", northern), ...many("98.01.02", southern) });
    const after = listOf({ ...head, ...many("98.01.02", northern, 2101), ...many("98.01.01", southern, 2101) });
    const pairs = (walk: ReturnType<typeof crosswalk>, isBack: boolean) =>
      walk.links.map(({ from, to }) => (isBack ? `${to} ${from}` : `${from} ${to}`)).sort();
    expect(pairs(crosswalk(after, before), true)).toEqual(pairs(crosswalk(before, after), false));
  });
});

describe("crosswalks over several lists", () => {
  const [first, second, third] = [
    { year: 2018, ...listOf({ ...head, ...many("98.01.01", northern), "98.01.02.2001": "Kisam", "98.01.02.2002": "Lenyap Dulu" }) },
    { year: 2022, ...listOf({ ...head, ...many("98.01.02", northern, 2101), "98.01.02.2001": "Kuta Buluh" }) },
    { year: 2025, ...listOf({ ...head, ...many("98.01.01", northern, 2201), "98.01.02.2001": "Kisam", "98.01.02.2002": "Lenyap Dulu" }) },
  ];
  const pairs = crosswalksOfAllPairs([third!, first!, second!]);
  const between = (from: number, to: number) => pairs.find(({ fromYear, toYear }) => fromYear === from && toYear === to)!;

  it("exist once for every earlier and later list", () => {
    expect(pairs.map(({ fromYear, toYear }) => [fromYear, toYear])).toEqual([
      [2018, 2022],
      [2018, 2025],
      [2022, 2025],
    ]);
  });

  it("lead over the lists between; a name that came back is unchanged, and so is a code that one list left out", () => {
    const { links, unknownBefore, unknownAfter } = between(2018, 2025);
    expect(links.find(({ from }) => from === "98.01.01.2001")).toMatchObject({ to: "98.01.01.2201", change: "moved", share: 1 });
    expect(links.filter(({ from }) => from.startsWith("98.01.02.200"))).toEqual([]);
    expect([unknownBefore, unknownAfter]).toEqual([[], []]);
  });

  it("place the levels above by their villages, in shares of their number", () => {
    const walk = between(2018, 2022);
    const upper = walk.links.filter(({ from }) => from === "98.01.01");
    expect(upper).toMatchObject([{ to: "98.01.02", share: 1, evidence: expect.arrayContaining(["by_villages"]) }]);
    expect(walk.links.some(({ from }) => from === "98.01" || from === "98")).toBe(false);
  });

  it("say nothing about provinces that one of two short lists leaves out", () => {
    const wide = {
      year: 2023,
      ...listOf({ ...head, ...many("98.01.01", northern), "97": "Lain", "97.01": "KAB. LAIN", "97.01.01": "X", "97.01.01.2001": "Y" }),
    };
    const [pair] = crosswalksOfAllPairs([first!, wide]);
    expect(pair!.unknownAfter.some(({ code }) => code.startsWith("97"))).toBe(false);
  });
});

describe("lists under other codes", () => {
  it("are matched by names, each village of either side at most once, and what is open keeps its candidates", () => {
    const bps = listOf({
      "98": "UJI",
      "98.05": "UJI",
      "98.05.010": "UTARA",
      "98.05.020": "SELATAN",
      ...many("98.05.010", [...northern.map((name) => name.toUpperCase()), "ENTAH APA"], 1001),
      ...many("98.05.020", southern, 1001),
    });
    const now = listOf({ ...head, ...many("98.01.01", northern), ...many("98.01.02", [...southern, "Lain Sekali"]) });
    const renumbered = { codes: bps.codes.map((code) => code.replace(/\.1(\d{3})$/, ".$1")), names: bps.names };
    const { found, open } = matchLists(renumbered, now, 0.95);
    expect(found).toHaveLength(20);
    expect(new Set(found.map(({ to }) => to)).size).toBe(20);
    expect(found.find(({ from }) => from === "98.05.010.003")?.to).toBe("98.01.01.2003");
    expect(open).toMatchObject([{ code: "98.05.010.011", regency: "98.01" }]);
  });
});
