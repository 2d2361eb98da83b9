import type { AnalysisWarning } from "../significance/warning.ts";
import { gumbelTail } from "./gumbel.ts";
import { relativeRisk } from "./likelihood.ts";
import type { ScanPlan } from "./plan.ts";
import { isAtLeast, sequentialStop } from "./sequential.ts";
import { createSuccession } from "./succession.ts";
import { pickWindow, type ZoneWindow } from "./window.ts";

/**
 * Space-time scan statistic: where and when events gather most beyond what chance gives, with one p-value for having looked everywhere.
 *
 * Why: a map of many tests needs a correction for all of them; the scan asks one question, whether the strongest of all windows is stronger than the strongest of maps made by
 * chance, and so names place and time of a cluster of unknown size with a chance of a false alarm that holds for the whole map.
 *
 * In words: a window is a zone (areas around a centre) over a run of steps. Its expected events are its share of people × its share of days × all events (model "poisson"), or its
 * share of all events by place × that by step (model "permutation", which needs no people and adjusts for everything that is only of the place or only of the time). Its strength is
 * the log likelihood ratio of likelihood.ts, high rates only. The strongest window is compared with the strongest of every simulation: events placed at random in proportion to
 * expected ones, or with their times shuffled among them. p = (simulations at least as strong + 1) / (simulations + 1). Weaker clusters are compared with the same maxima,
 * which is conservative, and do not share an area at the same time with a stronger one; the same places at disjoint times may appear.
 *
 * The work goes in three kernels, so that the middle one can be cut into parts for many threads:
 * `planScan(input)` (plan.ts) checks the question and makes zones and steps; `simulateMaxima(plan, seed, first, last)` (simulate.ts) gives the maximum of each simulation of
 * a block, the same bits however blocks are cut; `findClusters(plan, maxima, ...)` (here) gives the clusters with their p-values.
 * To simulate power: `createSearch(plan).strongest(areas, steps, floor)` (search.ts) gives, for any events (member of the plan and step of each, as many as the plan has),
 * the highest ratio above a floor and the windows that have it; `windowOf` (window.ts) turns one into areas and steps. With a critical value as floor, a map without
 * anything stronger costs a fraction of a millisecond per thousand zones. `createNull(plan, seed)` (simulate.ts) draws the events of simulations.
 *
 * Sources: Kulldorff 1997, doi:10.1080/03610929708831995; Kulldorff 2001, doi:10.1111/1467-985X.00186 (prospective); Kulldorff et al. 2005,
 * doi:10.1371/journal.pmed.0020059 (permutation); Tango & Takahashi 2005, doi:10.1186/1476-072X-4-11 (connected zones); Abrams et al. 2010, doi:10.1186/1476-072X-9-61 (Gumbel);
 * Besag & Clifford 1991, doi:10.1093/biomet/78.2.301 (sequential stop).
 * Fails: says nothing about areas whose people are unknown; takes incidents as independent, so a series by one hand is a cluster; cases of a village are at its label point.
 */
export interface ScanCluster extends ZoneWindow {
  readonly relativeRisk: number;
  readonly ratio: number;
  readonly p: number;
  readonly pGumbel: number;
  /** How often, in days, a cluster as strong would be raised by chance if a scan were made every step: only prospective. NaN otherwise. */
  readonly recurrenceIntervalDays: number;
}

export interface ScanResult {
  /** Strongest first. Areas are indices of the input. */
  readonly clusters: readonly ScanCluster[];
  readonly columns: {
    /** Rank of the strongest significant cluster that holds the area; NaN without. */
    readonly cluster: Float64Array;
    /** Events of the whole period, and those expected by the share of people (permutation model: as observed); NaN where the area does not take part. */
    readonly observed: Float64Array;
    readonly expected: Float64Array;
  };
  readonly summary: {
    readonly areas: number;
    readonly events: number;
    readonly zones: number;
    readonly steps: number;
    readonly simulations: number;
    readonly significant: number;
    /** The ratio that a cluster must reach to be significant at alpha. */
    readonly criticalRatio: number;
    /** Indices of areas that do not take part. */
    readonly withoutPopulation: number[];
  };
  readonly warnings: AnalysisWarning[];
}

/** More clusters than anybody looks at. */
const mostClusters = 100;

/**
 * The clusters of the observed events with their p-values, strongest first, down to the first that is weaker than every simulation (its p would be 1).
 * n: areas of the input; maxima: of the simulations, in their order; stopAfter: sequential.ts, 0 for none. Cost: succession.ts.
 */
export function findClusters(
  plan: ScanPlan,
  n: number,
  maxima: Float64Array,
  options: { readonly alpha: number; readonly stepDays: number; readonly stopAfter?: number },
): ScanResult {
  const { eventArea, cases, members } = plan;
  const count = plan.stepShare.length;
  const succession = createSuccession(plan);
  const clusters: ScanCluster[] = [];
  let used = maxima;
  let significant = 0;
  const cluster = new Float64Array(n).fill(Number.NaN);
  while (clusters.length < mostClusters) {
    const lowest = used.reduce((least, maximum) => Math.min(least, maximum), Number.POSITIVE_INFINITY);
    const floor = Number.isFinite(lowest) ? lowest * (1 - 1e-9) : 0;
    const { ratio, windows } = succession.next(floor);
    if (windows.length === 0) break;
    if (clusters.length === 0 && options.stopAfter) used = sequentialStop(maxima, ratio, options.stopAfter);
    const window = pickWindow(plan, windows);
    const p = (1 + used.filter((maximum) => isAtLeast(maximum, ratio)).length) / (used.length + 1);
    succession.block(window);
    const isSignificant = p <= options.alpha;
    if (isSignificant) significant++;
    clusters.push({
      ...window,
      relativeRisk: relativeRisk(window.observed, window.expected, cases),
      ratio,
      p,
      pGumbel: gumbelTail(ratio, used),
      recurrenceIntervalDays: plan.isProspective ? options.stepDays / p : Number.NaN,
    });
    for (const area of window.areas) {
      if (isSignificant && Number.isNaN(cluster[area]!)) cluster[area] = clusters.length;
    }
  }
  const observed = new Float64Array(n).fill(Number.NaN);
  const expected = new Float64Array(n).fill(Number.NaN);
  members.forEach((i, member) => {
    observed[i] = 0;
    expected[i] = plan.expected[member]!;
  });
  for (const member of eventArea) observed[members[member]!]! += 1;
  const warnings: AnalysisWarning[] = [];
  if (plan.withoutPopulation.length > 0) {
    warnings.push({ code: "without_population", details: { areas: plan.withoutPopulation.length, events: plan.eventsWithout } });
  }
  if (clusters.length === mostClusters) warnings.push({ code: "clusters_cut", details: { limit: mostClusters } });
  if ((maxima.length + 1) * options.alpha < 1) {
    warnings.push({ code: "simulations_too_few", details: { simulations: maxima.length, needed: Math.ceil(1 / options.alpha) - 1 } });
  }
  const descending = Float64Array.from(used).sort().reverse();
  return {
    clusters,
    columns: { cluster, observed, expected },
    summary: {
      areas: members.length,
      events: cases,
      zones: plan.zones.zones,
      steps: count,
      simulations: used.length,
      significant,
      criticalRatio: descending[Math.floor(options.alpha * (used.length + 1)) - 1] ?? Number.NaN,
      withoutPopulation: Array.from(plan.withoutPopulation),
    },
    warnings,
  };
}
