import { addDays, daysBetween } from "../format/day.ts";
import { addSteps, type DayRange, earlierDay, laterDay, type Step } from "./timeScale.ts";

/** The range moved to begin on a day, as long as before, held inside of the time line; the whole line where the range is longer. */
export function placedAt(from: string, range: DayRange, extent: DayRange): DayRange {
  const days = Math.min(daysBetween(range.from, range.to), daysBetween(extent.from, extent.to));
  const start = laterDay(extent.from, earlierDay(from, addDays(extent.to, -days)));
  return { from: start, to: addDays(start, days) };
}

/** The range moved by whole steps; at the ends of the time line it stops, with its length kept. */
export function movedBySteps(range: DayRange, step: Step, times: number, extent: DayRange): DayRange {
  const from = addSteps(range.from, step, times);
  const to = addSteps(range.to, step, times);
  return from < extent.from || to > extent.to ? placedAt(from, range, extent) : { from, to };
}

/** Every place where an edge of the range may stand: the step starts and the two ends of the time line, ascending. */
export function edgesOf(steps: readonly string[], extent: DayRange): string[] {
  return [extent.from, ...steps.filter((day) => day > extent.from && day < extent.to), extent.to];
}

/** The edge of steps nearest to a day, the earlier of two equally near. Cost: linear in the steps. */
export function nearestEdge(day: string, edges: readonly string[]): string {
  let nearest = day;
  let least = Number.POSITIVE_INFINITY;
  for (const edge of edges) {
    const distance = Math.abs(daysBetween(edge, day));
    if (distance < least) {
      least = distance;
      nearest = edge;
    }
  }
  return nearest;
}

/** The edge of steps `times` after a day (before, when negative), held at the ends. */
export function edgeAfter(day: string, times: number, edges: readonly string[]): string {
  const after = times > 0 ? edges.findIndex((edge) => edge > day) : edges.findLastIndex((edge) => edge < day);
  if (after < 0) return day;
  const index = after + (times > 0 ? times - 1 : times + 1);
  return edges[Math.max(0, Math.min(edges.length - 1, index))] ?? day;
}

/** The range with one of its ends set to an edge; a range never shrinks below the step that touches its other end. */
export function resized(range: DayRange, end: "from" | "to", day: string, edges: readonly string[]): DayRange {
  if (end === "from") return { from: earlierDay(day, edgeAfter(range.to, -1, edges)), to: range.to };
  return { from: range.from, to: laterDay(day, edgeAfter(range.from, 1, edges)) };
}
