/** The distribution of an indicator when it was frozen: its 0th to 100th percentiles, ascending. */
export type PercentileTable = readonly number[];

/** Percentiles 0 to 100 of the known values, by linear interpolation between order statistics (Hyndman & Fan 1996, type 7); empty when none is known. Cost: O(n log n). */
export function percentileTable(values: Float64Array): PercentileTable {
  const known = values.filter((value) => Number.isFinite(value)).sort();
  if (known.length === 0) return [];
  return Array.from({ length: 101 }, (_, percent) => {
    const position = ((known.length - 1) * percent) / 100;
    const below = Math.floor(position);
    const above = Math.min(known.length - 1, below + 1);
    return known[below]! + (position - below) * (known[above]! - known[below]!);
  });
}

/** Where a value stands in the table, in [0, 1]: 0 at or below the least, 1 at or above the most, the middle of its ties elsewhere. Unknown stays NaN. Cost: O(log). */
export function percentileRank(table: PercentileTable, value: number): number {
  if (Number.isNaN(value) || table.length === 0) return Number.NaN;
  const last = table.length - 1;
  if (value < table[0]!) return 0;
  if (value > table[last]!) return 1;
  let first = 0;
  for (let high = last; first < high; ) {
    const middle = (first + high) >>> 1;
    if (table[middle]! < value) first = middle + 1;
    else high = middle;
  }
  if (table[first] === value) {
    let end = first;
    while (end < last && table[end + 1] === value) end++;
    return (first + end) / 2 / last;
  }
  const below = table[first - 1]!;
  return (first - 1 + (value - below) / (table[first]! - below)) / last;
}
