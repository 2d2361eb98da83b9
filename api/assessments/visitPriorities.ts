import { leastKnown } from "../analysis/planning/exploration.ts";
import { directVisit, routesOf } from "../analysis/planning/routingProblem.ts";
import type { VisitSearch } from "../analysis/planning/searchVisits.ts";
import { daysBetween } from "../contract/time.ts";
import type { Reason, VisitPlanInputs } from "../contract/visitInputs.ts";
import { problem } from "../problem.ts";
import type { Frame } from "./frame.ts";
import type { VisitData } from "./visitData.ts";
import type { VisitProblem } from "./visitProblem.ts";
import { reasonOf } from "./visitSentences.ts";

/** Stops of an earlier plan by route, and which of them stay. */
export interface KeptStops {
  readonly stops: number[][];
  readonly isLocked: Uint8Array;
  /** Kept stops whose team and day are not in this plan any more, or that are no candidates. */
  readonly lost: readonly { readonly code: string; readonly team: string; readonly day: string }[];
}

/** The plan to go on from: `keep`, else the routes of the earlier plan that is done again. @throws invalid_input for a locked stop that nothing keeps. */
export function keptStops(inputs: VisitPlanInputs, data: VisitData, { routes }: VisitProblem): KeptStops {
  const earlier = data.earlier?.routes?.map(({ team, day, stops }) => ({ team, day, stops: stops.map(({ code }) => code) }));
  const keep = inputs.keep.length > 0 ? inputs.keep : (earlier ?? []);
  const placeOf = new Map(data.codes.map((code, place) => [code, place]));
  const stops: number[][] = routes.map(() => []);
  const lost: { code: string; team: string; day: string }[] = [];
  for (const { team, day, stops: codes } of keep) {
    const route = routes.findIndex((one) => one.team.name === team && one.day === day);
    for (const code of codes) {
      const place = placeOf.get(code);
      if (route < 0 || place === undefined) lost.push({ code, team, day });
      else stops[route]?.push(place);
    }
  }
  const kept = new Set(stops.flat());
  const isLocked = new Uint8Array(data.codes.length);
  for (const code of inputs.locked) {
    const place = placeOf.get(code);
    if (place !== undefined && kept.has(place)) isLocked[place] = 1;
    else if (!lost.some((stop) => stop.code === code))
      throw problem("invalid_input", { field: "locked", value: code, expected: "keep | redo" });
  }
  return { stops, isLocked, lost };
}

/** Visits that are wished whatever they gain. */
export interface WishedVisits {
  readonly priority: Float64Array;
  /** Why each is wished, by place. */
  readonly reasons: ReadonlyMap<number, Reason>;
  readonly isExploration: Uint8Array;
}

/** A stop displaces at most the stops of one route-day; these are more than a day can hold at the greatest gain. */
const mustWorth = 1000;
const wishWorth = 50;

