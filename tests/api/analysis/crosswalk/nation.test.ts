import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { type CrosswalkOfPair, crosswalksOfAllPairs } from "../../../../api/analysis/crosswalk/allPairs.ts";
import { type AreaList, lettersOf } from "../../../../api/analysis/crosswalk/areaList.ts";
import { type ListMatches, matchLists } from "../../../../api/analysis/crosswalk/matchLists.ts";
import { officialList } from "../../../../api/places/officialList.ts";
import { hasOutside, outside } from "../../../fixtures/outside.ts";
import { listOf, outsideList } from "../../../fixtures/vintages.ts";

describe.skipIf(!hasOutside)("the nation's lists of 2018, 2022, 2023 and 2025", () => {
  const lists = new Map<number, AreaList & { year: number }>();
  let pairs: readonly CrosswalkOfPair[] = [];
  beforeAll(() => {
    for (const year of [2018, 2022, 2023, 2025] as const) lists.set(year, outsideList(year));
    pairs = crosswalksOfAllPairs([...lists.values()]);
  });
  const between = (from: number, to: number): CrosswalkOfPair => pairs.find((pair) => pair.fromYear === from && pair.toYear === to)!;

  it.each([
    [2018, 2022, 615],
    [2022, 2023, 4661],
    [2023, 2025, 1112],
    [2018, 2025, 6315],
  ])("%i to %i: every code that vanished, %i of villages among them, is accounted for, with a confidence", (from, to, villages) => {
    const { links, unknownBefore } = between(from, to);
    const there = new Set(lists.get(to)!.codes);
    const gone = lists.get(from)!.codes.filter((code) => !there.has(code));
    expect(gone.filter((code) => code.length === 13)).toHaveLength(villages);
    const accounted = new Set([...links.map((link) => link.from), ...unknownBefore.map(({ code }) => code)]);
    expect(gone.filter((code) => !accounted.has(code))).toEqual([]);
    expect(unknownBefore.length).toBeLessThan(0.05 * gone.length);
    const shares = new Map<string, number>();
    for (const { from: code, confidence, share } of links) {
      expect(confidence >= 0 && confidence <= 1).toBe(true);
      if (share > 0) shares.set(code, (shares.get(code) ?? 0) + share);
    }
    expect([...shares].filter(([, sum]) => Math.abs(sum - 1) > 1e-9)).toEqual([]);
  });

  it("a village that kept code and name goes there and back without a link, and one that moved comes back to itself", () => {
    const { links } = between(2018, 2025);
    const later = new Map(lists.get(2025)!.codes.map((code, index) => [code, lists.get(2025)!.names[index]!]));
    const earlier = lists.get(2018)!;
    const kept = new Set(
      earlier.codes.filter((code, index) => code.length === 13 && lettersOf(later.get(code) ?? "") === lettersOf(earlier.names[index]!)),
    );
    expect(kept.size).toBeGreaterThan(74_000);
    expect(links.filter(({ from, to, share }) => share > 0 && (kept.has(from) || kept.has(to)))).toEqual([]);
    const oneToOne = links.filter(({ from, share }) => from.length === 13 && share === 1);
    const backTo = new Map<string, string[]>();
    for (const { from, to, share, shareBack } of oneToOne)
      if (shareBack === 1 && share === 1) backTo.set(to, [...(backTo.get(to) ?? []), from]);
    expect([...backTo].filter(([, origins]) => origins.length !== 1)).toEqual([]);
  });

  it.each([
    ["35.16.11.2015", "35.16.18.2013", "Gayaman"],
    ["35.16.18.2007", "35.16.11.2017", "Kenanten"],
    ["91.02", "95.01", "Jayawijaya"],
    ["91.01.02.2013", "93.01.02.2010", "Efkab Makmur, now Afkab Makmur in Papua Selatan"],
  ])("%s of 2018 reads as %s in 2025: %s", (from, to) => {
    expect(between(2018, 2025).links.filter((link) => link.from === from)).toMatchObject([{ to, share: 1 }]);
  });

  it("the old province is split among four, in shares that add up to 1", () => {
    const heirs = between(2018, 2025).links.filter(({ from }) => from === "91");
    expect(heirs.map(({ to }) => to)).toEqual(["91", "93", "94", "95"]);
    expect(heirs.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

describe.skipIf(!hasOutside)("the census of 2010 by BPS code and name", () => {
  const ownMatch = new Map<string, string>();
  let rows = 0;
  let matches: ListMatches = { found: [], open: [] };
  beforeAll(async () => {
    const names: Record<string, string> = {};
    const lines = gunzipSync(readFileSync(outside("data/indicators/penduduk_2010_desa_bps.csv.gz")))
      .toString()
      .trim()
      .split(/\r?\n/);
    for (const line of lines.slice(1)) {
      const cells = line.split(",");
      const [province, provinceName, regency, regencyName, district, districtName, village, name] = cells as string[];
      const codes = [
        province,
        `${province}.${regency}`,
        `${province}.${regency}.${district}`,
        `${province}.${regency}.${district}.${village}`,
      ];
      for (const [index, text] of [provinceName, regencyName, districtName, name].entries()) names[codes[index]!] ??= text!;
      ownMatch.set(codes[3]!, cells.at(-2)!);
      rows++;
    }
    matches = matchLists(
      listOf(names),
      listOf(Object.fromEntries([...(await officialList()).areas()].map(({ code, name }) => [code, name]))),
      0.95,
    );
  });

  it("matches at least 82.5% of the rows without a person, each code once; of the rest nearly all have candidates", () => {
    expect(matches.found.length / rows).toBeGreaterThan(0.825);
    expect(matches.found.length / rows).toBeGreaterThan(0.95);
    expect(new Set(matches.found.map(({ to }) => to)).size).toBe(matches.found.length);
    expect(new Set(matches.found.map(({ from }) => from)).size).toBe(matches.found.length);
    const without = matches.open.filter(({ candidates }) => candidates.length === 0);
    expect(without.length / matches.open.length).toBeLessThan(0.1);
  });

  // Where the two differ, the other match took a namesake of the old kabupaten: Bogor's city for its kabupaten, villages of kabupaten founded since.
  it("agrees with another match by names for 99.6% of the rows that both have", () => {
    const both = matches.found.filter(({ from }) => ownMatch.get(from));
    const same = both.filter(({ from, to }) => ownMatch.get(from) === to);
    expect(both.length).toBeGreaterThan(60_000);
    expect(same.length / both.length).toBeGreaterThan(0.996);
  });
});
