import type { Chains } from "./chains.ts";
import { climbProgram, layout, mostBands } from "./climbProgram.ts";
import type { Climb, Lane } from "./totals.ts";

/** Simulations that the program takes at once. */
export const vectorLanes = 16;
const rungBytes = 8;
const areaBytes = 2;
const laneBytes = 2 * vectorLanes;
const pageBytes = 65_536;

type Program = (rung: number, lastRung: number, area: number) => number;

/**
 * The way through all chains with sixteen simulations at once on the processor's vectors (climbProgram.ts), for up to 65,536 areas and 65,535 events; null for more, or where the
 * platform has no vectors. Hands the same rungs to `look` as one simulation after the other would. Cost: about 2 ns an area of a chain for sixteen simulations.
 */
export function createVectorClimb(chains: Chains, n: number, cases: number, bands: number): Climb | null {
  const { offsets, areas, rungOffsets, rungEnds, rungBefore, rungBands } = chains;
  if (areas.BYTES_PER_ELEMENT !== areaBytes || cases > 65_535 || bands > mostBands) return null;
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(climbProgram)) return null;
  const firstRung = layout.counts + laneBytes * n;
  const firstArea = firstRung + rungBytes * rungEnds.length;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((firstArea + areaBytes * areas.length) / pageBytes) });
  const program = new WebAssembly.Instance(new WebAssembly.Module(climbProgram), { scan: { memory } });
  const climb = program.exports.climb as Program;
  new Uint16Array(memory.buffer, firstArea, areas.length).set(areas);
  const rungs = new Int32Array(memory.buffer, firstRung, 2 * rungEnds.length);
  for (let rung = 0; rung < rungEnds.length; rung++) {
    rungs[2 * rung] = firstArea + areaBytes * rungEnds[rung]!;
    rungs[2 * rung + 1] = laneBytes * rungBands[rung]!;
  }
  const before = new Uint16Array(memory.buffer, layout.before, vectorLanes);
  const after = new Uint16Array(memory.buffer, layout.after, vectorLanes);
  const thresholds = new Uint16Array(memory.buffer, layout.thresholds, bands * vectorLanes);
  const counts = new Uint16Array(memory.buffer, layout.counts, n * vectorLanes);
  const setThresholds = (lane: Lane, at: number): void => {
    for (let band = 0; band < bands; band++) thresholds[band * vectorLanes + at] = Math.min(65_535, lane.thresholds[band]!);
  };

  return (lanes, look) => {
    lanes.forEach((lane, at) => {
      for (let i = 0; i < n; i++) counts[i * vectorLanes + at] = lane.counts[i]!;
      setThresholds(lane, at);
    });
    for (let centre = 0; centre + 1 < offsets.length; centre++) {
      after.fill(0);
      const last = rungOffsets[centre + 1]!;
      let k = offsets[centre]!;
      for (let rung = rungOffsets[centre]!; rung < last; rung++) {
        rung = (climb(firstRung + rungBytes * rung, firstRung + rungBytes * last, firstArea + areaBytes * k) - firstRung) / rungBytes;
        if (rung === last) break;
        const start = rung === rungOffsets[centre]! ? offsets[centre]! : rungEnds[rung - 1]!;
        k = rungEnds[rung]!;
        const band = rungBands[rung]! * vectorLanes;
        for (let at = 0; at < vectorLanes; at++) {
          const limit = thresholds[band + at]!;
          if (after[at]! <= limit) continue;
          const lane = lanes[at]!;
          const known = lane.thresholds;
          look(lane, start, k, before[at]!, rungBefore[rung]!, limit);
          if (lane.thresholds !== known) setThresholds(lane, at);
        }
      }
    }
  };
}
