import { describe, expect, it } from "vitest";
import { type AreaList, villagesOf } from "../../../../api/analysis/crosswalk/areaList.ts";
import { assign, type SparseScores } from "../../../../api/analysis/crosswalk/assignment.ts";
import { openCandidates } from "../../../../api/analysis/crosswalk/openCandidates.ts";
import { nameRatios, scorePairs } from "../../../../api/analysis/crosswalk/pairScores.ts";
import { type Correspondence, countVotes, type ParentVotes, VoteCount } from "../../../../api/analysis/crosswalk/parentVotes.ts";
import { surenessOf } from "../../../../api/analysis/crosswalk/sureness.ts";
import { nameKey } from "../../../../api/analysis/names/placeName.ts";
import { listOf } from "../../../fixtures/vintages.ts";

const all = (list: AreaList): number[] => [...villagesOf(list).codes.keys()];
const voices = (before: AreaList, after: AreaList): Correspondence =>
  countVotes(villagesOf(before), villagesOf(after), all(before), all(after), { keyOf: nameKey });
/** Shares as told, the rest of the kecamatan or kabupaten unknown. */
const shares = (told: Readonly<Record<string, number>>): ParentVotes => ({
  share: (_, after) => told[after] ?? 0,
  heirs: () => Object.entries(told).map(([code, share]) => ({ code, share })),
});

describe("voices of villages", () => {
  it("are shared by all that were heard and one for nobody, the most first, of equals the lower code", () => {
    const votes = new VoteCount();
    votes.add("A", "X", 1);
    votes.add("A", "Y", 3);
    votes.add("A", "X", 0.5);
    votes.add("B", "Z", 2);
    votes.add("B", "Y", 2);
    expect(votes.share("A", "X")).toBeCloseTo(1.5 / 5.5, 12);
    expect([votes.share("A", "Z"), votes.share("C", "X"), votes.heirs("C")]).toEqual([0, 0, []]);
    expect(votes.heirs("A")).toEqual([
      { code: "Y", share: 3 / 5.5 },
      { code: "X", share: 1.5 / 5.5 },
    ]);
    expect(votes.heirs("B").map(({ code }) => code)).toEqual(["Y", "Z"]);
  });

  it("by hand: namesakes share one, and a kecamatan's own name has three for each part of its kabupaten", () => {
    const { districts, regencies } = voices(
      listOf({
        "98.01.01": "Utara",
        "98.01.01.2001": "Ambulu",
        "98.01.01.2002": "Badas",
        "98.01.02": "Selatan",
        "98.01.02.2001": "Cerme",
      }),
      listOf({
        "98.02.05": "Utara",
        "98.02.05.2001": "Ambulu",
        "98.02.05.2002": "Badas",
        "98.03.06": "Timur",
        "98.03.06.2001": "Cerme",
        "98.03.06.2002": "Ambulu",
      }),
    );
    // ½ + 1 to one and ½ + 1 to the other, of 3 and one for nobody.
    expect([regencies.share("98.01", "98.02"), regencies.share("98.01", "98.03")]).toEqual([1.5 / 4, 1.5 / 4]);
    // ½ + 1 + 3 × 0.375 of ½ + ½ + 1 + 3 × 0.375 and one for nobody.
    expect(districts.share("98.01.01", "98.02.05")).toBeCloseTo(2.625 / 4.125, 12);
    expect(districts.share("98.01.01", "98.03.06")).toBeCloseTo(0.5 / 4.125, 12);
    expect(districts.heirs("98.01.02")).toEqual([{ code: "98.03.06", share: 0.5 }]);
  });

  it("a name that stands more than five times says nothing about the kabupaten, one that stands three times less about the kecamatan", () => {
    const often = (times: number) =>
      listOf(Object.fromEntries(Array.from({ length: times }, (_, at) => [`98.02.0${at + 1}.2001`, "Ambulu"])));
    const one = listOf({ "98.01.01.2001": "Ambulu" });
    expect(voices(one, often(5)).regencies.share("98.01", "98.02")).toBeCloseTo(0.5, 12);
    expect(voices(one, often(6)).regencies.share("98.01", "98.02")).toBe(0);
    // A third of a voice over one and a half, of 2/3 of a voice and one for nobody.
    expect(voices(one, often(3)).districts.share("98.01.01", "98.02.02")).toBeCloseTo(1 / 3 / 1.5 / (2 / 3 + 1), 12);
    expect(voices(one, often(2)).districts.share("98.01.01", "98.02.02")).toBeCloseTo(0.25, 12);
    expect(voices(one, often(1)).districts.share("98.01.01", "98.02.01")).toBeCloseTo(0.5, 12);
  });

  it("nameless kecamatan and one heard of in a fiftieth or less of a kabupaten's voices give each other none", () => {
    const names = Array.from({ length: 60 }, (_, at) => `Desa${String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26))}xq`);
    const before = listOf({
      ...Object.fromEntries(names.map((name, at) => [`98.01.01.${2001 + at}`, name])),
      "98.01.01": "Utara",
    });
    const after = listOf({
      ...Object.fromEntries(names.map((name, at) => [`98.0${at === 0 ? 3 : 2}.01.${2001 + at}`, name])),
      "98.02.01": "Utara",
      "98.03.01": "Utara",
    });
    const { districts, regencies } = voices(before, after);
    expect(regencies.share("98.01", "98.03")).toBeCloseTo(1 / 61, 12);
    expect(districts.share("98.01.01", "98.03.01")).toBe(0);
    expect(districts.share("98.01.01", "98.02.01")).toBeCloseTo((59 + 3 * (59 / 61)) / (59 + 3 * (59 / 61) + 1), 12);
    const nameless = voices(listOf({ "98.01.01.2001": "Ambulu" }), listOf({ "98.02.01.2001": "Ambulu" }));
    expect(nameless.districts.share("98.01.01", "98.02.01")).toBeCloseTo(0.5, 12);
  });
});

