import { beforeAll, describe, expect, it } from "vitest";
import { type Gazetteer, makeGazetteer } from "../../../api/places/gazetteer.ts";
import { officialList } from "../../../api/places/officialList.ts";
import { placeOfColumns, readPlaceText } from "../../../api/places/placeText.ts";
import { resolvePlace, type VillageSpans, villagesWithin } from "../../../api/places/resolvePlace.ts";
import { calibrationError, makePlaceTexts, meantAmong, type NamedVillage } from "../../fixtures/placeTexts.ts";

const unsure = 0.8;
let villages: NamedVillage[];
let eastJava: Gazetteer;
let nation: Gazetteer;

beforeAll(async () => {
  const areas = [...(await officialList()).areas()];
  const nameOf = new Map(areas.map(({ code, name }) => [code, name]));
  villages = areas
    .filter(({ level }) => level === "village")
    .map(({ code, name }) => ({ code, name, district: nameOf.get(code.slice(0, 8)) ?? "", regency: nameOf.get(code.slice(0, 5)) ?? "" }));
  eastJava = await makeGazetteer(
    areas.filter(({ code }) => code.startsWith("35")),
    areas,
  );
  nation = await makeGazetteer(areas, areas);
});

interface Claim {
  readonly probability: number;
  readonly isRight: boolean;
}

/** Resolves 500 texts about villages of an area; what came of them. */
function resolveAll(gazetteer: Gazetteer, about: string, within: string | null, seed: number) {
  const pool = villages.filter(({ code }) => code.startsWith(about));
  const spans: VillageSpans | null = within === null ? null : [villagesWithin(gazetteer, within)];
  const meant = meantAmong(pool);
  const first: Claim[] = [];
  const each: Claim[] = [];
  const silentPicks: string[] = [];
  let knowable = 0;
  let right = 0;
  for (const asked of makePlaceTexts(pool, 500, seed)) {
    const { candidates } = resolvePlace(readPlaceText(asked.text), gazetteer, { within: spans });
    const claims = candidates.map(({ village, probability }) => ({ probability, isRight: gazetteer.codes[village] === asked.truth.code }));
    if (claims[0]) first.push(claims[0]);
    each.push(...claims.filter(({ probability }) => probability >= 0.01));
    if (meant(asked).length === 1) {
      knowable++;
      if (claims[0]?.isRight) right++;
    } else if ((candidates[0]?.probability ?? 0) >= unsure && !claims[0]?.isRight) silentPicks.push(asked.text);
  }
  return { knowable, right: right / knowable, first: calibrationError(first), each: calibrationError(each), silentPicks };
}

