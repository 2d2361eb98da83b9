import { binomialAtLeast, binomialAtMost } from "../distributions/binomial.ts";
import { roundOf, type Study } from "./study.ts";

/** What one would say from the visited villages alone. */
export interface BeforeAndAfter {
  readonly visits: number;
  readonly before: number;
  readonly after: number;
  /** Share by which incidents changed; NaN with none before. */
  readonly change: number;
  /** Of the two counts being as equal as a coin's, two-sided. */
  readonly p: number;
}

/**
 * Incidents of the visited villages in equal days before and after: the comparison that misleads, shown to be set beside the other.
 * Visits go where it was bad of late, and what was bad by chance gets better by itself. Cost: O(visits).
 */
export function compareBeforeAndAfter(study: Study): BeforeAndAfter {
  const { visits, histories, afterDays, firstDay, endDay } = study;
  let [counted, before, after] = [0, 0, 0];
  visits.day.forEach((day, visit) => {
    if (roundOf(study, day) - afterDays < firstDay || day + afterDays > endDay) return;
    counted++;
    before += histories.count(visits.village[visit]!, day - afterDays, day);
    after += histories.count(visits.village[visit]!, day, day + afterDays);
  });
  const both = before + after;
  const tail = both === 0 ? 1 : Math.min(binomialAtLeast(after, both, 0.5), binomialAtMost(after, both, 0.5));
  return { visits: counted, before, after, change: before > 0 ? after / before - 1 : Number.NaN, p: Math.min(1, 2 * tail) };
}
