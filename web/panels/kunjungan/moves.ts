import type { PlannedRoute } from "../../../api/contract/visitInputs.ts";
import type { VillageWish } from "../../state/visits/planForm.ts";
import { keptOf, lockedOf, movedTo, wishOfOrder } from "../../state/visits/stops.ts";
import { visit } from "../../state/visits/visit.svelte.ts";
import { visitPlan } from "../../state/visits/visitPlan.svelte.ts";

type RouteName = Pick<PlannedRoute, "team" | "day">;

/** Chooses a team's day, or lets it go when it is chosen already. */
export function chooseRoute({ team, day }: RouteName): void {
  const isChosen = visit.team === team && visit.day === day;
  visit.team = isChosen ? null : team;
  visit.day = isChosen ? null : day;
}

/** Wishes of every village with those of one changed; a wish that is undefined is taken back. */
function wishesWith(code: string, change: Partial<Record<keyof VillageWish, string | undefined>>): Record<string, VillageWish> {
  const before = visitPlan.document?.inputs.villages ?? {};
  const wish = Object.fromEntries(Object.entries({ ...before[code], ...change }).filter(([, value]) => value !== undefined));
  const { [code]: _, ...others } = before;
  return Object.keys(wish).length > 0 ? { ...others, [code]: wish } : others;
}

/** Puts a stop on a team's day and locks it there; in its own day the hours bring it before or after its neighbour. */
export async function moveStop(code: string, route: RouteName, position?: number): Promise<void> {
  const routes = visitPlan.document?.routes ?? [];
  const here = visitPlan.stopOf.get(code);
  const target = routes.find(({ team, day }) => team === route.team && day === route.day);
  if (here && target && here.team === route.team && here.day === route.day) {
    const at = target.stops.findIndex((stop) => stop.code === code);
    const wanted = position ?? at;
    if (wanted === at) return;
    // Which of those it passes comes last on its way tells the hour.
    const passed = target.stops.filter((stop) => stop.code !== code)[wanted < at ? wanted : wanted - 1];
    const clock = passed
      ? wishOfOrder(
          { ...target, stops: wanted < at ? [passed, ...target.stops.slice(at)] : [...target.stops.slice(0, at + 1), passed] },
          code,
          wanted < at ? -1 : 1,
        )
      : null;
    if (clock) await setHours(code, clock);
    return;
  }
  await visitPlan.redo({
    kept: movedTo(keptOf(routes), code, route.team, route.day, position),
    locked: [...new Set([...lockedOf(routes), code])],
    ...(visitPlan.document?.inputs.villages[code] ? { villages: wishesWith(code, { opens: undefined, closes: undefined }) } : {}),
  });
  const now = visitPlan.stopOf.get(code);
  if (now && visit.stop === code) {
    visit.team = now.team;
    visit.day = now.day;
  }
}

/** Sets the hours of a stop by hand and locks it to its day; none sets it free of hours. */
export async function setHours(code: string, hours: VillageWish | null): Promise<void> {
  const routes = visitPlan.document?.routes ?? [];
  await visitPlan.redo({
    locked: [...new Set([...lockedOf(routes), code])],
    villages: wishesWith(code, { opens: hours?.opens, closes: hours?.closes }),
  });
}

/** Before the stop that it follows, or after the one that follows it. */
export async function stepInDay(code: string, step: -1 | 1): Promise<void> {
  const route = visitPlan.document?.routes.find(({ stops }) => stops.some((stop) => stop.code === code));
  const hours = route ? wishOfOrder(route, code, step) : null;
  if (hours) await setHours(code, hours);
}

export async function setLocked(code: string, isLocked: boolean): Promise<void> {
  const locked = lockedOf(visitPlan.document?.routes ?? []).filter((one) => one !== code);
  await visitPlan.redo({ locked: isLocked ? [...locked, code] : locked });
}

export async function setMustVisit(code: string, isMust: boolean): Promise<void> {
  const others = (visitPlan.document?.inputs.mustVisit ?? []).filter((one) => one !== code);
  await visitPlan.redo({ mustVisit: isMust ? [...others, code] : others });
}

/** The earliest day of a visit; empty takes the wish back. */
export async function setNotBefore(code: string, day: string): Promise<void> {
  await visitPlan.redo({ villages: wishesWith(code, { notBefore: day || undefined }) });
}