describe("places by text", () => {
  // Seeds 7 and 8 were looked at while the model was made; these were not.
  it.each<[string, () => Gazetteer, string, string | null, number]>([
    ["Jombang, asked within it", () => eastJava, "35.17", "35.17", 1917],
    ["East Java, loaded", () => eastJava, "35", null, 1928],
    ["the nation", () => nation, "", null, 1999],
  ])(
    "of 500 texts about %s the first is right in 95 of 100 that can be known, and probabilities hold within 5 points",
    (_, gazetteer, about, within, seed) => {
      const result = resolveAll(gazetteer(), about, within, seed);
      expect(result.knowable).toBeGreaterThan(380);
      expect(result.right).toBeGreaterThanOrEqual(0.95);
      expect(result.first).toBeLessThan(5);
      expect(result.each).toBeLessThan(5);
      expect(result.silentPicks).toEqual([]);
    },
    60_000,
  );

  it("equals have equal probabilities and are never picked among", () => {
    const byName = new Map<string, NamedVillage[]>();
    for (const village of villages.filter(({ code }) => code.startsWith("35."))) {
      const key = village.name.toLowerCase().replace(/\W/g, "");
      byName.set(key, [...(byName.get(key) ?? []), village]);
    }
    const twice = [...byName.values()].filter((list) => list.length > 1).slice(0, 60);
    for (const list of twice) {
      const { candidates } = resolvePlace(readPlaceText(`Desa ${list[0]!.name}`), eastJava, { within: [villagesWithin(eastJava, "35")] });
      const codes = new Set(list.map(({ code }) => code));
      const equals = candidates.filter(({ village }) => codes.has(eastJava.codes[village]!));
      expect(equals.length).toBe(list.length);
      expect(new Set(equals.map(({ probability }) => probability)).size).toBe(1);
      expect(candidates[0]!.probability).toBeLessThan(unsure);
    }
  });

  it.each([
    ["Ds. Sumberagung, Kec. Megaluh", "35.17.12"],
    ["Megaluh - Sumberagung, Jombang", "35.17.12"],
    ["SOEMBERAGOENG, KETJ. MEGALOEH, KAB. DJOMBANG", "35.17.12"],
    ["sumber agung megaluh", "35.17.12"],
    ["Dusun Ngepeh RT 03/RW 02 Desa Sumberagung Kecamatan Megaluh Kabupaten Jombang Jatim", "35.17.12"],
    ["Sbr. Agung (Kec. Megaluh)", "35.17.12"],
    ["Kec. Megaluh, Ds. Sumberagumg", "35.17.12"],
  ])("%s is Sumberagung in Megaluh", (text, district) => {
    const { candidates } = resolvePlace(readPlaceText(text), nation, { within: null });
    const found = villages.find(({ code }) => code === nation.codes[candidates[0]!.village]);
    expect(found).toMatchObject({ name: expect.stringMatching(/^Sumber ?agung$/i), district: "Megaluh" });
    expect(found!.code.startsWith(district) || found!.district === "Megaluh").toBe(true);
    expect(candidates[0]!.probability).toBeGreaterThan(0.8);
  });

  it("where only the kecamatan is named, its villages share equally", () => {
    const { candidates } = resolvePlace(readPlaceText("Kec. Megaluh"), eastJava, { within: [villagesWithin(eastJava, "35.17")] });
    const inside = villages.filter(({ code, district }) => code.startsWith("35.17.") && district === "Megaluh");
    expect(candidates.slice(0, inside.length).map(({ village }) => eastJava.codes[village])).toEqual(inside.map(({ code }) => code));
    expect(candidates[0]!.probability).toBe(candidates[inside.length - 1]!.probability);
  });

  it("columns read as a text that tells all levels does", () => {
    const text = placeOfColumns({ village: "Ds. Sumberagung", district: "MEGALUH", regency: "Kab. Jombang", province: "" });
    const { candidates } = resolvePlace(text, nation, { within: null });
    expect(villages.find(({ code }) => code === nation.codes[candidates[0]!.village])).toMatchObject({ district: "Megaluh" });
    expect(candidates[0]!.probability).toBeGreaterThan(0.99);
  });

  it.each(["", "—", "x", "zzzzqqqq wwwwxxxx", "Ds. Xyzzyplugh, Kec. Frobozz", "1234567890 ".repeat(50), "a ".repeat(200), "\u0000\u202e"])(
    "%j names no village: nothing is sure",
    (text) => {
      const { candidates, none } = resolvePlace(readPlaceText(text), eastJava, { within: null });
      expect(candidates[0]?.probability ?? 0).toBeLessThan(unsure);
      expect(none).toBeGreaterThan(0);
    },
  );

  it("a text about elsewhere does not point to the area in question", () => {
    const { candidates, none } = resolvePlace(readPlaceText("Gampong Lamteh, Kec. Ulee Kareng, Kota Banda Aceh"), eastJava, {
      within: [villagesWithin(eastJava, "35.17")],
    });
    expect(candidates[0]?.probability ?? 0).toBeLessThan(0.1);
    expect(none).toBeGreaterThan(0.9);
  });

  it("probabilities and the rest add up to 1, likeliest first", () => {
    for (const text of ["Sukorejo", "Sumberagung Jombang", "Kec. Diwek", "Mojo"]) {
      const { candidates, none } = resolvePlace(readPlaceText(text), eastJava, { within: null });
      expect(candidates.reduce((sum, { probability }) => sum + probability, none)).toBeCloseTo(1, 9);
      for (const [index, { probability }] of candidates.entries())
        if (index > 0) expect(probability).toBeLessThanOrEqual(candidates[index - 1]!.probability);
    }
  });
});
