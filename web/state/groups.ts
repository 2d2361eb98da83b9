/** Areas put together by the first characters of their codes: kecamatan (8) or kabupaten (5) of villages. */
export interface Groups {
  /** Ascending, as those of the villages are. */
  readonly codes: readonly string[];
  /** The group of each village. */
  readonly of: Int32Array;
  readonly sizes: Int32Array;
}

/** Puts areas together; `codes` ascend. O(n). */
export function groupsOf(codes: readonly string[], length: number): Groups {
  const found: string[] = [];
  const of = new Int32Array(codes.length);
  codes.forEach((code, index) => {
    const group = code.slice(0, length);
    if (found.at(-1) !== group) found.push(group);
    of[index] = found.length - 1;
  });
  const sizes = new Int32Array(found.length);
  for (const group of of) sizes[group] = (sizes[group] as number) + 1;
  return { codes: found, of, sizes };
}

/** The sum of each group over what is known; NaN where nothing is. O(n). */
export function sumsOf(values: Float64Array, { codes, of }: Groups): Float64Array {
  const sums = new Float64Array(codes.length).fill(Number.NaN);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const group = of[i] as number;
    const before = sums[group] as number;
    sums[group] = Number.isNaN(before) ? value : before + value;
  }
  return sums;
}

export interface Spread {
  readonly median: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** How many of the group are known. */
  readonly known: Int32Array;
}

/**
 * Median, least and most of each group. The median is NaN where fewer than half of the group are known: it would be one of whom is known, not of the group.
 * O(n log n).
 */
export function spreadsOf(values: Float64Array, { codes, of, sizes }: Groups): Spread {
  const lists: number[][] = codes.map(() => []);
  for (let i = 0; i < values.length; i += 1) if (!Number.isNaN(values[i])) lists[of[i] as number]?.push(values[i] as number);
  const unknown = (): Float64Array => new Float64Array(codes.length).fill(Number.NaN);
  const spread = { median: unknown(), least: unknown(), most: unknown(), known: new Int32Array(codes.length) };
  lists.forEach((list, group) => {
    list.sort((a, b) => a - b);
    const n = list.length;
    spread.known[group] = n;
    if (n === 0) return;
    spread.least[group] = list[0] as number;
    spread.most[group] = list[n - 1] as number;
    if (n * 2 >= (sizes[group] as number)) spread.median[group] = ((list[(n - 1) >> 1] as number) + (list[n >> 1] as number)) / 2;
  });
  return spread;
}
