import type { ConnectedZones } from "./connected.ts";
import type { Judge } from "./judge.ts";
import { type EventsByArea, enter } from "./sweep.ts";

/**
 * Looks through the zones of the seeds `from` to `to` for the strongest window, as sweepChains does; seeds whose areas together cannot hold it are skipped.
 * A zone is told to the judge as its node.
 */
export function sweepConnected(
  zones: ConnectedZones,
  expected: Float64Array,
  events: EventsByArea,
  judge: Judge,
  isBlocked: Uint8Array | null,
  from: number,
  to: number,
): void {
  const { offsets, areas, depths, near, nearOffsets, lightest } = zones;
  const { starts, steps } = events;
  const { row, unit, blocked } = judge;
  const count = row.length;
  const stack = new Int32Array(16);
  const sums = new Float64Array(17);
  const block = (area: number, sign: number): void => {
    if (isBlocked) for (let step = 0; step < count; step++) blocked[step]! += sign * isBlocked[area * count + step]!;
  };
  for (let seed = from; seed < to; seed++) {
    if (lightest[seed] === Number.POSITIVE_INFINITY) continue;
    row.fill(0);
    blocked.fill(0);
    let total = 0;
    for (let k = nearOffsets[seed]!; k < nearOffsets[seed + 1]!; k++) total += enter(row, starts, steps, near[k]!, unit);
    if (!judge.mayContain(lightest[seed]!, total)) continue;
    row.fill(0);
    total = 0;
    let height = 0;
    for (let node = offsets[seed]!; node < offsets[seed + 1]!; node++) {
      for (; height > depths[node]!; height--) {
        total += enter(row, starts, steps, stack[height - 1]!, -unit);
        block(stack[height - 1]!, -1);
      }
      const area = areas[node]!;
      stack[height] = area;
      sums[height + 1] = sums[height]! + expected[area]!;
      height++;
      total += enter(row, starts, steps, area, unit);
      block(area, 1);
      if (expected[area]! > 0 && judge.mayContain(sums[height]!, total)) judge.look(sums[height]!, node);
    }
  }
}
