import type { Otherwise } from "../analysis/planning/otherwise.ts";
import { Routes } from "../analysis/planning/routes.ts";
import type { FoundPlan } from "../analysis/planning/searchVisits.ts";
import { formatWhen, startOfDay } from "../contract/time.ts";
import type { PlannedRoute, Reason, VisitPlanInputs } from "../contract/visitInputs.ts";
import type { Frame, Outcome } from "./frame.ts";
import type { VisitData } from "./visitData.ts";
import type { KeptStops, WishedVisits } from "./visitPriorities.ts";
import type { ImpossibleWish, VisitProblem } from "./visitProblem.ts";
import { reasonOf } from "./visitSentences.ts";
import type { VisitPlaces } from "./visitTravel.ts";

/** All that a plan's document is made of. */
export interface PlanMade {
  readonly frame: Frame;
  readonly inputs: VisitPlanInputs;
  readonly data: VisitData;
  readonly places: VisitPlaces;
  readonly asked: VisitProblem;
  readonly kept: KeptStops;
  readonly wishes: WishedVisits;
  readonly plan: FoundPlan;
  readonly bound: { readonly bound: number; readonly method: string };
  readonly other: Otherwise;
  readonly iterations: number;
  readonly streams: number;
}

/** The plan as it travels: routes with times and reasons, columns over the candidates, the matrix used, and what could not be done. */
export function visitDocument(made: PlanMade): Outcome {
  const { inputs, data, places, asked, plan, bound, wishes } = made;
  const routes = plannedRoutes(made);
  const side = places.names.length;
  const stops = routes.flatMap((route) => route.stops);
  const isPlanned = new Set(stops.map(({ code }) => code));
  const upper = Math.max(bound.bound, plan.gain);
  return {
    inputs,
    seed: inputs.seed,
    codes: data.codes,
    columns: {
      gain: data.gain,
      visitMinutes: data.visitMinutes,
      ...data.parts,
      ...(Object.keys(data.parts).length > 0 ? { population: data.population, daysSinceHeard: data.daysSinceHeard } : {}),
      planned: data.codes.map((code) => isPlanned.has(code)),
    },
    members: {
      routes,
      travel: {
        codes: places.names,
        minutes: Array.from({ length: side }, (_, row) =>
          Array.from(places.travelMinutes.subarray(row * side, (row + 1) * side), (minutes) => (Number.isFinite(minutes) ? minutes : null)),
        ),
        madeBy: places.madeBy,
      },
    },
    summary: {
      totalGain: plan.gain,
      bound: upper,
      boundMethod: bound.method,
      gap: upper > 0 ? 1 - plan.gain / upper : 0,
      stops: stops.length,
      explorationStops: stops.filter(({ exploration }) => exploration).length,
      leftOut: leftOut(made),
      impossible: [...asked.impossible, ...unmetWishes(made)],
      travelMadeBy: places.madeBy,
      effort: inputs.effort,
      searches: made.streams,
      iterations: made.iterations,
      ...data.summary,
    },
    warnings: [
      ...data.warnings,
      ...(places.madeBy === "distance" ? [{ code: "travel_estimated", details: inputs.travel }] : []),
      ...(inputs.explorationShare > 0 &&
      wishes.isExploration.length > 0 &&
      Object.keys(data.parts).length > 0 &&
      !wishes.isExploration.includes(1)
        ? [{ code: "no_exploration", details: { explorationShare: inputs.explorationShare } }]
        : []),
    ],
    hashed: [data.gain, data.visitMinutes, places.travelMinutes, data.daysSinceHeard, made.kept.stops, Object.entries(data.followUps)],
  };
}

