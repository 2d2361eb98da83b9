import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Weights, weightsFromEdges } from "../../api/analysis/neighbours/weights.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";

/** Villages on which null maps are drawn. */
export interface NullPlace {
  readonly population: Float64Array;
  readonly weights: Weights;
}

const reference = resolve(import.meta.dirname, "../../../shared/reference");
/** Random streams of a map: where its events fall, and how its rates are shuffled. */
const stream = { events: 1, order: 2 } as const;

/** The 306 villages of Jombang with their people, neighbours by shared vertex; null where the reference inputs are not beside the project. */
export function readJombang(): NullPlace | null {
  const villages = resolve(reference, "jombang_villages.csv");
  if (!existsSync(villages)) return null;
  const rows = readFileSync(villages, "utf8").trim().split(/\r?\n/).slice(1);
  // Names may hold commas in quotes.
  const population = Float64Array.from(rows, (row) => Number(row.replaceAll(/"[^"]*"/g, "").split(",")[3]));
  const { queen }: { queen: (number | number[])[] } = JSON.parse(readFileSync(resolve(reference, "jombang_pysal210.json"), "utf8"));
  const lists = queen.map((list) => [list].flat());
  const from = Int32Array.from(lists.flatMap((list, i) => list.map(() => i)));
  return { population, weights: weightsFromEdges(lists.length, from, Int32Array.from(lists.flat())) };
}

/** Events dealt out one by one in proportion to people: the null of the exact statistic. */
export function dealtEvents(population: Float64Array, events: number, map: number): Float64Array {
  const { unit } = createRandom(map, stream.events, events);
  const reach = population.slice();
  for (let i = 1; i < reach.length; i++) reach[i]! += reach[i - 1]!;
  const counts = new Float64Array(population.length);
  for (let event = 0; event < events; event++) {
    const at = unit() * reach[reach.length - 1]!;
    let low = 0;
    let high = reach.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reach[middle]! > at) high = middle;
      else low = middle + 1;
    }
    counts[low]! += 1;
  }
  return counts;
}

/** Rates of dealt events, shuffled over all villages so that every placing is equally likely: the null of permutation. */
export function shuffledRates(population: Float64Array, events: number, map: number): Float64Array {
  const rates = dealtEvents(population, events, map).map((count, i) => count / population[i]!);
  const { below } = createRandom(map, stream.order, events);
  for (let i = rates.length - 1; i > 0; i--) {
    const j = below(i + 1);
    const kept = rates[i]!;
    rates[i] = rates[j]!;
    rates[j] = kept;
  }
  return rates;
}
