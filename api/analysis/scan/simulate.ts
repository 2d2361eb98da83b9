import { createRandom } from "../significance/random.ts";
import { createWordAlias } from "./alias.ts";
import type { ScanPlan } from "./plan.ts";
import { createSearch, type Search } from "./search.ts";
import { totalsMaxima } from "./totals.ts";

/** Streams of the simulations of a scan: seed, this number, number of the simulation. */
const simulationStream = 51;
/** A search begins just under the lowest maximum seen so far, of which this is the part; one that finds nothing begins anew from below. */
export const floorPart = 0.85;

/** Before any maximum is known, half the logarithm of the number of windows is a guess from below. */
export function startFloor(plan: ScanPlan): number {
  return (0.5 * Math.log(plan.zones.zones * plan.stepShare.length)) / floorPart;
}

/** Events of one simulation under the null: placed by the function in the arrays that it is given. */
export function createNull(plan: ScanPlan, seed: number): (simulation: number, areas: Int32Array, steps: Int32Array) => void {
  const { cases, eventArea, eventStep } = plan;
  if (plan.model === "permutation") {
    // Places and times stay as they are; which time belongs to which place is shuffled.
    return (simulation, areas, steps) => {
      const random = createRandom(seed, simulationStream, simulation);
      areas.set(eventArea);
      steps.set(eventStep);
      for (let e = cases - 1; e > 0; e--) {
        const other = random.below(e + 1);
        const kept = steps[e]!;
        steps[e] = steps[other]!;
        steps[other] = kept;
      }
    };
  }
  const drawArea = createWordAlias(plan.expected);
  const drawStep = createWordAlias(plan.stepShare);
  const hasSteps = plan.stepShare.length > 1;
  const words = new Uint32Array((hasSteps ? 4 : 2) * cases);
  return (simulation, areas, steps) => {
    createRandom(seed, simulationStream, simulation).fill(words);
    for (let e = 0; e < cases; e++) areas[e] = drawArea(words[2 * e]!, words[2 * e + 1]!);
    if (hasSteps) for (let e = 0; e < cases; e++) steps[e] = drawStep(words[2 * (cases + e)]!, words[2 * (cases + e) + 1]!);
    else steps.fill(0);
  };
}

/**
 * The highest log likelihood ratio of each of the simulations `first` to `last` (exclusive) under the null; 0 where no window has more events than expected.
 * The same seed gives the same bits however the simulations are split.
 */
export function simulateMaxima(plan: ScanPlan, seed: number, first: number, last: number): Float64Array {
  const draw = createNull(plan, seed);
  if (plan.stepShare.length === 1 && plan.zones.kind === "chains") return totalsMaxima(plan, plan.zones, draw, first, last);
  const search = createSearch(plan);
  const areas = new Int32Array(plan.cases);
  const steps = new Int32Array(plan.cases);
  const maxima = new Float64Array(last - first);
  let lowest = startFloor(plan);
  for (let simulation = first; simulation < last; simulation++) {
    draw(simulation, areas, steps);
    const maximum = maximumOf(search, areas, steps, floorPart * lowest);
    maxima[simulation - first] = maximum;
    lowest = simulation === first ? maximum : Math.min(lowest, maximum);
  }
  return maxima;
}

/** The highest ratio of a data set. A floor that is nearly as high makes it fast, one that is too high only costs another look. */
export function maximumOf(search: Search, areas: Int32Array, steps: Int32Array, floor: number): number {
  for (let from = floor; ; from = from > 1 ? from / 2 : 0) {
    const { ratio, windows } = search.strongest(areas, steps, from);
    if (windows.length > 0) return ratio;
    if (from === 0) return 0;
  }
}
