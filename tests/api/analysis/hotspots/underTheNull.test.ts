import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { dealtEvents, type NullPlace, readJombang, shuffledRates } from "../../../../scripts/drive/nullMaps.ts";
import { type NullMap, nullPart, statistics } from "../../../../scripts/drive/nullPart.ts";
import { judgeNull } from "../../../../scripts/drive/nullVerdict.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

/** As many villages as Jombang has, for where its own are not beside the project. */
function grid(): NullPlace {
  const weights = weightsOfLists(gridLists(17, 18));
  const { unit } = createRandom(3517);
  return { population: Float64Array.from({ length: weights.n }, () => Math.round(900 + 8000 * unit() ** 2)), weights };
}

// A seeded slice of `npm run drive:null`: the real villages, as sparse as they are in a month, a quarter and a year.
describe("under the null", () => {
  const place = readJombang() ?? grid();
  const maps = 100;

  describe.each([120, 400, 1200])("%d incidents", (events) => {
    const shown = nullPart({ place, events, fromMap: 0, toMap: maps, draws: 999, correctedDraws: 4999 });

    it.each(statistics)("%s: P(p ≤ a) ≤ a in every tail, few maps with a discovery, and a uniform randomised p", (statistic) => {
      const broken = judgeNull(shown.map((map) => map[statistic])).filter(({ holds }) => !holds);
      expect(broken).toEqual([]);
    });

    it("shuffled maps keep their rates, dealt ones their events", () => {
      const dealt = dealtEvents(place.population, events, 3);
      expect(dealt.reduce((sum, count) => sum + count, 0)).toBe(events);
      const rates = dealt.map((count, i) => count / place.population[i]!);
      expect([...shuffledRates(place.population, events, 3)].sort()).toEqual([...rates].sort());
    });

    it("the same maps again are the same bits, in whatever parts", () => {
      const again = nullPart({ place, events, fromMap: 41, toMap: 43, draws: 999, correctedDraws: 4999 });
      expect(again).toEqual(shown.slice(41, 43));
    });
  });
});

describe("the judgement of null maps", () => {
  /** A perfect method on 400 independent maps of 200 villages, with its p-values bent. */
  const shownBy = (bend: (p: number) => number, alarm = 0.04): NullMap[] =>
    Array.from({ length: 400 }, (_, map) => {
      const { unit } = createRandom(map, 77);
      const p = Array.from({ length: 200 }, () => bend(unit()));
      const shares = [0.001, 0.01, 0.05].map((level) => p.filter((value) => value <= level).length / 200);
      return { shares: [shares, shares, shares], alarms: [unit() < alarm, unit() < alarm], randomised: bend(unit()) };
    });
  const broken = (maps: NullMap[]): string[] =>
    judgeNull(maps)
      .filter(({ holds }) => !holds)
      .map(({ claim }) => claim);

  it("uniform p-values pass, and so do cautious ones but for uniformity", () => {
    expect(broken(shownBy((p) => p))).toEqual([]);
    expect(broken(shownBy((p) => Math.sqrt(p)))).toEqual(["Kolmogorov–Smirnov"]);
  });

  it("p-values that are half of what they should be do not pass, nor do discoveries on one map in six", () => {
    const names = broken(shownBy((p) => p / 2, 1 / 6));
    expect(names).toEqual(expect.arrayContaining(["P(p ≤ 0.01) two-sided", "P(p ≤ 0.05) high", "P(p ≤ 0.05) low"]));
    expect(names).toEqual(expect.arrayContaining(["any discovery two-sided", "any discovery high", "Kolmogorov–Smirnov"]));
  });
});
