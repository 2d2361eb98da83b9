/** What is known of each unordered pair of areas met so far, in an open-addressing hash table of flat arrays. */
export interface PairTable {
  size: number;
  /** Lower and higher area of each place; −1 where the place is free. */
  low: Int32Array;
  high: Int32Array;
  gap: Float64Array;
  /** Metres of the lower (higher) area's own border that lie near the other area. */
  lowBorder: Float64Array;
  highBorder: Float64Array;
  sharesVertex: Uint8Array;
}

export function createPairTable(capacity = 1024): PairTable {
  return {
    size: 0,
    low: new Int32Array(capacity).fill(-1),
    high: new Int32Array(capacity),
    gap: new Float64Array(capacity).fill(Number.POSITIVE_INFINITY),
    lowBorder: new Float64Array(capacity),
    highBorder: new Float64Array(capacity),
    sharesVertex: new Uint8Array(capacity),
  };
}

/** The place of the pair low < high, made when it is new; places move when the table grows, so use it at once. Cost: constant on average. */
export function placeOf(table: PairTable, low: number, high: number): number {
  if (table.size * 2 >= table.low.length) enlarge(table);
  const mask = table.low.length - 1;
  let place = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
  place = (place ^ (place >>> 15)) & mask;
  while (table.low[place] !== -1 && (table.low[place] !== low || table.high[place] !== high)) place = (place + 1) & mask;
  if (table.low[place] === -1) {
    table.low[place] = low;
    table.high[place] = high;
    table.size++;
  }
  return place;
}

function enlarge(table: PairTable): void {
  const old = { ...table };
  Object.assign(table, createPairTable(2 * old.low.length));
  for (let place = 0; place < old.low.length; place++) {
    if (old.low[place] === -1) continue;
    const moved = placeOf(table, old.low[place]!, old.high[place]!);
    table.gap[moved] = old.gap[place]!;
    table.lowBorder[moved] = old.lowBorder[place]!;
    table.highBorder[moved] = old.highBorder[place]!;
    table.sharesVertex[moved] = old.sharesVertex[place]!;
  }
}
