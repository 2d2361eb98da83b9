import { requireInput } from "../significance/refusal.ts";
import { severityWeight } from "./incidentWeights.ts";

/** Incidents in flat arrays, one entry each (one a candidate village where the place is not certain). */
export interface RiskIncidents {
  /** Index of the area; below 0 is nowhere and left out. */
  readonly area: Int32Array;
  /** Days from the incident to the day assessed; below 0 is later and left out. */
  readonly daysBefore: Float64Array;
  /** 1 to 5. */
  readonly severity: Uint8Array;
  /** By incidentWeights.ts, in (0, 1]. */
  readonly sourceWeight: Float64Array;
  readonly contentWeight: Float64Array;
  /** That this village is the right one, in (0, 1]. */
  readonly probability: Float64Array;
}

/** What the past of each area comes to on the day assessed, with the incidents sorted by area. */
export interface DecayedIncidents {
  /** Sum of decays, one an area: an incident of today counts 1, one of a half-life ago 1/2. */
  readonly decayed: Float64Array;
  /** Sum of decay × weight. */
  readonly weighted: Float64Array;
  /** Incidents of an area: decays and weights at offsets[i] .. offsets[i + 1). */
  readonly offsets: Int32Array;
  readonly decays: Float64Array;
  readonly weights: Float64Array;
  /** Whole incidents (candidates of at least even odds) of the last 90, 365 and 455 days. */
  readonly within90: Int32Array;
  readonly within365: Int32Array;
  readonly within455: Int32Array;
  /** Incidents used, all areas. */
  readonly used: number;
}

/**
 * Sorts incidents by area and lets them fade: decay 2^(−days / half-life), weight severity × source × content × probability.
 * Incidents after the day assessed or older than the window are left out. Cost: O(n + incidents). Throws the refusal `wrong_input` for unequal lengths or an area beyond n.
 */
export function decayIncidents(incidents: RiskIncidents, n: number, halfLifeDays: number, windowDays: number): DecayedIncidents {
  const { area, daysBefore, severity, sourceWeight, contentWeight, probability } = incidents;
  for (const [field, column] of Object.entries(incidents) as [string, { length: number }][]) {
    requireInput(column.length === area.length, field, column.length);
  }
  const isUsed = (e: number): boolean => area[e]! >= 0 && daysBefore[e]! >= 0 && daysBefore[e]! < windowDays;
  const offsets = new Int32Array(n + 1);
  for (let e = 0; e < area.length; e++) {
    requireInput(area[e]! < n, "area", area[e]);
    if (isUsed(e)) offsets[area[e]! + 1]! += 1;
  }
  for (let i = 0; i < n; i++) offsets[i + 1]! += offsets[i]!;
  const used = offsets[n]!;
  const fill = offsets.slice(0, n);
  const result = {
    decayed: new Float64Array(n),
    weighted: new Float64Array(n),
    offsets,
    decays: new Float64Array(used),
    weights: new Float64Array(used),
    within90: new Int32Array(n),
    within365: new Int32Array(n),
    within455: new Int32Array(n),
    used,
  };
  for (let e = 0; e < area.length; e++) {
    if (!isUsed(e)) continue;
    const i = area[e]!;
    const days = daysBefore[e]!;
    const at = fill[i]!++;
    const decay = 2 ** (-days / halfLifeDays);
    const weight = severityWeight(severity[e]!) * sourceWeight[e]! * contentWeight[e]! * probability[e]!;
    result.decays[at] = decay;
    result.weights[at] = weight;
    result.decayed[i]! += decay;
    result.weighted[i]! += decay * weight;
    if (probability[e]! < 0.5) continue;
    if (days < 90) result.within90[i]! += 1;
    if (days < 365) result.within365[i]! += 1;
    if (days < 455) result.within455[i]! += 1;
  }
  return result;
}
