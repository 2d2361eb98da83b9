import type { Chains } from "./chains.ts";
import { connectedAreas } from "./connected.ts";
import type { Found } from "./judge.ts";
import type { ScanPlan } from "./plan.ts";
import { arcMetres, chordMetres, unitVectors } from "./sphere.ts";

/** A window as places and times. */
export interface ZoneWindow {
  /** Indices in the input, in the order in which they entered the zone; the first is the centre. */
  readonly areas: Int32Array;
  /** The same as members of the plan. */
  readonly members: Int32Array;
  readonly fromStep: number;
  readonly toStep: number;
  /** Days from the start of the period; `toDay` is the first day after the window. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly observed: number;
  readonly expected: number;
  /** From the centre to the farthest area's point, along the surface. */
  readonly radiusMetres: number;
}

/** Members of a zone as a search names it, in the order in which they entered. */
export function zoneMembers(zones: ScanPlan["zones"], zone: number): Int32Array {
  return zones.kind === "chains" ? chainAreas(zones, zone) : connectedAreas(zones, zone);
}

/** Spells out what a search found. */
export function windowOf(plan: ScanPlan, found: Found): ZoneWindow {
  const members = zoneMembers(plan.zones, found.zone);
  const vectors = unitVectors(
    Float64Array.from(members, (member) => plan.longitude[member]!),
    Float64Array.from(members, (member) => plan.latitude[member]!),
  );
  const farthest = members.reduce((most, _, i) => Math.max(most, chordMetres(vectors, 0, i)), 0);
  const { fromStep, toStep, observed, expected } = found;
  return {
    areas: members.map((member) => plan.members[member]!),
    members,
    fromStep,
    toStep,
    fromDay: plan.startDay[fromStep]!,
    toDay: plan.startDay[toStep]!,
    observed,
    expected,
    radiusMetres: arcMetres(farthest),
  };
}

/** Of windows that are equally strong the shortest, then the one of fewest areas, the earliest, the narrowest, and the westernmost: never by label. */
export function pickWindow(plan: ScanPlan, windows: readonly Found[]): ZoneWindow {
  const order = (one: ZoneWindow, other: ZoneWindow): number =>
    one.toStep - one.fromStep - (other.toStep - other.fromStep) ||
    one.areas.length - other.areas.length ||
    one.fromStep - other.fromStep ||
    Math.round(1000 * (one.radiusMetres - other.radiusMetres)) ||
    plan.longitude[one.members[0]!]! - plan.longitude[other.members[0]!]! ||
    plan.latitude[one.members[0]!]! - plan.latitude[other.members[0]!]!;
  return windows.map((found) => windowOf(plan, found)).reduce((best, window) => (order(window, best) < 0 ? window : best));
}

/** Areas of the zone that ends at a place in the chains, centre first. */
function chainAreas(chains: Chains, end: number): Int32Array {
  let low = 0;
  let high = chains.offsets.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (chains.offsets[middle]! <= end) low = middle;
    else high = middle;
  }
  return Int32Array.from(chains.areas.subarray(chains.offsets[low], end + 1));
}
