import type { HotspotClass } from "../hotspots/classes.ts";
import { benjaminiHochberg } from "../significance/corrections.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { type EmergingClass, emergingClass } from "./emergingClass.ts";
import { mannKendall } from "./mannKendall.ts";
import { senSlope } from "./senSlope.ts";

/** One step's own map, as analyseHotspots gives it for the Gi* of that step alone, and the events that it was made from. */
export interface StepMap {
  readonly z: Float64Array;
  readonly class: readonly (HotspotClass | null)[];
  readonly counts: Float64Array;
}

export interface EmergingHotspots {
  readonly columns: {
    readonly class: (EmergingClass | null)[];
    /** Of the step's z over the steps. */
    readonly mannKendallZ: Float64Array;
    readonly p: Float64Array;
    /** p corrected for the number of areas, Benjamini–Hochberg. */
    readonly q: Float64Array;
    /** Change of z a step, with its interval of 95%. */
    readonly senSlope: Float64Array;
    readonly senLower: Float64Array;
    readonly senUpper: Float64Array;
    /** Steps in which the area was hot, and cold. */
    readonly hotSteps: Float64Array;
    readonly coldSteps: Float64Array;
  };
  readonly summary: {
    readonly steps: number;
    /** Steps in which anything happened, so that Gi* has a z. */
    readonly stepsWithEvents: number;
    readonly events: number;
    /** Of all areas and steps. */
    readonly shareOfZeros: number;
    /** Steps whose whole map would be expected to hold a false hotspot if nothing ever happened but chance: at most alpha each. */
    readonly falseStepsAtMost: number;
  };
  readonly warnings: AnalysisWarning[];
}

/**
 * The fewest steps in which a trend may be seen. A series of seven that never turns has the exact p 2 / 7! = 4e-4, which the correction over 306 villages can only carry to 0.12;
 * with eight it is 5e-5 and passes.
 */
const fewestSteps = 8;
const confidence = 0.95;

/**
 * Emerging hotspots: where hotspots arise, stay and fade, from a Gi* map of every time step and the trend of its z.
 *
 * Why: one map of a whole period calls an old, cooling hotspot and a new one by the same name. In words: each step is judged against the sample in that step alone, its false discovery rate
 * held within the step; the z of each area over the steps goes through the Mann–Kendall test and Sen's slope, its p through Benjamini–Hochberg over the areas; hot and cold steps
 * and the trend together make the class (emergingClass.ts).
 *
 * The correction is by step and not over all steps at once: a step's map is then the one that the same question about those days alone gives, a busy later month does not rewrite what
 * was said of an earlier one, and few findings of a quiet step do not ride on the many of a loud one. Its price: over many steps of mere chance one false hotspot is to be expected in up to
 * alpha of them, so classes that rest on a single step (new) are the least certain; `falseStepsAtMost` says how many.
 *
 * A step without any event has no z: it is no step of the trend, but one in which nothing was hot. An area without a class in the last step (an island, people unknown) has none here.
 * steps: in order of time, all of the same areas. alpha: in (0, 1), for the trends. Refuses `too_few_steps` where fewer than eight have events.
 * Source: Mann 1945, doi:10.2307/1907187; Sen 1968, doi:10.1080/01621459.1968.10480934. Cost: O(areas × steps² log steps).
 * Fails where steps hold too few events: most bins are then 0 and nothing is hot until much is; the warning `sparse_bins` says so.
 */
export function analyseEmergingHotspots(steps: readonly StepMap[], alpha: number): EmergingHotspots {
  requireInput(alpha > 0 && alpha < 1, "alpha", alpha);
  const n = steps[0]?.z.length ?? 0;
  for (const step of steps)
    requireInput(step.z.length === n && step.class.length === n && step.counts.length === n, "steps", step.z.length);
  const eventsOf = steps.map((step) => step.counts.reduce((sum, count) => sum + count, 0));
  const stepsWithEvents = eventsOf.filter((events) => events > 0).length;
  if (stepsWithEvents < fewestSteps)
    throw new AnalysisRefusal("too_few_steps", { steps: steps.length, stepsWithEvents, needed: fewestSteps });

  const none = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const columns = {
    class: new Array<EmergingClass | null>(n).fill(null),
    mannKendallZ: none(),
    p: none(),
    q: none(),
    senSlope: none(),
    senLower: none(),
    senUpper: none(),
    hotSteps: none(),
    coldSteps: none(),
  };
  for (let i = 0; i < n; i++) {
    const series = Float64Array.from(steps, (step) => step.z[i]!);
    const trend = mannKendall(series);
    const sen = senSlope(series, confidence);
    columns.mannKendallZ[i] = trend.z;
    columns.p[i] = trend.p;
    columns.senSlope[i] = sen.slope;
    columns.senLower[i] = sen.lower;
    columns.senUpper[i] = sen.upper;
  }
  columns.q = benjaminiHochberg(columns.p);
  for (let i = 0; i < n; i++) {
    if (steps.at(-1)!.class[i] === null) continue;
    const sides = Int8Array.from(steps, (step) => (step.class[i] === "hot" ? 1 : step.class[i] === "cold" ? -1 : 0));
    columns.class[i] = emergingClass(sides, columns.q[i]! <= alpha ? Math.sign(columns.mannKendallZ[i]!) : 0);
    columns.hotSteps[i] = sides.filter((side) => side > 0).length;
    columns.coldSteps[i] = sides.filter((side) => side < 0).length;
  }

  const events = eventsOf.reduce((sum, count) => sum + count, 0);
  const zeros = steps.reduce((sum, step) => sum + step.counts.filter((count) => count === 0).length, 0);
  const shareOfZeros = zeros / (steps.length * n);
  const warnings: AnalysisWarning[] = [];
  if (shareOfZeros > 0.5) warnings.push({ code: "sparse_bins", details: { shareOfZeros, eventsPerStep: events / steps.length } });
  if (stepsWithEvents < steps.length) warnings.push({ code: "steps_without_events", details: { steps: steps.length - stepsWithEvents } });
  return {
    columns,
    summary: { steps: steps.length, stepsWithEvents, events, shareOfZeros, falseStepsAtMost: alpha * steps.length },
    warnings,
  };
}