/** Must-visits, then the least known villages and the kecamatan that waited too long, each with a worth that no gain of others outweighs. */
export async function wishedVisits(
  frame: Frame,
  inputs: VisitPlanInputs,
  data: VisitData,
  asked: VisitProblem,
  search: Omit<VisitSearch, "priority" | "stream" | "iterations">,
  isPlainSearch: boolean,
): Promise<WishedVisits> {
  const { n } = asked.problem;
  const unit = asked.problem.gain.reduce((most, gain) => Math.max(most, gain), 0) || 1;
  const priority = new Float64Array(n);
  const reasons = new Map<number, Reason>();
  const isExploration = new Uint8Array(n);
  const placeOf = new Map(data.codes.map((code, place) => [code, place]));
  const gainOf = (place: number): number | null => (Number.isNaN(data.gain[place]!) ? null : data.gain[place]!);
  for (const code of inputs.mustVisit) {
    const place = placeOf.get(code);
    if (place === undefined) continue;
    priority[place] = mustWorth * unit;
    reasons.set(place, reasonOf("must_visit", { gain: gainOf(place) ?? "?" }));
  }
  if (isPlainSearch) return { priority, reasons, isExploration };
  for (const { place, dueOn } of dueFollowUps(data, asked, priority)) {
    priority[place] = wishWorth * unit;
    reasons.set(place, reasonOf("follow_up_due", { dueOn, gain: gainOf(place) ?? "?" }));
  }
  const isReachable = Uint8Array.from({ length: n }, (_, place) =>
    priority[place] === 0 &&
    Array.from({ length: routesOf(asked.problem) }, (__, route) => route).some(
      (route) => !Number.isNaN(directVisit(asked.problem, route, place)),
    )
      ? 1
      : 0,
  );
  const districts = [...new Set(data.codes.map((code) => code.slice(0, 8)))];
  const district = Int32Array.from(data.codes, (code) => districts.indexOf(code.slice(0, 8)));
  if (inputs.explorationShare > 0) {
    const first = await frame.pool.run("searchVisits", [{ ...search, priority, stream: 0, iterations: 0 }], frame.signal);
    const count = Math.round(inputs.explorationShare * first.routes.flat().length);
    for (const place of leastKnown({ daysSinceHeard: data.daysSinceHeard, population: data.population, district, isReachable, count })) {
      const days = data.daysSinceHeard[place]!;
      priority[place] = wishWorth * unit;
      isExploration[place] = 1;
      reasons.set(
        place,
        reasonOf("exploration", {
          days: Number.isNaN(days) ? null : days,
          silence: Number.isNaN(days) ? "belum pernah ada laporan dari desa ini" : `${days} hari tanpa laporan`,
          silence_en: Number.isNaN(days) ? "nothing was ever reported from this village" : `${days} days without a report`,
          gain: gainOf(place) ?? "?",
        }),
      );
    }
  }
  for (const { place, reason } of waitingDistricts(inputs, data, asked, isReachable, priority)) {
    priority[place] = wishWorth * unit;
    reasons.set(place, reason);
  }
  return { priority, reasons, isExploration };
}

const lastDay = ({ routes }: VisitProblem): string =>
  routes
    .map(({ day }) => day)
    .sort()
    .at(-1) ?? "";

/** Villages where something that was agreed, or a review, is due by the end of the plan. */
function dueFollowUps(data: VisitData, asked: VisitProblem, priority: Float64Array): { place: number; dueOn: string }[] {
  const last = lastDay(asked);
  return data.codes.flatMap((code, place) => {
    const dueOn = data.followUps[code];
    return dueOn !== undefined && dueOn <= last && priority[place] === 0 ? [{ place, dueOn }] : [];
  });
}

/** The best village of each kecamatan that was visited once and not for longer than the limit by the end of the plan. */
function waitingDistricts(
  inputs: VisitPlanInputs,
  data: VisitData,
  { routes }: VisitProblem,
  isReachable: Uint8Array,
  priority: Float64Array,
) {
  const limit = inputs.districtLimitDays;
  const last = routes
    .map(({ day }) => day)
    .sort()
    .at(-1);
  if (limit === undefined || last === undefined) return [];
  const lastVisit = new Map<string, string>();
  for (const [code, day] of Object.entries(data.lastVisited)) {
    const district = code.slice(0, 8);
    if (day > (lastVisit.get(district) ?? "")) lastVisit.set(district, day);
  }
  return [...lastVisit].flatMap(([district, day]) => {
    const days = daysBetween(day, last);
    const own = data.codes.flatMap((code, place) => (code.startsWith(`${district}.`) ? [place] : []));
    if (days <= limit || own.some((place) => priority[place]! > 0)) return [];
    const gain = (place: number): number => (Number.isNaN(data.gain[place]!) ? 0 : data.gain[place]!);
    const best = own.filter((place) => isReachable[place] === 1).sort((a, b) => gain(b) - gain(a) || a - b)[0];
    return best === undefined ? [] : [{ place: best, reason: reasonOf("fairness", { district, days, limit }) }];
  });
}
