import type { PlannedRoute } from "../../../api/contract/visitInputs.ts";
import { clockOf, minuteOfClock } from "./stops.ts";

/** The hours that the days of a plan span, whole hours in minutes since midnight. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A stop on its day's line; minutes since midnight. */
export interface Block {
  readonly code: string;
  readonly number: number;
  readonly arrives: number;
  readonly begins: number;
  readonly ends: number;
}

/** A day of a team as it is drawn. */
export interface DayLine {
  readonly blocks: readonly Block[];
  readonly leaves: number;
  /** When the team is back at its base; null where it never left. */
  readonly returns: number | null;
}

const minuteOf = (moment: string): number => minuteOfClock(clockOf(moment));
const hour = 60;

/** A route as a line of blocks. `leaves` is when its team sets out. */
export function dayLine(route: PlannedRoute, leaves: number): DayLine {
  const blocks = route.stops.map(({ code, arrival, begins, departure }, index) => ({
    code,
    number: index + 1,
    arrives: minuteOf(arrival),
    begins: minuteOf(begins),
    ends: minuteOf(departure),
  }));
  return { blocks, leaves, returns: blocks.length > 0 ? Math.round(leaves + route.minutes) : null };
}

/** The whole hours that hold every line, with room for the words at the end. */
export function spanOf(lines: readonly DayLine[]): Span {
  const from = Math.min(...lines.map(({ leaves }) => leaves), 24 * hour - 1);
  const to = Math.max(...lines.map(({ returns, leaves }) => returns ?? leaves), from + hour);
  return { from: Math.floor(from / hour) * hour, to: Math.ceil((to + 50) / hour) * hour };
}

/** Where a minute lies in the span, in percent. */
export function percentOf(minute: number, { from, to }: Span): number {
  return ((minute - from) / (to - from)) * 100;
}

/** Where a block that is dropped at a minute comes in the order of a day, itself left out. */
export function positionAt({ blocks }: DayLine, code: string, minute: number): number {
  return blocks.filter((block) => block.code !== code && (block.begins + block.ends) / 2 < minute).length;
}
