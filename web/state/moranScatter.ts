/** Where every area stands in the Moran scatter: its own value, and the mean of its neighbours, both standardised; NaN where either is unknown. */
export interface MoranScatter {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The slope through the origin, which is Moran's I; NaN where nothing varies. */
  readonly slope: number;
}

/**
 * The Moran scatter of values over directed edges (`from[i]` counts `to[i]` as a neighbour; both are places in `values`, and what is outside is -1).
 * Neighbours whose value is unknown are left out of the mean. Anselin (1996), The Moran scatterplot. O(n + edges).
 */
export function moranScatter(values: Float64Array, from: Int32Array, to: Int32Array): MoranScatter {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  const x = values.map((value) => (deviation > 0 ? (value - mean) / deviation : Number.NaN));
  const sums = new Float64Array(values.length);
  const counts = new Int32Array(values.length);
  for (let i = 0; i < from.length; i += 1) {
    const [at, other] = [from[i] as number, to[i] as number];
    const neighbour = x[other];
    if (at < 0 || neighbour === undefined || Number.isNaN(neighbour)) continue;
    sums[at] = (sums[at] as number) + neighbour;
    counts[at] = (counts[at] as number) + 1;
  }
  const y = sums.map((sum, at) => (counts[at] && !Number.isNaN(x[at]) ? sum / (counts[at] as number) : Number.NaN));
  let [product, square] = [0, 0];
  for (let i = 0; i < x.length; i += 1) {
    if (Number.isNaN(y[i])) continue;
    product += (x[i] as number) * (y[i] as number);
    square += (x[i] as number) ** 2;
  }
  return { x, y, slope: square > 0 ? product / square : Number.NaN };
}
