const coarse = new Int32Array(256);
const fineLowest = new Int32Array(256);
const fineHighest = new Int32Array(256);

/**
 * The numbers at two places (from 0) of the stretch numbers[start .. start + length) if it were sorted, written into `bounds`.
 * In words: count the high bytes, then the low bytes of the two that matter. Cost: O(length), about 3 ns each.
 */
export function orderStatistics(
  numbers: Uint16Array,
  start: number,
  length: number,
  lowest: number,
  highest: number,
  bounds: Float64Array,
): void {
  const end = start + length;
  coarse.fill(0);
  for (let at = start; at < end; at++) coarse[numbers[at]! >> 8]! += 1;
  let first = 0;
  let beforeFirst = 0;
  while (beforeFirst + coarse[first]! <= lowest) beforeFirst += coarse[first++]!;
  let second = first;
  let beforeSecond = beforeFirst;
  while (beforeSecond + coarse[second]! <= highest) beforeSecond += coarse[second++]!;
  fineLowest.fill(0);
  fineHighest.fill(0);
  for (let at = start; at < end; at++) {
    const number = numbers[at]!;
    if (number >> 8 === first) fineLowest[number & 255]! += 1;
    if (number >> 8 === second) fineHighest[number & 255]! += 1;
  }
  bounds[0] = (first << 8) | placeAmong(fineLowest, lowest - beforeFirst);
  bounds[1] = (second << 8) | placeAmong(fineHighest, highest - beforeSecond);
}

function placeAmong(counts: Int32Array, place: number): number {
  let low = 0;
  let before = 0;
  while (before + counts[low]! <= place) before += counts[low++]!;
  return low;
}
