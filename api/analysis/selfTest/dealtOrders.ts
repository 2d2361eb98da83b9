import { dealOrders, drawsInBlock } from "../significance/conditionalPermutation.ts";
import { createRandom } from "../significance/random.ts";

/** One block of random orders: the area at a position of a draw is orders[position × size + draw]. */
export interface DealtBlock {
  readonly size: number;
  readonly orders: Int32Array;
  /** Where each area appears: draws, ascending, and positions [from[i] .. from[i + 1]). */
  readonly from: Int32Array;
  readonly draws: Int32Array;
  readonly positions: Int32Array;
}

/** Positions kept at once over all blocks: 60 MB; the first block always. */
const keptPositions = 5_000_000;

/** The same random orders that permuteNeighbourSums deals from this seed and stream, kept so that many maps may look at them. Cost: about 4 ms a block of 16,384, once. */
export function dealtOrders(areas: number, length: number, draws: number, seed: number, stream: number): (block: number) => DealtBlock {
  const kept = new Map<number, DealtBlock>();
  return (block) => {
    const before = kept.get(block);
    if (before) return before;
    const size = Math.min(drawsInBlock, draws - block * drawsInBlock);
    const orders = new Int32Array(length * size);
    dealOrders(orders, size, length, areas, createRandom(seed, stream, block).below);
    const from = new Int32Array(areas + 1);
    for (const i of orders) from[i + 1]! += 1;
    for (let i = 0; i < areas; i++) from[i + 1]! += from[i]!;
    const next = from.slice(0, areas);
    const appearances = { draws: new Int32Array(orders.length), positions: new Int32Array(orders.length) };
    for (let draw = 0; draw < size; draw++) {
      for (let position = 0; position < length; position++) {
        const at = next[orders[position * size + draw]!]!++;
        appearances.draws[at] = draw;
        appearances.positions[at] = position;
      }
    }
    const dealt = { size, orders, from, ...appearances };
    if (block === 0 || (block + 1) * orders.length <= keptPositions) kept.set(block, dealt);
    return dealt;
  };
}
