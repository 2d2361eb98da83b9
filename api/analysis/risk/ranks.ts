/** Ranks with 1 for the highest value; equal values share the better rank; NaN has none. Cost: O(n log n). */
export function rankDescending(values: Float64Array): Float64Array {
  const order: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) order.push(i);
  order.sort((i, j) => values[j]! - values[i]!);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  order.forEach((i, place) => {
    const above = order[place - 1];
    ranks[i] = above !== undefined && values[above] === values[i] ? ranks[above]! : place + 1;
  });
  return ranks;
}
