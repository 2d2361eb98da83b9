import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { type SurgeModel, weeksForSeason, weeksForTrend } from "./baselineModel.ts";
import { expectedBand, weeksLeftOut, weeksNeeded } from "./expectedBand.ts";

/** One area's weeks against their bands; one entry a week shown, oldest first, NaN and null where the history before it is below a year. */
export interface AreaSurge {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly upper: Float64Array;
  readonly p: Float64Array;
  readonly exceedance: Float64Array;
  readonly dispersion: Float64Array;
  readonly isAlarm: (boolean | null)[];
  readonly model: (SurgeModel | null)[];
}

/** One incident is an incident; a surge has at least two, however quiet the area was. */
const fewestForAlarm = 2;

/**
 * Surges of weekly counts: the last weeks of every area, each against the band that the weeks before it lead one to expect (expectedBand.ts).
 * counts: an array an area, one whole number ≥ 0 a week, oldest first, all of the same length; shown: how many of the last weeks are judged; alpha in (0, 0.5).
 * Refuses `too_little_history` where fewer than 52 weeks are before the last one. Cost: areas × shown × up to five regressions of up to 261 weeks, about 1 ms each.
 */
export function analyseSurge(counts: readonly Float64Array[], shown: number, alpha: number): AreaSurge[] {
  requireInput(alpha > 0 && alpha < 0.5, "alpha", alpha);
  requireInput(Number.isInteger(shown) && shown >= 1, "weeks", shown);
  const weeks = counts[0]?.length ?? 0;
  for (const area of counts) {
    requireInput(area.length === weeks, "counts", area.length);
    requireInput(
      area.every((count) => count >= 0 && Number.isInteger(count)),
      "counts",
      "below zero or not whole",
    );
  }
  if (counts.length > 0 && weeks - 1 < weeksNeeded)
    throw new AnalysisRefusal("too_little_history", { weeks: Math.max(0, weeks - 1), needed: weeksNeeded });
  const first = Math.max(0, weeks - shown);
  return counts.map((area) => {
    const bands = Array.from(area.subarray(first), (_, index) => expectedBand(area, first + index, alpha));
    const series = (name: "expected" | "upper" | "p" | "exceedance" | "dispersion"): Float64Array =>
      Float64Array.from(bands, (band) => (band ? band[name] : Number.NaN));
    return {
      observed: area.slice(first),
      expected: series("expected"),
      upper: series("upper"),
      p: series("p"),
      exceedance: series("exceedance"),
      dispersion: series("dispersion"),
      isAlarm: bands.map((band, index) => band && area[first + index]! > band.upper && area[first + index]! >= fewestForAlarm),
      model: bands.map((band) => band?.model ?? null),
    };
  });
}

/** What the reader must know of bands made from so many weeks: seasons or trends that they cannot hold, and areas with too few incidents for the model that the weeks would allow. */
export function surgeWarnings(weeks: number, models: readonly (SurgeModel | null)[]): AnalysisWarning[] {
  const baselineWeeks = weeks - 1 - weeksLeftOut;
  const allowed = baselineWeeks < weeksForSeason ? "level" : baselineWeeks < weeksForTrend ? "season" : "season and trend";
  const simpler = models.filter((model) => model !== null && model !== allowed).length;
  return [
    ...(allowed === "level" ? [{ code: "no_season", details: { baselineWeeks, needed: weeksForSeason } }] : []),
    ...(allowed === "season" ? [{ code: "no_trend", details: { baselineWeeks, needed: weeksForTrend } }] : []),
    ...(simpler > 0 ? [{ code: "simpler_model", details: { areas: simpler } }] : []),
  ];
}
