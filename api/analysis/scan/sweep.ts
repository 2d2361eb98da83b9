import type { Chains } from "./chains.ts";
import type { Judge } from "./judge.ts";

/** The events of one data set by area: those of area i happened in steps[starts[i]] to steps[starts[i + 1]]. */
export interface EventsByArea {
  readonly starts: Int32Array;
  readonly steps: Uint16Array;
}

/** Sorts events by area into the arrays given, which are long enough. */
export function eventsByArea(areas: Int32Array, steps: Int32Array, into: EventsByArea): void {
  const { starts } = into;
  const n = starts.length - 1;
  starts.fill(0);
  for (let e = 0; e < areas.length; e++) starts[areas[e]!]! += 1;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    sum += starts[i]!;
    starts[i] = sum;
  }
  for (let e = areas.length - 1; e >= 0; e--) into.steps[--starts[areas[e]!]!] = steps[e]!;
}

/**
 * Looks through all zones of the chains `from` to `to` (exclusive) for the strongest window, skipping whole rungs that cannot hold it.
 * expected: of each area over the whole period. isBlocked: a mark for each area and step (area × steps + step) that no window may hold, or null.
 * A zone is told to the judge as its last place in the chains.
 */
export function sweepChains(
  chains: Chains,
  expected: Float64Array,
  events: EventsByArea,
  judge: Judge,
  isBlocked: Uint8Array | null,
  from: number,
  to: number,
): void {
  const { offsets, areas, closes, rungOffsets, rungEnds, rungWeights } = chains;
  const { starts, steps } = events;
  const { row, unit, blocked } = judge;
  const count = row.length;
  let total = 0;
  const block = (area: number, sign: number): void => {
    if (isBlocked) for (let step = 0; step < count; step++) blocked[step]! += sign * isBlocked[area * count + step]!;
  };
  for (let centre = from; centre < to; centre++) {
    row.fill(0);
    blocked.fill(0);
    total = 0;
    let sum = 0;
    let k = offsets[centre]!;
    for (let rung = rungOffsets[centre]!; rung < rungOffsets[centre + 1]!; rung++) {
      if (count === 1 && blocked[0]! > 0) break;
      const start = k;
      const end = rungEnds[rung]!;
      for (; k < end; k++) {
        total += enter(row, starts, steps, areas[k]!, unit);
        if (isBlocked) block(areas[k]!, 1);
      }
      if (!judge.mayContain(rungWeights[rung]!, total)) {
        for (let back = start; back < end; back++) sum += expected[areas[back]!]!;
        continue;
      }
      for (let back = end - 1; back >= start; back--) {
        total += enter(row, starts, steps, areas[back]!, -unit);
        if (isBlocked) block(areas[back]!, -1);
      }
      for (k = start; k < end; k++) {
        total += enter(row, starts, steps, areas[k]!, unit);
        if (isBlocked) block(areas[k]!, 1);
        sum += expected[areas[k]!]!;
        if (closes[k] === 1 && judge.mayContain(sum, total)) judge.look(sum, k);
      }
    }
  }
}

/** Adds the events of an area to the row, each as `unit`; gives back how many units came in. */
export function enter(row: Int32Array, starts: Int32Array, steps: Uint16Array, area: number, unit: number): number {
  const from = starts[area]!;
  const to = starts[area + 1]!;
  for (let e = from; e < to; e++) {
    const step = steps[e]!;
    row[step] = (row[step]! + unit) | 0;
  }
  return (to - from) * unit;
}
