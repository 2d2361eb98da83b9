import { gammaQuantile } from "../distributions/gamma.ts";
import { normalBelow, normalQuantile } from "../distributions/normal.ts";

export const levelBits = 9;
/** How many equal slices of probability a distribution is cut into; a whole random number of so many bits draws from it. */
export const levelCount = 1 << levelBits;

// Nodes in z, the normal quantile of the probability, and in 1 / √shape.
const mostZ = 3.5;
const stepsOfZ = 56;
const stepsOfShape = 16;

/** Cube roots of quantile / shape: levelCount of them for each node of 1 / √shape, from 0 to 1. */
let table: Float64Array | undefined;

/**
 * Fills `levels` (levelCount of them) with scale × the quantiles of the gamma distribution with shape ≥ 1 and rate 1 in the middle of equal slices of probability, ascending:
 * picking one at random draws a gamma number. What lies outside the middles of the outermost slices, 1/1024 on either side, is never drawn.
 *
 * Why: a thousand draws for each of eighty thousand areas; a look-up takes a tenth of the time of drawing by rejection.
 * In words: the cube root of quantile / shape is nearly a straight line in the normal quantile, the straighter the larger the shape; it is tabled once over both
 * and read off between three nodes. Within 3e-5 × scale × (shape + quantile) of the quantile. Source of the cube root: Wilson & Hilferty 1931,
 * doi:10.1073/pnas.17.12.684. Cost: about 2 µs; the table, once, some 20 ms.
 */
export function gammaLevels(shape: number, scale: number, levels: Float64Array): void {
  table ??= makeTable();
  const position = stepsOfShape / Math.sqrt(shape);
  const middle = Math.min(stepsOfShape - 1, Math.max(1, Math.round(position)));
  const x = position - middle;
  const factor = Math.cbrt(scale * shape);
  const before = (factor * x * (x - 1)) / 2;
  const here = factor * (1 - x * x);
  const after = (factor * x * (x + 1)) / 2;
  const low = (middle - 1) * levelCount;
  for (let level = 0; level < levelCount; level++) {
    const at = low + level;
    const root = before * table[at]! + here * table[at + levelCount]! + after * table[at + 2 * levelCount]!;
    levels[level] = root * root * root;
  }
}

function makeTable(): Float64Array {
  const made = new Float64Array((stepsOfShape + 1) * levelCount).fill(1);
  const roots = new Float64Array(stepsOfZ + 1);
  const positions = Float64Array.from(
    { length: levelCount },
    (_, level) => ((normalQuantile((level + 0.5) / levelCount) / mostZ + 1) * stepsOfZ) / 2,
  );
  for (let s = 1; s <= stepsOfShape; s++) {
    const shape = (stepsOfShape / s) ** 2;
    for (let z = 0; z <= stepsOfZ; z++) roots[z] = Math.cbrt(gammaQuantile(shape, normalBelow(((2 * z) / stepsOfZ - 1) * mostZ)) / shape);
    for (let level = 0; level < levelCount; level++) made[s * levelCount + level] = cubic(roots, positions[level]!);
  }
  return made;
}

/** The value at a position between four nodes, by the cubic through them (Lagrange). */
function cubic(nodes: Float64Array, position: number): number {
  const first = Math.floor(position) - 1;
  const x = position - first;
  return (
    (-nodes[first]! * (x - 1) * (x - 2) * (x - 3)) / 6 +
    (nodes[first + 1]! * x * (x - 2) * (x - 3)) / 2 -
    (nodes[first + 2]! * x * (x - 1) * (x - 3)) / 2 +
    (nodes[first + 3]! * x * (x - 1) * (x - 2)) / 6
  );
}
