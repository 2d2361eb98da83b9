import { type Amount, isSafe, type LeastCell, together } from "./amount.ts";

/**
 * Complementary suppression along one axis: parts of a total too small to be told are put into one block with the smallest of the others, of which only the sum is
 * told, until neither the sum nor what can be reckoned from it is small.
 *
 * Parts outside the block are told one by one, and so are parts of nothing. A part of the block is then known to be at least 1, so that of a block of k parts with
 * sum S none can be more than S − (k − 1); the block grows until that leaves room for `least.incidents`, and each of its parts may be anything from 1 up to there.
 * Where all parts together leave no such room, the parts of nothing go into the block too, and each may be anything from 0 to S.
 *
 * Source: Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4 (secondary suppression, protection intervals), doi:10.1002/9781118348239.
 * @returns the number of each part's block, counted from 0 in the order of their first parts; null where the total itself is too small to be told
 */
export function mergeSmall(parts: readonly Amount[], least: LeastCell): Int32Array | null {
  if (!isSafe(together(parts), least)) return null;
  const blocks = Int32Array.from(parts, (_, index) => index);
  const places = parts.map((_, index) => index);
  const of = (index: number): Amount => parts[index] as Amount;
  const block = places.filter((index) => !isSafe(of(index), least));
  if (block.length === 0) return blocks;
  const waiting = places
    .filter((index) => of(index).incidents > 0 && isSafe(of(index), least))
    .sort((a, b) => of(b).incidents - of(a).incidents || b - a);
  const isEnough = (): boolean => {
    const sum = together(block.map(of));
    return isSafe(sum, least) && sum.incidents - (block.length - 1) >= least.incidents;
  };
  while (!isEnough()) {
    const next = waiting.pop();
    if (next === undefined) return new Int32Array(parts.length);
    block.push(next);
  }
  for (const index of block) blocks[index] = block[0]!;
  return renumbered(blocks);
}

function renumbered(blocks: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return blocks.map((block) => {
    const number = numbers.get(block) ?? numbers.size;
    numbers.set(block, number);
    return number;
  });
}
