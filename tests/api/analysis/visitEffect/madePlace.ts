import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";

/** As many villages as Jombang has, on a grid, with as uneven numbers of people. */
export function madePlace() {
  const random = createRandom(3517);
  const lists = gridLists(18, 17);
  return {
    population: Float64Array.from(lists, () =>
      Math.round(4000 * Math.exp(0.5 * (random.unit() + random.unit() + random.unit() - 1.5) * 2)),
    ),
    weights: weightsFromEdges(lists.length, Int32Array.from(lists.flatMap((list, i) => list.map(() => i))), Int32Array.from(lists.flat())),
  };
}
