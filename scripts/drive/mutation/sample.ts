import { createRandom } from "../../../api/analysis/significance/random.ts";

/** `count` of the values, each as likely, in their own order; all when there are not more. */
export function sampled<T>(values: readonly T[], count: number, seed: number): T[] {
  const { unit } = createRandom(seed, values.length);
  const numbers = Array.from(values.keys());
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = Math.floor(unit() * (last + 1));
    [numbers[last], numbers[other]] = [numbers[other]!, numbers[last]!];
  }
  return numbers
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((number) => values[number]!);
}

/** How many of each are drawn when `total` are drawn of all, in proportion to their sizes; at least two of each, so that each has a spread. */
export function proportionalShares(total: number, sizes: readonly number[]): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => Math.min(size, Math.max(2, Math.round((total * size) / all))));
}

/** Wilson's interval of a share at 95%, with the correction for a sample that is a good part of the whole. In [0, 1]. */
export function shareInterval(hits: number, drawn: number, whole: number): readonly [lower: number, upper: number] {
  if (drawn === 0) return [0, 1];
  const share = hits / drawn;
  if (drawn >= whole) return [share, share];
  const z = 1.959963984540054;
  const effective = (drawn * (whole - 1)) / (whole - drawn);
  const centre = (share + z ** 2 / (2 * effective)) / (1 + z ** 2 / effective);
  const half = (z / (1 + z ** 2 / effective)) * Math.sqrt((share * (1 - share)) / effective + z ** 2 / (4 * effective ** 2));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
