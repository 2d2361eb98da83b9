import { requireInput } from "../significance/refusal.ts";

/** The period cut into steps, and which runs of steps are windows. */
export interface Steps {
  /** Day on which each step starts, counted from the start of the period; one more for the end. */
  readonly startDay: Int32Array;
  /** First step after the longest window that starts at each step. */
  readonly longestEnd: Int32Array;
}

/**
 * Steps of `stepDays` counted back from the end of the period, so that the newest step is whole and the first may be short: 730 days in steps of 14 are 53.
 * Windows are runs of whole steps that last at most `maxDays`. Throws the refusal `wrong_input` where not even one step is that short.
 */
export function stepsOf(days: number, stepDays: number, maxDays: number): Steps {
  requireInput(Number.isInteger(days) && days >= 1, "days", days);
  requireInput(Number.isInteger(stepDays) && stepDays >= 1, "stepDays", stepDays);
  requireInput(maxDays >= Math.min(stepDays, days), "maxDays", maxDays);
  const count = Math.ceil(days / stepDays);
  const startDay = new Int32Array(count + 1);
  for (let step = 1; step <= count; step++) startDay[step] = days - (count - step) * stepDays;
  const longestEnd = new Int32Array(count);
  let end = 0;
  for (let step = 0; step < count; step++) {
    while (end < count && startDay[end + 1]! - startDay[step]! <= maxDays) end++;
    longestEnd[step] = end;
  }
  return { startDay, longestEnd };
}

/** The step of each day of the period. */
export function stepOfDays(steps: Steps): Int32Array {
  const { startDay } = steps;
  const stepOfDay = new Int32Array(startDay[startDay.length - 1]!);
  for (let step = 0; step + 1 < startDay.length; step++) stepOfDay.fill(step, startDay[step]!, startDay[step + 1]!);
  return stepOfDay;
}