describe("how much likelier two names are for one village than for two", () => {
  it.each([
    ["the same name, once among four", "Ambulu", "Ambulu", 0, 0.985 * 4 + 0.015],
    ["the same name, twice among four", "Badas", "Badas", 0, 0.985 * 2 + 0.015],
    ["another spelling", "Tjerme", "Cerme", 1, 0.985 * Math.exp(-1) * 4 + 0.015],
    ["a slip: 1.3 + 1 + 3.4", "Cermo", "Cerma", 5.7, 0.985 * Math.exp(-5.7) * 4 + 0.015],
    ["a name beside a kind word, the better way of the two", "Gampong Cerme", "Cerme", 0.7, 0.985 * Math.exp(-0.7) * 4 + 0.015],
    ["quite another", "Zzyx", "Ambulu", Number.POSITIVE_INFINITY, 0.015],
  ])("%s", (_, name, other, nats, ratio) => {
    const rest = other === "Badas" ? ["Badas", "Qwert", "Yuiop"] : ["Qwert", "Yuiop", "Ghjkl"];
    const after = listOf(Object.fromEntries([other, ...rest].map((each, at) => [`98.01.01.200${at + 1}`, each])));
    const found = nameRatios(villagesOf(listOf({ "98.01.01.2001": name })), villagesOf(after))(0, 0);
    expect(found.nats).toBeCloseTo(nats, 9);
    expect(found.ratio).toBeCloseTo(ratio, 9);
  });
});

