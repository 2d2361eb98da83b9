import type { Weights } from "../neighbours/weights.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { Chains } from "./chains.ts";
import { circularZones } from "./circles.ts";
import { adjacencyAmong, type ConnectedZones, connectedZones } from "./connected.ts";
import { stepOfDays, stepsOf } from "./steps.ts";

export type ScanModel = "poisson" | "permutation";

export interface ScanInput {
  /** Label points of the areas in degrees. */
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
  /** People, NaN where unknown; the permutation model does not look at it. */
  readonly population: Float64Array;
  /** One entry an event: its area, and its day counted from the start of the period. */
  readonly eventArea: Int32Array;
  readonly eventDay: Int32Array;
  /** Days of the period. */
  readonly days: number;
  readonly model: ScanModel;
  /** False looks at the whole period at once. */
  readonly temporal: boolean;
  readonly stepDays: number;
  /** The most days that a window may last; half the period when absent. */
  readonly maxDays?: number | undefined;
  /** Share of the people (permutation model: of the events) that a zone may hold, above 0 and at most 0.5. */
  readonly maxPopulation: number;
  readonly minimumCases: number;
  readonly zones: "circular" | "adjacency";
  /** Who touches whom, for zones "adjacency". */
  readonly adjacency?: Weights | undefined;
  /** Zones "adjacency": how many areas nearest to its seed, the seed included, a zone is made of. */
  readonly maxAreas?: number | undefined;
  /** Only windows that last until the end of the period. */
  readonly prospective: boolean;
}

/** All that a scan needs, made once and read by every thread. Areas in it are numbered anew: `members` are those that take part. */
export interface ScanPlan {
  readonly model: ScanModel;
  readonly isProspective: boolean;
  readonly minimumCases: number;
  /** Index in the input of each area that takes part. */
  readonly members: Int32Array;
  /** Indices of areas whose people are unknown or none, and the events there. */
  readonly withoutPopulation: Int32Array;
  readonly eventsWithout: number;
  /** Events that take part. */
  readonly cases: number;
  /** Member and step of each event, as observed. */
  readonly eventArea: Int32Array;
  readonly eventStep: Int32Array;
  /** Expected events of each member over the whole period. */
  readonly expected: Float64Array;
  /** Share of expected events in each step; sums to 1. */
  readonly stepShare: Float64Array;
  /** Steps begin on these days, counted from the start of the period; one more for the end. */
  readonly startDay: Int32Array;
  readonly longestEnd: Int32Array;
  readonly zones: Chains | ConnectedZones;
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
}

/** How many standard deviations of events the zones of one rung may differ by: the smaller, the fewer are looked at in vain, and the more rungs there are. */
const rungWidthInTime = 1.6;
const rungWidthOfTotals = 0.7;

/** Checks a question and prepares its zones and steps. See scan.ts. */
export function planScan(input: ScanInput): ScanPlan {
  checkInput(input);
  const { model, temporal, days, maxPopulation, prospective } = input;
  const n = input.longitude.length;
  const place = new Int32Array(n).fill(-1);
  const taking: number[] = [];
  const without: number[] = [];
  for (let i = 0; i < n; i++) {
    if (model === "permutation" || input.population[i]! > 0) place[i] = taking.push(i) - 1;
    else without.push(i);
  }
  if (taking.length < 3) throw new AnalysisRefusal("too_few_areas", { areas: taking.length, needed: 3 });
  const members = Int32Array.from(taking);

  const steps = temporal
    ? stepsOf(days, input.stepDays, input.maxDays ?? Math.floor(days / 2))
    : { startDay: Int32Array.of(0, days), longestEnd: Int32Array.of(1) };
  const stepOfDay = stepOfDays(steps);
  const count = steps.longestEnd.length;
  if (model === "permutation" && count < 2) throw new AnalysisRefusal("scan_too_few_steps", { steps: count, needed: 2 });
  const eventArea: number[] = [];
  const eventStep: number[] = [];
  for (let e = 0; e < input.eventArea.length; e++) {
    const member = place[input.eventArea[e]!]!;
    if (member < 0) continue;
    eventArea.push(member);
    eventStep.push(stepOfDay[input.eventDay[e]!]!);
  }
  const cases = eventArea.length;
  if (cases === 0) throw new AnalysisRefusal("no_events", { events: input.eventArea.length });
  if (cases < 2 * input.minimumCases) throw new AnalysisRefusal("scan_too_few_events", { events: cases, needed: 2 * input.minimumCases });

  const weight = new Float64Array(members.length);
  const stepShare = new Float64Array(count);
  if (model === "permutation") {
    for (const member of eventArea) weight[member]! += 1;
    for (const step of eventStep) stepShare[step]! += 1;
  } else {
    members.forEach((i, member) => {
      weight[member] = input.population[i]!;
    });
    for (let step = 0; step < count; step++) stepShare[step] = steps.startDay[step + 1]! - steps.startDay[step]!;
  }
  const total = sumOf(weight);
  const whole = sumOf(stepShare);
  const expected = weight.map((value) => (value * cases) / total);
  const longitude = Float64Array.from(members, (i) => input.longitude[i]!);
  const latitude = Float64Array.from(members, (i) => input.latitude[i]!);
  const zones =
    input.zones === "circular"
      ? circularZones(longitude, latitude, expected, maxPopulation * cases, count === 1 ? rungWidthOfTotals : rungWidthInTime)
      : connectedZones(
          longitude,
          latitude,
          expected,
          maxPopulation * cases,
          adjacencyAmong(input.adjacency!, members),
          input.maxAreas ?? 10,
        );
  if (zones.zones === 0) throw new AnalysisRefusal("no_zones", { areas: members.length, maxPopulation });
  return {
    model,
    isProspective: prospective,
    minimumCases: input.minimumCases,
    members,
    withoutPopulation: Int32Array.from(without),
    eventsWithout: input.eventArea.length - cases,
    cases,
    eventArea: Int32Array.from(eventArea),
    eventStep: Int32Array.from(eventStep),
    expected,
    stepShare: stepShare.map((value) => value / whole),
    ...steps,
    zones,
    longitude,
    latitude,
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function checkInput(input: ScanInput): void {
  const n = input.longitude.length;
  requireInput(input.latitude.length === n, "latitude", input.latitude.length);
  requireInput(input.population.length === n, "population", input.population.length);
  requireInput(input.eventDay.length === input.eventArea.length, "eventDay", input.eventDay.length);
  requireInput(input.maxPopulation > 0 && input.maxPopulation <= 0.5, "maxPopulation", input.maxPopulation);
  requireInput(Number.isInteger(input.minimumCases) && input.minimumCases >= 1, "minimumCases", input.minimumCases);
  requireInput(input.zones === "circular" || input.adjacency?.n === n, "adjacency", input.adjacency?.n);
  for (const area of input.eventArea) requireInput(area >= 0 && area < n, "eventArea", area);
  for (const day of input.eventDay) requireInput(day >= 0 && day < input.days, "eventDay", day);
}
