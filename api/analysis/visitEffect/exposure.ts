import type { Study } from "./study.ts";

/** Days, and incidents on them, that lie within `afterDays` after a visit to the village, of those in `from` ≤ day < `before`. */
export interface Exposed {
  readonly days: number;
  readonly incidents: number;
}

/** What of a village's days lies behind a visit; days behind two visits count once. Cost: O(visits of the village). */
export function exposedIn({ histories, visitDays, afterDays }: Study, village: number, from: number, before: number): Exposed {
  let [days, incidents, until] = [0, 0, from];
  for (const visit of visitDays.daysOf(village)) {
    const begin = Math.max(until, visit);
    const end = Math.min(before, visit + afterDays);
    if (end <= begin) continue;
    days += end - begin;
    incidents += histories.count(village, begin, end);
    until = end;
  }
  return { days, incidents };
}
