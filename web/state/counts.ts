import { daysBetween } from "../format/day.ts";
import type { Step } from "./view.ts";

/** Events by village and day, sparse: entry i is `count[i]` events in village `area[i]`, `day[i]` days after `from`. */
export interface DailyCounts {
  readonly from: string;
  readonly to: string;
  readonly area: Int32Array;
  readonly day: Int32Array;
  readonly count: Float64Array;
}

/** Events of each of `n` villages in a half-open period. O(entries); asks nothing of the service, so a slider may call it on every move. */
export function countByArea(
  counts: DailyCounts,
  n: number,
  from: string,
  to: string,
  sums: Float64Array = new Float64Array(n),
): Float64Array {
  sums.fill(0);
  const first = daysBetween(counts.from, from);
  const end = daysBetween(counts.from, to);
  for (let i = 0; i < counts.area.length; i += 1) {
    const day = counts.day[i] as number;
    const area = counts.area[i] as number;
    if (day >= first && day < end && area >= 0 && area < n) sums[area] = (sums[area] as number) + (counts.count[i] as number);
  }
  return sums;
}

/** The first day of the step that a day is in. Weeks begin on Monday; a B-period is four months from January, May, September. */
export function stepStart(day: string, step: Step): string {
  if (step === "day") return day;
  if (step === "week") {
    const sinceMonday = ((daysBetween("1970-01-05", day) % 7) + 7) % 7;
    return new Date(Date.parse(`${day}T00:00:00Z`) - sinceMonday * 86_400_000).toISOString().slice(0, 10);
  }
  const month = Number(day.slice(5, 7));
  const first = step === "month" ? month : Math.floor((month - 1) / 4) * 4 + 1;
  return `${day.slice(0, 4)}-${String(first).padStart(2, "0")}-01`;
}

/** The starts of all steps that the counts cover, and the events of each. */
export function countByStep(counts: DailyCounts, step: Step): { readonly steps: string[]; readonly counts: number[] } {
  const days = daysBetween(counts.from, counts.to);
  const stepOfDay = new Int32Array(days);
  const steps: string[] = [];
  for (let day = 0; day < days; day += 1) {
    const start = stepStart(new Date(Date.parse(`${counts.from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10), step);
    if (steps.at(-1) !== start) steps.push(start);
    stepOfDay[day] = steps.length - 1;
  }
  const sums = new Array<number>(steps.length).fill(0);
  for (let i = 0; i < counts.day.length; i += 1) {
    const at = stepOfDay[counts.day[i] as number];
    if (at !== undefined) sums[at] = (sums[at] as number) + (counts.count[i] as number);
  }
  return { steps, counts: sums };
}