function plannedRoutes({ frame, data, asked, kept, wishes, plan, other }: PlanMade): PlannedRoute[] {
  const timed = new Routes(asked.problem);
  return asked.routes.map(({ team, day }, route) => {
    const places = plan.routes[route] ?? [];
    for (const place of places) timed.append(route, place);
    const begin = startOfDay(day, frame.timeZone).getTime();
    const moment = (minute: number): string => formatWhen(new Date(begin + Math.round(minute * 60_000)), "moment", frame.timeZone);
    const { travelMinutes, places: side, visitMinutes } = asked.problem;
    let free = asked.problem.startsAtMinute[route]!;
    let before = asked.problem.startPlace[route]!;
    const stops = places.map((place, position) => {
      const arrival = free + travelMinutes[before * side + place]!;
      const begins = timed.earliest[route * timed.width + position]!;
      free = begins + visitMinutes[place]!;
      before = place;
      const instead = other.alternative[place]!;
      return {
        code: data.codes[place]!,
        arrival: moment(arrival),
        begins: moment(begins),
        departure: moment(free),
        gain: asked.problem.gain[place]!,
        reason: reasonOfStop(place, data, kept, wishes),
        alternative: instead < 0 ? null : { code: data.codes[instead]!, gain: asked.problem.gain[instead]! },
        exploration: wishes.isExploration[place] === 1,
        locked: kept.isLocked[place] === 1,
      };
    });
    const minutes =
      stops.length === 0 ? 0 : free + travelMinutes[before * side + asked.problem.endPlace[route]!]! - asked.problem.startsAtMinute[route]!;
    return { team: team.name, day, minutes, stops };
  });
}

function reasonOfStop(place: number, data: VisitData, kept: KeptStops, wishes: WishedVisits): Reason {
  const gain = Number.isNaN(data.gain[place]!) ? "?" : data.gain[place]!;
  if (kept.isLocked[place] === 1) return reasonOf("locked", { gain });
  const wished = wishes.reasons.get(place);
  if (wished) return wished;
  const parts = Object.fromEntries(Object.entries(data.parts).map(([name, values]) => [name, values[place]!]));
  return Object.keys(parts).length > 0 ? reasonOf("gain", { gain, ...parts }) : reasonOf("given_gain", { gain });
}

/** Every candidate that nobody visits, those of most gain first, with what stood in the way. */
function leftOut({ data, other }: PlanMade): { code: string; gain: number | null; reason: Reason }[] {
  const gainOf = (place: number): number | null => (Number.isNaN(data.gain[place]!) ? null : data.gain[place]!);
  const reasonOfPlace = (place: number): Reason => {
    const state = other.state[place]!;
    if (state === "out_of_reach") return reasonOf("out_of_reach");
    if (gainOf(place) === null) return reasonOf("unknown_gain");
    if (state === "fits") return reasonOf("fits");
    const instead = other.inTheWay[place]!;
    return instead < 0
      ? reasonOf("no_time")
      : reasonOf("crowded_out", { instead: data.codes[instead]!, insteadGain: gainOf(instead) ?? "?" });
  };
  return data.codes
    .map((code, place) => ({ code, place }))
    .filter(({ place }) => other.state[place] !== "planned")
    .sort((a, b) => (gainOf(b.place) ?? -1) - (gainOf(a.place) ?? -1) || a.place - b.place)
    .map(({ code, place }) => ({ code, gain: gainOf(place), reason: reasonOfPlace(place) }));
}

/** Must-visits that could each be done and not all together, and kept stops that no longer fit where they were locked. */
function unmetWishes({ inputs, data, asked, kept, plan, other }: PlanMade): ImpossibleWish[] {
  const named = new Set(asked.impossible.map(({ code }) => code));
  const { startsAtMinute, endsAtMinute } = asked.problem;
  const available = Math.round(endsAtMinute.reduce((sum, ends, route) => sum + ends - startsAtMinute[route]!, 0));
  const musts = [...new Set(inputs.mustVisit)]
    .filter((code) => !named.has(code) && other.state[data.codes.indexOf(code)] !== "planned")
    .map((code) => ({ wish: "mustVisit", code, reason: reasonOf("musts_do_not_fit", { available }) }));
  const moved = kept.stops.flatMap((stops, route) =>
    stops
      .filter((place) => kept.isLocked[place] === 1 && !plan.routes[route]?.includes(place))
      .map((place) => ({ code: data.codes[place]!, team: asked.routes[route]!.team.name, day: asked.routes[route]!.day })),
  );
  const lost = kept.lost.filter(({ code }) => inputs.locked.includes(code));
  return [
    ...musts,
    ...[...moved, ...lost].map(({ code, team, day }) => ({
      wish: "locked",
      code,
      reason: reasonOf("kept_stop_does_not_fit", { team, day }),
    })),
  ];
}
