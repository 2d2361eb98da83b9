/** Numbers of all areas in all draws, each draw's together, so that ranking walks through the memory once. Areas come and go in groups, as rows of their draws. */
export interface DrawTable {
  readonly areas: number;
  readonly draws: number;
  /** Entries from one draw to the next. */
  readonly stride: number;
  readonly numbers: Uint16Array;
}

/** Areas that are moved together: as many 16-bit numbers as fill a line of the cache. */
export const areasTogether = 32;

export function createDrawTable(areas: number, draws: number): DrawTable {
  const stride = Math.ceil(areas / areasTogether) * areasTogether;
  return { areas, draws, stride, numbers: new Uint16Array(stride * draws) };
}

/** Writes rows[place × draws + draw], the draws of areasTogether areas from `first`, into the table. */
export function putRows({ draws, stride, numbers }: DrawTable, first: number, rows: Uint16Array): void {
  for (let draw = 0; draw < draws; draw++) {
    const at = draw * stride + first;
    for (let place = 0, from = draw; place < areasTogether; place++, from += draws) numbers[at + place] = rows[from]!;
  }
}

/** Reads the draws of areasTogether areas from `first` into rows[place × draws + draw]. */
export function takeRows({ draws, stride, numbers }: DrawTable, first: number, rows: Uint16Array): void {
  for (let draw = 0; draw < draws; draw++) {
    const at = draw * stride + first;
    for (let place = 0, to = draw; place < areasTogether; place++, to += draws) rows[to] = numbers[at + place]!;
  }
}

const most = 65_535;

/**
 * Replaces each draw's scores, as steps of 1/65,535 of the scale, by ranks in units that fit 16 bits, and returns the unit (1 up to 65,535 areas).
 * Rank 1 is the highest; areas of the same step share the mean of their ranks. For fewer areas the steps are coarser, at the most 0.025 points.
 * In words: count the areas at each step, add up from above, look up. Cost: O(draws × (areas + steps)), about 5 ns an area and draw.
 */
export function rankDraws({ areas, draws, stride, numbers }: DrawTable): number {
  const unit = Math.max(1, Math.ceil(areas / most));
  // Coarse enough to be quick for few areas, fine enough that ties are rare.
  let shift = 4;
  while (shift > 0 && (most + 1) >> shift < Math.min(4 * areas, Math.max(8192, areas))) shift--;
  const bins = (most + 1) >> shift;
  const counts = new Int32Array(bins);
  const ranks = new Uint16Array(bins);
  const halfUnit = 0.5 / unit;
  for (let draw = 0; draw < draws; draw++) {
    const start = draw * stride;
    const end = start + areas;
    let lowest = bins;
    let highest = 0;
    for (let at = start; at < end; at++) {
      const bin = numbers[at]! >> shift;
      counts[bin]! += 1;
      if (bin < lowest) lowest = bin;
      if (bin > highest) highest = bin;
    }
    // Twice the mean rank of the tied is twice those above, their own number and one.
    let twice = 1;
    for (let bin = highest; bin >= lowest; bin--) {
      const count = counts[bin]!;
      counts[bin] = 0;
      ranks[bin] = (twice + count + unit) * halfUnit;
      twice += 2 * count;
    }
    for (let at = start; at < end; at++) numbers[at] = ranks[numbers[at]! >> shift]!;
  }
  return unit;
}
