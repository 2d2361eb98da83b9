import { decayIncidents, type RiskIncidents } from "./incidents.ts";
import { type PercentileTable, percentileTable } from "./percentiles.ts";

/** A loaded indicator over the areas, and which end of it is worse. */
export interface RiskIndicator {
  readonly id: string;
  /** NaN where unknown. */
  readonly values: Float64Array;
  /** `high`: high is worse; null: nobody said, so it is not used. */
  readonly orientation: "high" | "low" | null;
  /** Against the other indicators; 1 when absent. */
  readonly weight?: number;
}

/** Where an indicator stood when it was frozen. */
export interface FrozenIndicator {
  readonly orientation: "high" | "low";
  readonly weight: number;
  readonly percentiles: PercentileTable;
}

/**
 * The constants that scores are measured with, frozen and named by the office, so that scores compare over time and place and do not move when
 * villages are added elsewhere. Plain JSON.
 */
export interface OfficialVersion {
  readonly name: string;
  /** Made from fewer than 30 incidents: built-in constants stand in, and it ought to be made anew when more is known. */
  readonly provisional: boolean;
  readonly halfLifeDays: number;
  readonly windowDays: number;
  /** Decayed incidents per 10,000 people a year have a gamma prior of this shape and rate. */
  readonly priorShape: number;
  readonly priorRate: number;
  /** Of an incident, where a village has none of its own. */
  readonly meanWeight: number;
  /** The weighted incidents per 10,000 people a year at which kejadian and imbasan are one half. */
  readonly reference: number;
  readonly indicators: Readonly<Record<string, FrozenIndicator>>;
}

const halfLifeDays = 180;
/** About ten half-lives: what is older weighs less than a thousandth. */
const windowDays = 1825;
const incidentsNeeded = 30;
/** A village with this many times the overall weighted rate is halfway up. */
const timesOverall = 3;
/** Two incidents per 10,000 people a year, each told by a source that cannot be judged: what to start from when little is known. */
const start = { rate: 2, shape: 1, meanWeight: 0.25 };
const shapes = { least: 1, most: 50 };

/** Years that decayed incidents stand for: the area under the decay over the window. */
export function decayedYears(version: Pick<OfficialVersion, "halfLifeDays" | "windowDays">): number {
  return (version.halfLifeDays / Math.LN2 / 365.25) * (1 - 2 ** (-version.windowDays / version.halfLifeDays));
}

/**
 * Derives an official version from all that is loaded: overall decayed rate, gamma prior by population-weighted moments, mean weight of an incident,
 * reference at three times the overall weighted rate, percentile tables of the indicators whose orientation is known.
 * population: people an area, NaN where unknown (then its incidents are left out). With fewer than 30 incidents the result is `provisional`, with built-in rates.
 * The prior's shape is held in [1, 50]: below 1 it would call most villages riskless, above 50 it would call all the same.
 * Source: moments as Marshall 1991, doi:10.2307/2347593, with the variance of decayed counts (mean × Σ decay² / Σ decay). Cost: O(n log n + incidents).
 */
export function freezeOfficialVersion(input: {
  readonly name: string;
  readonly population: Float64Array;
  readonly incidents: RiskIncidents;
  readonly indicators: readonly RiskIndicator[];
}): OfficialVersion {
  const { population } = input;
  const past = decayIncidents(input.incidents, population.length, halfLifeDays, windowDays);
  const base = { name: input.name, halfLifeDays, windowDays };
  const indicators = freezeIndicators(input.indicators);
  const years = decayedYears(base);
  let incidents = 0;
  let areas = 0;
  let decayed = 0;
  let decaySquares = 0;
  let weighted = 0;
  let exposure = 0;
  for (let i = 0; i < population.length; i++) {
    if (!(population[i]! > 0)) continue;
    areas++;
    incidents += past.offsets[i + 1]! - past.offsets[i]!;
    decayed += past.decayed[i]!;
    weighted += past.weighted[i]!;
    exposure += (population[i]! / 10_000) * years;
    for (let e = past.offsets[i]!; e < past.offsets[i + 1]!; e++) decaySquares += past.decays[e]! ** 2;
  }
  if (incidents < incidentsNeeded) {
    const { rate, shape, meanWeight } = start;
    return {
      ...base,
      provisional: true,
      priorShape: shape,
      priorRate: shape / rate,
      meanWeight,
      reference: timesOverall * rate * meanWeight,
      indicators,
    };
  }
  const rate = decayed / exposure;
  const meanWeight = weighted / decayed;
  let square = 0;
  for (let i = 0; i < population.length; i++) {
    if (!(population[i]! > 0)) continue;
    const own = (population[i]! / 10_000) * years;
    square += own * (past.decayed[i]! / own - rate) ** 2;
  }
  const variance = square / exposure - (rate * (decaySquares / decayed)) / (exposure / areas);
  const shape = variance > 0 ? Math.min(shapes.most, Math.max(shapes.least, (rate * rate) / variance)) : shapes.most;
  return {
    ...base,
    provisional: false,
    priorShape: shape,
    priorRate: shape / rate,
    meanWeight,
    reference: timesOverall * rate * meanWeight,
    indicators,
  };
}

/** The same version with tables for indicators that it does not know yet; the very same object when there are none. */
export function extendOfficialVersion(version: OfficialVersion, indicators: readonly RiskIndicator[]): OfficialVersion {
  const added = freezeIndicators(indicators.filter(({ id }) => !(id in version.indicators)));
  return Object.keys(added).length === 0 ? version : { ...version, indicators: { ...version.indicators, ...added } };
}

function freezeIndicators(indicators: readonly RiskIndicator[]): Record<string, FrozenIndicator> {
  const frozen: Record<string, FrozenIndicator> = {};
  for (const { id, values, orientation, weight } of indicators) {
    const percentiles = orientation === null ? [] : percentileTable(values);
    if (orientation !== null && percentiles.length > 0) frozen[id] = { orientation, weight: weight ?? 1, percentiles };
  }
  return frozen;
}
