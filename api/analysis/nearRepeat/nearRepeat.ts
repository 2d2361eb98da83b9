import { bonferroni } from "../significance/corrections.ts";
import { AnalysisRefusal } from "../significance/refusal.ts";
import { createKnoxCounter, type KnoxCounts, type NearRepeatInput, requireNearRepeatInput } from "./knoxCounts.ts";

/** Pairs as they are, and as many as chance gives on average. */
export interface CountedPairs {
  readonly observed: KnoxCounts;
  readonly expected: KnoxCounts;
  /** Pairs below the largest distance, whatever their days; of those, the ones on one spot, and those on one spot on one day. */
  readonly near: number;
  readonly samePlace: number;
  readonly samePlaceAndDay: number;
}

export interface NearRepeatCell {
  /** From this distance up to below the next; 0 to 0 is one spot. */
  readonly distanceFromMetres: number;
  readonly distanceToMetres: number;
  /** From so many days apart up to below the next; 0 to 0 is one day. */
  readonly daysFrom: number;
  readonly daysTo: number;
  readonly observed: number;
  readonly expected: number;
  /** Observed ÷ expected; NaN where none are expected. */
  readonly ratio: number;
  /** Chance of at least so many pairs if days had nothing to do with places. */
  readonly p: number;
}

export interface NearRepeatTable {
  readonly table: readonly (NearRepeatCell & { readonly pAdjusted: number; readonly significant: boolean })[];
  /** Of the first distance band, the pairs on one spot. Not corrected for how many they are. */
  readonly samePlace: readonly NearRepeatCell[];
  /** Of the first day band, the pairs of one day. Not corrected for how many they are. */
  readonly sameDay: readonly NearRepeatCell[];
}

const fewestPairs = 2;

/**
 * The Knox table: do incidents follow each other nearby within days more often than chance gives?
 *
 * Why: where a first incident draws others after it, the days after one are the time to be there. In words: all pairs of incidents are counted by how far and how many days
 * apart they are; then the days are dealt anew over the places many times. Expected: pairs in the distance band × pairs in the day band ÷ all pairs, which is the exact mean
 * over all ways of dealing. p = (r + 1) / (simulations + 1), r being how many simulations have at least as many pairs in the cell. Adjusted p = p × cells of the table, at
 * most 1 (Bonferroni). Bands run from their lower edge up to below their upper: 7 days is 0 to 6 days apart.
 * Source: Knox 1964, doi:10.2307/2985220; with simulation for near repeats Ratcliffe & Rengert 2008, doi:10.1057/palgrave.sj.8350068, and Ratcliffe 2009 (Near Repeat
 * Calculator). Cost: O(n + near pairs × simulations). Fails where a place's share of incidents changes with time for other reasons, say by moving people or by
 * better reporting: that looks like near repeat (Kulldorff & Hjalmars 1999, doi:10.1111/j.0006-341X.1999.00544.x).
 * Refuses `no_events`, `too_few_pairs`, `too_many_pairs`, `wrong_input`, and `simulations_too_few` where no cell could become significant whatever the data.
 */
export function countNearRepeat(input: NearRepeatInput, simulations: number, alpha: number): CountedPairs {
  requireNearRepeatInput(input);
  const n = input.x.length;
  if (n === 0) throw new AnalysisRefusal("no_events");
  const { distanceEdgesMetres, dayEdges } = input;
  const cells = distanceEdgesMetres.length * dayEdges.length;
  const needed = Math.ceil(cells / alpha - 1 - 1e-9);
  if (simulations < needed) throw new AnalysisRefusal("simulations_too_few", { simulations, needed, cells, alpha });
  const { pairs, count } = createKnoxCounter(input);
  if (pairs.from.length < fewestPairs)
    throw new AnalysisRefusal("too_few_pairs", { pairs: pairs.from.length, needed: fewestPairs, points: n });
  const days = Int32Array.from(input.days);
  const observed = count(days);

  const byDistance = new Float64Array(distanceEdgesMetres.length + 1);
  let samePlaceAndDay = 0;
  pairs.band.forEach((band, pair) => {
    byDistance[band]! += 1;
    if (band === 0 && days[pairs.from[pair]!] === days[pairs.to[pair]!]) samePlaceAndDay++;
  });
  const samePlace = byDistance[0]!;
  const inBand = byDistance.slice(1);
  inBand[0]! += samePlace;
  const sorted = days.slice().sort();
  const within = dayEdges.map((edge) => pairsWithin(sorted, edge));
  const byTime = within.map((pairsBelow, time) => pairsBelow - (within[time - 1] ?? 0));
  const sameDay = pairsWithin(sorted, 1);
  const all = (n * (n - 1)) / 2;
  const expected = Float64Array.from([
    ...[...inBand].flatMap((distance) => byTime.map((time) => (distance * time) / all)),
    ...byTime.map((time) => (samePlace * time) / all),
    ...[...inBand].map((distance) => (distance * sameDay) / all),
  ]);
  return { observed, expected, near: pairs.from.length, samePlace, samePlaceAndDay };
}

/** Pairs less than so many days apart, of days in ascending order. */
function pairsWithin(sorted: Int32Array, days: number): number {
  let count = 0;
  let first = 0;
  for (let i = 0; i < sorted.length; i++) {
    while (sorted[i]! - sorted[first]! >= days) first++;
    count += i - first;
  }
  return count;
}

/** Puts counts and what the simulations found into rows. `atLeast`: simulations with at least as many pairs, in the order of the counts. */
export function nearRepeatTable(
  { distanceEdgesMetres, dayEdges }: Pick<NearRepeatInput, "distanceEdgesMetres" | "dayEdges">,
  { observed, expected }: CountedPairs,
  atLeast: ArrayLike<number>,
  simulations: number,
  alpha: number,
): NearRepeatTable {
  const cells = distanceEdgesMetres.length * dayEdges.length;
  const band = (edges: readonly number[], at: number): [number, number] => [at === 0 ? 0 : edges[at - 1]!, edges[at]!];
  const cell = (
    at: number,
    [distanceFromMetres, distanceToMetres]: [number, number],
    [daysFrom, daysTo]: [number, number],
  ): NearRepeatCell => ({
    distanceFromMetres,
    distanceToMetres,
    daysFrom,
    daysTo,
    observed: observed[at]!,
    expected: expected[at]!,
    ratio: expected[at]! > 0 ? observed[at]! / expected[at]! : Number.NaN,
    p: (atLeast[at]! + 1) / (simulations + 1),
  });
  const rows = distanceEdgesMetres.flatMap((_, distance) =>
    dayEdges.map((_edge, time) => cell(distance * dayEdges.length + time, band(distanceEdgesMetres, distance), band(dayEdges, time))),
  );
  const adjusted = bonferroni(Float64Array.from(rows, (row) => row.p));
  return {
    table: rows.map((row, at) => ({ ...row, pAdjusted: adjusted[at]!, significant: adjusted[at]! <= alpha })),
    samePlace: dayEdges.map((_, time) => cell(cells + time, [0, 0], band(dayEdges, time))),
    sameDay: distanceEdgesMetres.map((_, distance) =>
      cell(cells + dayEdges.length + distance, band(distanceEdgesMetres, distance), [0, 0]),
    ),
  };
}
