import { deviations } from "../../api/analysis/hotspots/deviations.ts";
import { analyseHotspots, type HotspotsInput, type HotspotsResult } from "../../api/analysis/hotspots/hotspots.ts";
import { benjaminiHochberg } from "../../api/analysis/significance/corrections.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";
import { dealtEvents, type NullPlace, shuffledRates } from "./nullMaps.ts";

export const levels: readonly number[] = [0.001, 0.01, 0.05];
export const tails = ["two-sided", "high", "low"] as const;
export const alpha = 0.05;
export const statistics = ["gi_star", "gi", "local_moran", "exact"] as const;
type Statistic = (typeof statistics)[number];

/** Some null maps with so many events. */
export interface NullQuestion {
  readonly place: NullPlace;
  readonly events: number;
  readonly fromMap: number;
  readonly toMap: number;
  /** Permutations of the single p-values. */
  readonly draws: number;
  /** Permutations under the false discovery rate. */
  readonly correctedDraws: number;
}

/** What one null map showed by one statistic. */
export interface NullMap {
  /** By tail, then level: share of the tested villages whose p is at or below the level. */
  readonly shares: readonly (readonly number[])[];
  /** Whether any village is significant after the false discovery rate, two-sided and high. */
  readonly alarms: readonly boolean[];
  /** Upper tail probability of the village followed, randomised between what lies above the observed sum and that with the ties; uniform under the null. */
  readonly randomised: number;
}

type Columns = HotspotsResult["columns"];
const randomisedStream = 3;

/** Analyses null maps with the methods just as they are served. Maps depend on nothing but their number, so any thread may do any. */
export function nullPart(question: NullQuestion): Record<Statistic, NullMap>[] {
  const maps: Record<Statistic, NullMap>[] = [];
  for (let map = question.fromMap; map < question.toMap; map++) maps.push(nullMap(question, map));
  return maps;
}

function nullMap({ place, events, draws, correctedDraws }: NullQuestion, map: number): Record<Statistic, NullMap> {
  const n = place.population.length;
  const rates = shuffledRates(place.population, events, map);
  const base: Omit<HotspotsInput, "counts" | "statistic"> = {
    reported: new Uint8Array(n).fill(1),
    population: place.population,
    weights: place.weights,
    // Shuffled rates are values as they stand; the exact statistic looks at events and people whatever the measure.
    measure: "count",
    significance: "permutation",
    tail: "two_sided",
    permutations: draws,
    correction: "none",
    alpha,
    seed: map,
  };
  const single = (statistic: Statistic, counts: Float64Array): Columns => analyseHotspots({ ...base, statistic, counts }).columns;
  const corrected = (statistic: Statistic, counts: Float64Array): Columns =>
    analyseHotspots({ ...base, statistic, counts, permutations: correctedDraws, correction: "fdr" }).columns;
  const shown = (columns: Columns, under: Columns): NullMap =>
    summary(place, columns, under, createRandom(map, randomisedStream, events).unit());

  const star = single("gi_star", rates);
  const gi = single("gi", rates);
  const moran = single("local_moran", rates);
  // The three ask how the neighbours' sum falls among permuted sums, Local Moran from the side of the own deviation. Shown to be so with the single
  // p-values of this very map, the corrected ones, ten times as dear, are worked out once.
  const turned = turn(star, rates);
  requireSame(star, gi, "Gi and Gi*");
  requireSame(turned, moran, "Local Moran and Gi*");
  const starUnder = corrected("gi_star", rates);
  const exact = corrected("exact", dealtEvents(place.population, events, map));
  return {
    gi_star: shown(star, starUnder),
    gi: shown(gi, starUnder),
    local_moran: shown(moran, turn(starUnder, rates)),
    exact: shown(exact, exact),
  };
}

/** The p-values of Gi* as those of Local Moran: sides changed for villages below the mean. */
function turn(columns: Columns, values: Float64Array): Columns {
  const { d } = deviations(values);
  const side = (above: Float64Array, below: Float64Array): Float64Array =>
    above.map((p, i) => (Number.isNaN(p) || d[i]! > 0 ? p : d[i]! < 0 ? below[i]! : 1));
  const p = columns.p.map((value, i) => (Number.isNaN(value) || d[i] !== 0 ? value : 1));
  return { ...columns, p, q: benjaminiHochberg(p), pLow: side(columns.pLow, columns.pHigh), pHigh: side(columns.pHigh, columns.pLow) };
}

function requireSame(one: Columns, other: Columns, which: string): void {
  for (const tail of ["p", "pLow", "pHigh"] as const) {
    if (one[tail].some((p, i) => !Object.is(p, other[tail][i])))
      throw new Error(`${which} no longer have the same permuted sums: ${tail} differs`);
  }
}

/** The village whose randomised p is followed: one in the middle of the list, with neighbours. */
function followed({ weights }: NullPlace): number {
  let village = weights.n >>> 1;
  while (weights.offsets[village] === weights.offsets[village + 1]) village++;
  return village;
}

function summary(place: NullPlace, columns: Columns, under: Columns, unit: number): NullMap {
  const { p, pHigh, pLow } = columns;
  const tested = p.filter((value) => !Number.isNaN(value)).length;
  const village = followed(place);
  const tie = pLow[village]! + pHigh[village]! - 1;
  return {
    shares: [p, pHigh, pLow].map((tail) => levels.map((level) => tail.filter((value) => value <= level).length / tested)),
    alarms: [under.q, benjaminiHochberg(under.pHigh)].map((q) => q.some((value) => value <= alpha)),
    randomised: pHigh[village]! - tie * unit,
  };
}
