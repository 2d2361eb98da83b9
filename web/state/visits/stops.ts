import type { PlannedRoute } from "../../../api/contract/visitInputs.ts";
import type { VillageWish } from "./planForm.ts";

export type PlannedStop = PlannedRoute["stops"][number];

/** A stop with where it stands in the plan. */
export interface PlacedStop extends PlannedStop {
  readonly team: string;
  readonly teamIndex: number;
  readonly day: string;
  readonly dayIndex: number;
  /** From 1, in the order of the day. */
  readonly number: number;
}

export interface Kept {
  readonly team: string;
  readonly day: string;
  readonly stops: readonly string[];
}

/** Teams and days of a plan, in its order. */
export function teamsOf(routes: readonly PlannedRoute[]): string[] {
  return [...new Set(routes.map(({ team }) => team))];
}
export function daysOf(routes: readonly PlannedRoute[]): string[] {
  return [...new Set(routes.map(({ day }) => day))].sort();
}

/** Every stop of a plan with its team, day and number. */
export function placedStops(routes: readonly PlannedRoute[]): PlacedStop[] {
  const teams = teamsOf(routes);
  const days = daysOf(routes);
  return routes.flatMap(({ team, day, stops }) =>
    stops.map((stop, index) => ({
      ...stop,
      team,
      teamIndex: teams.indexOf(team),
      day,
      dayIndex: days.indexOf(day),
      number: index + 1,
    })),
  );
}

/** The plan as it stands, to go on from. */
export function keptOf(routes: readonly PlannedRoute[]): Kept[] {
  return routes.map(({ team, day, stops }) => ({ team, day, stops: stops.map(({ code }) => code) }));
}

export function lockedOf(routes: readonly PlannedRoute[]): string[] {
  return routes.flatMap(({ stops }) => stops.filter(({ locked }) => locked).map(({ code }) => code));
}

/** The plan with one stop on another team or day, at the end where no place is given; a stop that is in no route yet is put in. */
export function movedTo(kept: readonly Kept[], code: string, team: string, day: string, position?: number): Kept[] {
  return kept.map((route) => {
    const stops = route.stops.filter((stop) => stop !== code);
    if (route.team !== team || route.day !== day) return { ...route, stops };
    const at = Math.max(0, Math.min(stops.length, position ?? stops.length));
    return { ...route, stops: [...stops.slice(0, at), code, ...stops.slice(at)] };
  });
}

/** The route above (-1) or below (1) that of a stop, as the days are listed; null at the ends. */
export function neighbourRoute(routes: readonly PlannedRoute[], code: string, step: -1 | 1): PlannedRoute | null {
  const at = routes.findIndex(({ stops }) => stops.some((stop) => stop.code === code));
  return at < 0 ? null : (routes[at + step] ?? null);
}

const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Jakarta", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
/** A moment's time of day in the office, `08:19`. */
export const clockOf = (moment: string): string => clock.format(new Date(moment));
/** Minutes since midnight of a time of day. */
export const minuteOfClock = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The hours that put a stop before the one it follows, or after the one that follows it; null where there is none. */
export function wishOfOrder(route: PlannedRoute, code: string, step: -1 | 1): VillageWish | null {
  const at = route.stops.findIndex((stop) => stop.code === code);
  const other = at < 0 ? undefined : route.stops[at + step];
  if (!other) return null;
  return step < 0 ? { closes: clockOf(other.begins) } : { opens: clockOf(other.begins) };
}

/** What else would have been visited instead of a stop: those left out because of it. */
export function displacedBy<Row extends { readonly reason: { readonly [name: string]: unknown } }>(
  leftOut: readonly Row[],
  code: string,
): Row[] {
  return leftOut.filter(({ reason }) => reason.instead === code);
}