describe("scores of pairs", () => {
  const ten = () => ({ nats: 0, ratio: 10 });
  const score = (
    from: string,
    finds: Readonly<Record<string, string>>,
    correspondence: Correspondence,
    more: { least?: number; reach?: "near" | "namesakes"; ratio?: number } = {},
  ) => {
    const [before, after] = [listOf({ [from]: "Ambulu" }), listOf(finds)];
    const {
      start,
      column,
      score: scores,
    } = scorePairs(
      villagesOf(before),
      villagesOf(after),
      { places: all(before), finds: all(after) },
      correspondence,
      more.ratio === undefined ? ten : () => ({ nats: 0, ratio: more.ratio! }),
      more.least ?? 0,
      more.reach ?? "namesakes",
    );
    expect([...start]).toEqual([0, column.length]);
    return Object.fromEntries([...column].map((at, edge) => [villagesOf(after).codes[at], scores[edge]]));
  };
  const districts = shares({ "98.02.05": 0.7, "98.02.06": 0.1 });
  const correspondence = { districts, regencies: shares({ "98.02": 0.9 }) };
  // The chance of a place: its kecamatan's share over the villages open there, and what is left by the kabupaten and by nothing.
  const [inFive, inSix] = [0.7 / 2 + 0.2 * (0.9 / 3 + 0.1 / 3), 0.1 / 1 + 0.2 * (0.9 / 3 + 0.1 / 3)];

  it("by hand: place × name × number × kind over the chance of none, in a block that moved together and outside it", () => {
    const names = { "98.02.05.2001": "Ambulu", "98.02.05.2002": "Ambulu", "98.02.06.1003": "Ambulu" };
    const found = score("98.01.01.2001", names, correspondence);
    expect(found["98.02.05.2001"]).toBeCloseTo(Math.log((inFive * 10 * 6 * 1.1) / 0.02), 9);
    expect(found["98.02.05.2002"]).toBeCloseTo(Math.log((inFive * 10 * 0.5 * 1.1) / 0.02), 9);
    expect(found["98.02.06.1003"]).toBeCloseTo(Math.log((inSix * 10 * 0.2) / 0.02), 9);
    // A kelurahan that keeps its last figures may be a desa of before.
    const same = score("98.01.01.2003", names, correspondence);
    expect(same["98.02.06.1003"]).toBeCloseTo(Math.log((inSix * 10 * 1.1) / 0.02), 9);
    // Exactly 0.6 is a block.
    const block = { districts: shares({ "98.02.05": 0.6 }), regencies: shares({ "98.02": 1 }) };
    expect(score("98.01.01.2001", { "98.02.05.2001": "Ambulu" }, block)["98.02.05.2001"]).toBeCloseTo(
      Math.log(((0.6 + 0.4) * 10 * 6 * 1.1) / 0.02),
      9,
    );
  });

  it("a voice in a hundred counts for a kabupaten, less is a namesake elsewhere", () => {
    const at = (heard: number) =>
      score("98.01.01.2001", { "98.02.05.2001": "Ambulu" }, { districts: shares({}), regencies: shares({ "98.02": heard }) });
    expect(at(0.01)["98.02.05.2001"]).toBeCloseTo(Math.log(((0.01 + 0.99) * 10 * 1.1) / 0.02), 9);
    expect(at(0.009)["98.02.05.2001"]).toBeCloseTo(Math.log((0.991 * 10 * 1.1) / 0.02), 9);
  });

  it("what is not above the least is no pair", () => {
    const only = { "98.02.05.2001": "Ambulu" };
    const exact = score("98.01.01.2001", only, correspondence)["98.02.05.2001"]!;
    expect(score("98.01.01.2001", only, correspondence, { least: exact })).toEqual({});
    expect(Object.keys(score("98.01.01.2001", only, correspondence, { least: exact - 1e-9 }))).toHaveLength(1);
  });

  it("other names are held against each other near by only; the whole kabupaten only where nothing nearer is likely", () => {
    const names = { "98.02.05.2001": "Lain", "98.02.06.2001": "Beda", "98.02.07.2001": "Asing" };
    expect(score("98.01.01.2001", names, correspondence)).toEqual({});
    expect(Object.keys(score("98.01.01.2001", names, correspondence, { reach: "near" }))).toEqual(["98.02.05.2001", "98.02.06.2001"]);
    const far = score("98.01.01.2001", names, correspondence, { reach: "near", ratio: 0.001, least: -100 });
    expect(Object.keys(far)).toHaveLength(3);
    const thin = { districts: shares({ "98.02.05": 0.029, "98.02.06": 0.03 }), regencies: shares({ "98.02": 0.029 }) };
    expect(Object.keys(score("98.01.01.2001", names, thin, { reach: "near", ratio: 0.001, least: -100 }))).toEqual(["98.02.06.2001"]);
  });

  it("of more than sixty namesakes only those in a corresponding kabupaten are looked at", () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`98.0${at < 3 ? 2 : 3}.05.${2001 + at}`, "Ambulu"] as const));
    expect(Object.keys(score("98.01.01.2001", many(60), correspondence, { least: -100 }))).toHaveLength(60);
    expect(Object.keys(score("98.01.01.2001", many(61), correspondence, { least: -100 }))).toHaveLength(3);
  });
});

function sparse(rows: readonly (readonly (readonly [number, number])[])[], columns: number): SparseScores {
  const start = new Int32Array(rows.length + 1);
  for (const [row, edges] of rows.entries()) start[row + 1] = start[row]! + edges.length;
  const flat = rows.flat();
  return { start, column: Int32Array.from(flat, ([to]) => to), score: Float64Array.from(flat, ([, value]) => value), columns };
}

