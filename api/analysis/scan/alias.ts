import type { Random } from "../significance/random.ts";

/**
 * Draws places in proportion to their weights, each from two random numbers in [0, 2^32) (alias method).
 * weights: ≥ 0, at least one above 0. Source: Walker 1977, doi:10.1145/355744.355749; table as Vose 1991, doi:10.1109/32.92917. Cost: O(n) once, then constant.
 */
export function createWordAlias(weights: Float64Array): (word: number, next: number) => number {
  const n = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = weights.map((weight) => (weight * n) / total);
  const keep = new Float64Array(n).fill(1);
  const other = Int32Array.from(weights, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) (scaled[i]! < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const short = small.pop()!;
    const long = large[large.length - 1]!;
    keep[short] = scaled[short]!;
    other[short] = long;
    scaled[long]! -= 1 - scaled[short]!;
    if (scaled[long]! < 1) small.push(large.pop()!);
  }
  const perWord = n / 4294967296;
  return (word, next) => {
    const i = Math.floor(word * perWord);
    return next / 4294967296 < keep[i]! ? i : other[i]!;
  };
}

/** The same, taking its numbers from a stream. */
export function createAlias(weights: Float64Array): (random: Random) => number {
  const draw = createWordAlias(weights);
  return (random) => draw(random.next(), random.next());
}
