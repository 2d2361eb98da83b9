import { readFileSync } from "node:fs";
import { type AutocorrelationInput, analyseAutocorrelation } from "../../../../api/analysis/autocorrelation/autocorrelation.ts";
import { moranI } from "../../../../api/analysis/autocorrelation/moranI.ts";
import { analyseHotspots, type HotspotsInput } from "../../../../api/analysis/hotspots/hotspots.ts";
import { localMoran } from "../../../../api/analysis/hotspots/localMoran.ts";
import { findNeighbours, type NeighbourPairs } from "../../../../api/analysis/neighbours/contiguity.ts";
import { rowStandardised } from "../../../../api/analysis/neighbours/weights.ts";
import { crudeRates } from "../../../../api/analysis/rates/crude.ts";
import { FlatPolygonsBuilder } from "../../../../api/formats/flatPolygons.ts";
import { outside } from "../../../fixtures/outside.ts";
import { readReference } from "../reference.ts";

export const draws = 99_999;

/** Our results on Jombang, worked out when a test first asks for them. */
export function jombangResults() {
  const { counts, population, weights } = readReference();
  const n = counts.length;
  const rate = crudeRates(counts, population);
  const moran = localMoran(rate, weights);
  const squares = moran.deviation.reduce((sum, d) => sum + d * d, 0);
  const hotspots = (more: Partial<HotspotsInput>) =>
    analyseHotspots({
      counts,
      population,
      reported: new Uint8Array(n).fill(1),
      weights,
      statistic: "local_moran",
      measure: "rate",
      significance: "analytic",
      tail: "two_sided",
      permutations: draws,
      correction: "none",
      alpha: 0.05,
      seed: 1,
      ...more,
    }).columns;
  const once = <T>(make: () => T): (() => T) => {
    let made: { value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const expectedByN = moran.deviation.map((d) => (-d * d * n) / squares / (n - 1));
  return {
    n,
    counts,
    population,
    weights,
    rate,
    moran,
    /** Standard deviation of the rates with the divisor n − 1. */
    deviation: Math.sqrt(squares / (n - 1)),
    /** Local Moran divided by n, its conditional expectation, and the variance that its z stands for. */
    byN: {
      value: moran.value.map((value) => (value * n) / (n - 1)),
      expected: expectedByN,
      variance: moran.value.map((value, i) => (((value * n) / (n - 1) - expectedByN[i]!) / moran.z[i]!) ** 2),
    },
    rowStandardised: moranI(rate, rowStandardised(weights)),
    binary: moranI(rate, weights),
    autocorrelation: (more: Partial<AutocorrelationInput> = {}) =>
      analyseAutocorrelation({ counts, population, weights, measure: "rate", permutations: 0, seed: 1, ...more }).summary,
    hotspots,
    /** The smaller tail of conditional permutations, which other programs call p. */
    folded: once(() => {
      const { pLow, pHigh } = hotspots({ significance: "permutation" });
      return pLow.map((low, i) => Math.min(low, pHigh[i]!));
    }),
    /** What contiguity finds in the published shapes. */
    pairs: once(() => {
      const { features } = JSON.parse(readFileSync(outside("data/boundaries/desa_35.17_jombang.geojson"), "utf8")) as {
        features: { geometry: unknown }[];
      };
      const builder = new FlatPolygonsBuilder();
      for (const { geometry } of features) builder.add(JSON.stringify(geometry));
      return findNeighbours(builder.finish());
    }),
  };
}

/** Those pairs of contiguity that are wanted, as "i-j". */
export function pairsWhere(
  jombang: ReturnType<typeof jombangResults>,
  isWanted: (pairs: NeighbourPairs, pair: number) => boolean,
): string[] {
  const pairs = jombang.pairs();
  return [...pairs.from].flatMap((i, pair) => (isWanted(pairs, pair) ? [`${i}-${pairs.to[pair]}`] : [])).sort();
}

/** Pairs that share a vertex digit for digit: what other programs call queen neighbours. */
export const exactQueenPairs = (jombang: ReturnType<typeof jombangResults>): string[] =>
  pairsWhere(jombang, ({ byTolerance }, pair) => byTolerance[pair] === 0);

/** Neighbour lists as unordered pairs "i-j", i < j. */
export const pairsOfLists = (lists: readonly (number | readonly number[])[]): string[] =>
  lists
    .flatMap((list, i) =>
      [list]
        .flat()
        .filter((j) => i < j)
        .map((j) => `${i}-${j}`),
    )
    .sort();
