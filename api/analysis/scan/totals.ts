import { observedReaching } from "./bounds.ts";
import { bandRatio, type Chains } from "./chains.ts";
import { logLikelihoodRatio } from "./likelihood.ts";
import type { ScanPlan } from "./plan.ts";
import { floorPart, startFloor } from "./simulate.ts";
import { createVectorClimb, vectorLanes } from "./vectorClimb.ts";

/** Simulations looked at together: the way through the chains is the greater part of the work. */
const laneCount = 8;
/** Ratios are rounded down to this for the same reason. */
const levelStep = 0.25;
/** The first simulations begin lower still, since one that finds nothing goes all the way again. */
const firstPart = 0.7;
/** Up to this many events two simulations fit into one number. */
const halfWord = 65_535;
/** Nothing is above it. */
const unreachable = 2 ** 31 - 1;

/** One of the simulations that are looked at together. */
export interface Lane {
  readonly counts: Int32Array;
  best: number;
  /** What a rung of each band may hold without reaching the best. */
  thresholds: Int32Array;
}

/** Looks at the zones of a rung with one of the simulations: places in the chains, events before them and expected ones, and what none of its zones may hold without reaching the best. */
type Look = (lane: Lane, start: number, end: number, before: number, weightBefore: number, limit: number) => void;

/** Goes up all chains with some simulations and hands every rung that may hold a new maximum of one of them to `look`. */
export type Climb = (lanes: readonly Lane[], look: Look) => void;

interface Thresholds {
  readonly cases: number;
  readonly least: number;
  readonly bands: number;
  /** By level. */
  readonly tables: Int32Array[];
}

/** Those of the scan that this thread worked at last: its parts come one after another, and to make them anew for each took a quarter of the time. */
let known: Thresholds = { cases: 0, least: 0, bands: 0, tables: [] };

/** What the zones of each band may hold without reaching a ratio. */
function createThresholds(cases: number, least: number, bands: number): (ratio: number) => Int32Array {
  if (known.cases !== cases || known.least !== least || known.bands !== bands) known = { cases, least, bands, tables: [] };
  const { tables } = known;
  return (ratio) => {
    const level = Math.floor(ratio / levelStep);
    tables[level] ??= Int32Array.from({ length: bands }, (_, band) =>
      observedReaching(level * levelStep, least * (1 - 1e-9) * bandRatio ** band, cases),
    );
    return tables[level];
  };
}

/**
 * The highest ratio of each of the simulations where there is only one step, by adding up sixteen at once (vectorClimb.ts), or eight.
 *
 * Of the eight, two counts share a 32-bit number, so that one addition serves both. A rung is passed over where the events of its largest zone are not more than its smallest zone
 * would need; else its zones are looked at one by one, so that the maximum is exact. `draw` gives the events of a simulation.
 * Cost: about 2 ns an area of a chain for sixteen simulations, 6 ns for eight.
 */
export function totalsMaxima(
  plan: ScanPlan,
  chains: Chains,
  draw: (simulation: number, areas: Int32Array, steps: Int32Array) => void,
  first: number,
  last: number,
): Float64Array {
  const { cases, expected } = plan;
  const n = expected.length;
  const isHalved = cases <= halfWord;
  const bands = 1 + chains.rungBands.reduce((most, band) => Math.max(most, band), 0);
  const idle = new Int32Array(bands).fill(unreachable);
  const thresholdsFor = createThresholds(cases, chains.least, bands);
  const vectorClimb = createVectorClimb(chains, n, cases, bands);
  const goUp: Climb = vectorClimb ?? ((given, see) => climb(chains, given, isHalved, see));
  const together = vectorClimb ? vectorLanes : laneCount;
  const lanes: Lane[] = Array.from({ length: together }, () => ({ counts: new Int32Array(n), best: 0, thresholds: idle }));
  // Where counts fill a whole number, every other lane is idle.
  const used = Array.from(lanes.keys()).filter((at) => isHalved || at % 2 === 0);
  const areas = new Int32Array(cases);
  const steps = new Int32Array(cases);

  const look: Look = (lane, start, end, before, weightBefore, limit) => {
    const { areas: entering, closes } = chains;
    let observed = before;
    let weight = weightBefore;
    for (let k = start; k < end; k++) {
      const area = entering[k]!;
      observed += lane.counts[area]!;
      weight += expected[area]!;
      if (closes[k] === 0 || observed <= limit || observed < plan.minimumCases || observed <= weight) continue;
      const ratio = logLikelihoodRatio(observed, weight, cases);
      if (ratio > lane.best) {
        lane.best = ratio;
        lane.thresholds = thresholdsFor(ratio);
      }
    }
  };

  const maxima = new Float64Array(last - first);
  let lowest = firstPart * startFloor(plan);
  let isGuess = true;
  let waiting = Array.from(maxima, (_, i) => ({ simulation: first + i, floor: Number.NaN }));
  while (waiting.length > 0) {
    const now = waiting.slice(0, used.length);
    waiting = waiting.slice(used.length);
    for (const lane of lanes) {
      lane.best = Number.POSITIVE_INFINITY;
      lane.thresholds = idle;
    }
    const looks = now.map(({ simulation, floor }, i) => {
      const lane = lanes[used[i]!]!;
      draw(simulation, areas, steps);
      lane.counts.fill(0);
      for (const area of areas) lane.counts[area]! += 1;
      lane.best = Number.isNaN(floor) ? floorPart * lowest : floor;
      lane.thresholds = thresholdsFor(lane.best);
      return { simulation, lane, floor: lane.best };
    });
    goUp(lanes, look);
    for (const { simulation, lane, floor } of looks) {
      if (lane.best > floor) {
        maxima[simulation - first] = lane.best;
        lowest = isGuess ? lane.best : Math.min(lowest, lane.best);
        isGuess = false;
      } else if (floor > 0) waiting.push({ simulation, floor: floor > 1 ? floor / 2 : 0 });
    }
  }
  return maxima;
}

