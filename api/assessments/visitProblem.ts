import { directVisit, type RoutingProblem } from "../analysis/planning/routingProblem.ts";
import { addDays } from "../contract/time.ts";
import type { Reason, Team, VillageWish, VisitPlanInputs } from "../contract/visitInputs.ts";
import { problem } from "../problem.ts";
import type { VisitData } from "./visitData.ts";
import { reasonOf } from "./visitSentences.ts";
import type { VisitPlaces } from "./visitTravel.ts";

/** A wish that cannot be met, with why. */
export interface ImpossibleWish {
  readonly wish: string;
  readonly code: string;
  readonly reason: Reason;
}

/** A plan's question as the search takes it. Route r is `routes[r]`: one team on one day. */
export interface VisitProblem {
  readonly problem: RoutingProblem;
  readonly routes: readonly { readonly team: Team; readonly day: string }[];
  readonly impossible: ImpossibleWish[];
}

const mostRoutes = 600;
/** A period without days of its own is planned for at most two months. */
const mostDays = 60;
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Monday to Friday from `from` on, `to` exclusive. */
function workingDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(day);
  }
  return days;
}

/** Teams and days in the order of the inputs; days in order, each once. @throws invalid_input for two teams of one name, or a team without a day. */
function routesOf(inputs: VisitPlanInputs, today: string): { team: Team; day: string }[] {
  const twice = inputs.teams.find((team, index) => inputs.teams.findIndex(({ name }) => name === team.name) < index);
  if (twice) throw problem("invalid_input", { field: "teams.name", value: twice.name, expected: "nama yang berbeda / different names" });
  const from = inputs.from ?? addDays(today, 1);
  const to = inputs.to ?? addDays(from, 7);
  const usual = workingDays(from, [to, addDays(from, mostDays)].sort()[0]!);
  const routes = inputs.teams.flatMap((team) => {
    const days = [...new Set(team.days ?? usual)].filter((day) => (inputs.from ?? day) <= day && day < (inputs.to ?? "9999-12-31")).sort();
    if (days.length === 0)
      throw problem("invalid_input", { field: `teams.${team.name}.days`, value: team.days ?? [from, to], expected: `${from} … ${to}` });
    return days.map((day) => ({ team, day }));
  });
  if (routes.length > mostRoutes)
    throw problem("invalid_input", { field: "teams", value: routes.length, expected: `≤ ${mostRoutes} (tim × hari / teams × days)` });
  return routes;
}

/** Whether a team may visit a village on a day at all, whatever the clock. */
function mayGo(wish: VillageWish | undefined, team: Team, day: string): boolean {
  if (!wish) return true;
  if (wish.skill !== undefined && !team.skills.includes(wish.skill)) return false;
  if (wish.language !== undefined && !team.languages.includes(wish.language)) return false;
  return (wish.notBefore ?? day) <= day && (wish.days?.includes(day) ?? true);
}

/** Puts gains, minutes, hours and wishes together, and names the wishes that no team could meet. */
export function visitProblem(inputs: VisitPlanInputs, data: VisitData, places: VisitPlaces, today: string): VisitProblem {
  const routes = routesOf(inputs, today);
  const teamAt = new Map(inputs.teams.map((team, index) => [team.name, index]));
  const n = data.codes.length;
  const opensAtMinute = new Float64Array(routes.length * n);
  const closesAtMinute = new Float64Array(routes.length * n);
  routes.forEach(({ team, day }, route) => {
    data.codes.forEach((code, place) => {
      const wish = inputs.villages[code];
      const isOpen = mayGo(wish, team, day);
      opensAtMinute[route * n + place] = isOpen ? minuteOf(wish?.opens ?? "00:00") : 1;
      closesAtMinute[route * n + place] = isOpen ? (wish?.closes ? minuteOf(wish.closes) : 1e9) : 0;
    });
  });
  const startsAtMinute = Float64Array.from(routes, ({ team }) => minuteOf(team.startsAt));
  const problemOfRoutes: RoutingProblem = {
    n,
    places: places.names.length,
    travelMinutes: places.travelMinutes,
    gain: data.gain.map((gain) => (Number.isNaN(gain) ? 0 : gain)),
    visitMinutes: data.visitMinutes,
    startPlace: Int32Array.from(routes, ({ team }) => places.startOf[teamAt.get(team.name)!]!),
    endPlace: Int32Array.from(routes, ({ team }) => places.endOf[teamAt.get(team.name)!]!),
    startsAtMinute,
    endsAtMinute: startsAtMinute.map((starts, route) => starts + routes[route]!.team.hoursPerDay * 60),
    opensAtMinute,
    closesAtMinute,
  };
  return { problem: problemOfRoutes, routes, impossible: impossibleWishes(inputs, data, routes, problemOfRoutes) };
}

function impossibleWishes(
  inputs: VisitPlanInputs,
  data: VisitData,
  routes: VisitProblem["routes"],
  routing: RoutingProblem,
): ImpossibleWish[] {
  const placeOf = new Map(data.codes.map((code, place) => [code, place]));
  const wished = [
    ...inputs.mustVisit.map((code) => ({ wish: "mustVisit", code })),
    ...Object.keys(inputs.villages)
      .filter((code) => !inputs.mustVisit.includes(code))
      .map((code) => ({ wish: "villages", code })),
  ];
  return wished.flatMap(({ wish, code }) => {
    const place = placeOf.get(code);
    const reason = place === undefined ? reasonOf("not_a_candidate") : whyNot(inputs.villages[code], place, routes, routing);
    return reason ? [{ wish, code, reason }] : [];
  });
}

/** Why no route can visit a place, or null when one can. */
function whyNot(wish: VillageWish | undefined, place: number, routes: VisitProblem["routes"], routing: RoutingProblem): Reason | null {
  if (routes.some((_, route) => !Number.isNaN(directVisit(routing, route, place)))) return null;
  if (!wish) return reasonOf("out_of_reach");
  const { skill, language, notBefore } = wish;
  const teams = [...new Set(routes.map(({ team }) => team))];
  const hasSkill = (team: Team): boolean => skill === undefined || team.skills.includes(skill);
  const speaks = (team: Team): boolean => language === undefined || team.languages.includes(language);
  if (!teams.some(hasSkill)) return reasonOf("skill_nobody_has", { skill });
  if (!teams.some(speaks)) return reasonOf("language_nobody_speaks", { language });
  const fitting = routes.filter(({ team }) => hasSkill(team) && speaks(team));
  if (fitting.length === 0) return reasonOf("no_team_has_both", { skill, language });
  const last = fitting
    .map(({ day }) => day)
    .sort()
    .at(-1);
  if (notBefore !== undefined && last !== undefined && notBefore > last) return reasonOf("not_before_too_late", { notBefore, last });
  if (!fitting.some(({ team, day }) => mayGo(wish, team, day))) return reasonOf("no_team_that_day", { days: wish.days ?? [] });
  if (wish.opens === undefined && wish.closes === undefined) return reasonOf("out_of_reach");
  return reasonOf("window_closed", { opens: wish.opens ?? "00:00", closes: wish.closes ?? "24:00" });
}