describe("sureness by hand: 1 over 1 and the odds of each other way", () => {
  const odds = (...losses: number[]): number => 1 / (1 + losses.reduce((sum, loss) => sum + Math.exp(-loss), 0));
  it.each<[string, [number, number][][], number, number[]]>([
    [
      "alone or a free column",
      [
        [
          [0, 5],
          [1, 3],
        ],
      ],
      2,
      [odds(5, 2)],
    ],
    [
      "in the other's stead, which has no way back",
      [
        [
          [0, 5],
          [1, 3],
        ],
        [[1, 4]],
      ],
      2,
      [odds(5, 6), odds(4)],
    ],
    [
      "in exchange",
      [
        [
          [0, 5],
          [1, 3],
        ],
        [
          [1, 4],
          [0, 2],
        ],
      ],
      2,
      [odds(5, 4), odds(4, 4)],
    ],
    ["before another who stays alone", [[[0, 5]], [[0, 3]]], 1, [odds(5, 2), Number.NaN]],
    ["before two", [[[0, 5]], [[0, 3]], [[0, 4]]], 1, [odds(5, 2, 1), Number.NaN, Number.NaN]],
    [
      "before one whose other column is free to none",
      [
        [[0, 5]],
        [
          [0, 3],
          [1, 1],
        ],
        [[1, 6]],
      ],
      2,
      [odds(5, 2), Number.NaN, odds(6, 5)],
    ],
  ])("%s", (_, rows, columns, expected) => {
    const scores = sparse(rows, columns);
    const found = [...surenessOf(scores, assign(scores))];
    expect(found.map((value) => Number(value.toFixed(9)))).toEqual(expected.map((value) => Number(value.toFixed(9))));
  });
});

describe("candidates for what stays open", () => {
  it("by hand: kecamatan first, then the kabupaten's share over its open villages, against none of them", () => {
    const after = listOf({ "98.02.05.2001": "Satu", "98.02.06.2001": "Dua", "98.03.01.2001": "Tiga", "98.04.01.2001": "Empat" });
    const weights: Record<string, number> = { Satu: 0.5, Dua: 2, Tiga: 1, Empat: 1 };
    const villages = villagesOf(after);
    const found = openCandidates(
      villagesOf(listOf({ "98.01.01.2001": "X" })),
      villages,
      { places: [0], finds: [0, 1, 2, 3] },
      { districts: shares({ "98.02.05": 0.6 }), regencies: shares({ "98.02": 0.8, "98.03": 0.03, "98.04": 0.029 }) },
      (_, find) => ({ nats: 0, ratio: weights[villages.names[find]!]! }),
    ).get("98.01.01.2001")!;
    const [one, two, three] = [(0.6 + (0.4 * 0.8) / 2) * 0.5, (0.8 / 2) * 2, 0.03];
    const total = one + two + three + 0.05;
    expect(found.map(({ code }) => code)).toEqual(["98.02.06.2001", "98.02.05.2001", "98.03.01.2001"]);
    expect(found[0]!.probability).toBeCloseTo(two / total, 12);
    expect(found[1]!.probability).toBeCloseTo(one / total, 12);
    expect(found[2]!.probability).toBeCloseTo(three / total, 12);
  });

  it("are five at most, of equals the lower code first, none below half a percent", () => {
    const after = listOf(Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`98.02.05.200${at + 1}`, `N${at}`])));
    const candidates = (ratio: (find: number) => number) =>
      openCandidates(
        villagesOf(listOf({ "98.01.01.2001": "X" })),
        villagesOf(after),
        { places: [0], finds: [6, 5, 4, 3, 2, 1, 0] },
        { districts: shares({}), regencies: shares({ "98.02": 1 }) },
        (_, find) => ({ nats: 0, ratio: ratio(find) }),
      ).get("98.01.01.2001")!;
    expect(candidates(() => 1).map(({ code }) => code.slice(-1))).toEqual(["1", "2", "3", "4", "5"]);
    expect(candidates((find) => (find === 3 ? 100 : 0.1)).map(({ code }) => code.slice(-1))).toEqual(["4"]);
    expect(candidates((find) => (find === 3 ? 100 : 0.6)).map(({ code }) => code.slice(-1))).toHaveLength(5);
  });
});