/** The climb with eight simulations, for any number of areas and events. */
function climb(chains: Chains, lanes: readonly Lane[], isHalved: boolean, look: Look): void {
  const { offsets, areas, rungOffsets, rungEnds, rungBefore, rungBands } = chains;
  const words = interleaved(lanes, isHalved);
  const mask = isHalved ? 0xffff : -1;
  let thresholds = lowestOf(lanes);
  const before = new Int32Array(laneCount / 2);
  const after = new Int32Array(laneCount / 2);
  for (let centre = 0; centre + 1 < offsets.length; centre++) {
    let k = offsets[centre]!;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let rung = rungOffsets[centre]!; rung < rungOffsets[centre + 1]!; rung++) {
      const start = k;
      const end = rungEnds[rung]!;
      before[0] = first;
      before[1] = second;
      before[2] = third;
      before[3] = fourth;
      for (; k < end; k++) {
        const at = areas[k]! << 2;
        first = (first + words[at]!) | 0;
        second = (second + words[at + 1]!) | 0;
        third = (third + words[at + 2]!) | 0;
        fourth = (fourth + words[at + 3]!) | 0;
      }
      const threshold = thresholds[rungBands[rung]!]!;
      const isAnyAbove =
        (first & mask) > threshold ||
        (second & mask) > threshold ||
        (third & mask) > threshold ||
        (fourth & mask) > threshold ||
        (isHalved && (first >>> 16 > threshold || second >>> 16 > threshold || third >>> 16 > threshold || fourth >>> 16 > threshold));
      if (!isAnyAbove) continue;
      after[0] = first;
      after[1] = second;
      after[2] = third;
      after[3] = fourth;
      for (let at = 0; at < laneCount; at++) {
        const lane = lanes[at]!;
        const isHigh = (at & 1) === 1;
        const count = isHigh ? after[at >> 1]! >>> 16 : after[at >> 1]! & mask;
        const limit = lane.thresholds[rungBands[rung]!]!;
        if (count <= limit) continue;
        look(lane, start, end, isHigh ? before[at >> 1]! >>> 16 : before[at >> 1]! & mask, rungBefore[rung]!, limit);
        thresholds = lowestOf(lanes);
      }
    }
  }
}

/** The thresholds of the lane with the lowest best, which are the lowest in every band. */
function lowestOf(lanes: readonly Lane[]): Int32Array {
  return lanes.reduce((least, lane) => (lane.best < least.best ? lane : least)).thresholds;
}

/** Four numbers an area: the counts of two lanes in each, or of one where they are too large. */
function interleaved(lanes: readonly Lane[], isHalved: boolean): Int32Array {
  const n = lanes[0]!.counts.length;
  const words = new Int32Array((n * laneCount) / 2);
  for (let at = 0; at < laneCount; at += 2) {
    const low = lanes[at]!.counts;
    const high = lanes[at + 1]!.counts;
    for (let i = 0; i < n; i++) words[4 * i + at / 2] = isHalved ? low[i]! | (high[i]! << 16) : low[i]!;
  }
  return words;
}
