import { requireInput } from "../significance/refusal.ts";

/**
 * Who is whose neighbour, and how much: compressed sparse rows. The neighbours of area i are targets[offsets[i] .. offsets[i + 1]),
 * ascending, never i itself; `values` beside them are raw weights (1 for contiguity). Never changed after it is made.
 */
export interface Weights {
  readonly n: number;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly values: Float64Array;
}

/**
 * Weights from directed edges as given. An edge to itself is dropped; of the same edge twice the last counts.
 * from, to: area indices in [0, n), equal length; weight: positive and finite, 1 when absent.
 * Throws the refusal `wrong_input` for an index outside or a weight that is not positive. Cost: O(n + edges) and a small sort a row.
 */
export function weightsFromEdges(n: number, from: Int32Array, to: Int32Array, weight?: Float64Array): Weights {
  requireInput(from.length === to.length, "to", to.length);
  requireInput(!weight || weight.length === from.length, "weight", weight?.length);
  const starts = new Int32Array(n + 1);
  for (let e = 0; e < from.length; e++) {
    const i = from[e]!;
    const j = to[e]!;
    requireInput(i >= 0 && i < n, "from", i);
    requireInput(j >= 0 && j < n, "to", j);
    if (weight) requireInput(weight[e]! > 0 && weight[e]! < Number.POSITIVE_INFINITY, "weight", weight[e]);
    if (i !== j) starts[i + 1]! += 1;
  }
  for (let i = 0; i < n; i++) starts[i + 1]! += starts[i]!;
  const order = new Int32Array(starts[n]!);
  const fill = starts.slice(0, n);
  for (let e = 0; e < from.length; e++) {
    const i = from[e]!;
    if (i !== to[e]!) order[fill[i]!++] = e;
  }
  const offsets = new Int32Array(n + 1);
  const targets = new Int32Array(order.length);
  const values = new Float64Array(order.length);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const row = order.subarray(starts[i]!, starts[i + 1]!).sort((e, f) => to[e]! - to[f]! || e - f);
    for (const e of row) {
      const isRepeated = at > offsets[i]! && targets[at - 1] === to[e];
      if (isRepeated) at--;
      targets[at] = to[e]!;
      values[at] = weight ? weight[e]! : 1;
      at++;
    }
    offsets[i + 1] = at;
  }
  return { n, offsets, targets: targets.slice(0, at), values: values.slice(0, at) };
}

/** Weights of 1 in both directions from unordered pairs, such as findNeighbours gives. Cost: O(n + pairs). */
export function weightsFromPairs(n: number, from: Int32Array, to: Int32Array): Weights {
  const pairs = from.length;
  const both = new Int32Array(2 * pairs);
  const others = new Int32Array(2 * pairs);
  both.set(from);
  both.set(to, pairs);
  others.set(to);
  others.set(from, pairs);
  return weightsFromEdges(n, both, others);
}

/** The same neighbours with every row's weights divided by their sum, so that a lag is a mean; rows of islands stay empty. */
export function rowStandardised(weights: Weights): Weights {
  const values = new Float64Array(weights.values.length);
  for (let i = 0; i < weights.n; i++) {
    const end = weights.offsets[i + 1]!;
    let sum = 0;
    for (let e = weights.offsets[i]!; e < end; e++) sum += weights.values[e]!;
    for (let e = weights.offsets[i]!; e < end; e++) values[e] = weights.values[e]! / sum;
  }
  return { ...weights, values };
}

/** The same neighbours, each with the weight 1. */
export function binary(weights: Weights): Weights {
  return { ...weights, values: new Float64Array(weights.values.length).fill(1) };
}

/** Whether all weights of each row are equal, so that row-standardised they depend only on the number of neighbours. */
export function hasEqualWeights(weights: Weights): boolean {
  for (let i = 0; i < weights.n; i++) {
    const start = weights.offsets[i]!;
    for (let e = start + 1; e < weights.offsets[i + 1]!; e++) if (weights.values[e] !== weights.values[start]) return false;
  }
  return true;
}

/** Indices of the areas without a neighbour; with `among`, only of those whose mark there is 1. */
export function islandsOf(weights: Weights, among?: Uint8Array): number[] {
  const islands: number[] = [];
  for (let i = 0; i < weights.n; i++) if (weights.offsets[i] === weights.offsets[i + 1] && (!among || among[i])) islands.push(i);
  return islands;
}

/** The same areas with only the edges whose two ends are marked 1 in `keep`. */
export function restrictWeights(weights: Weights, keep: Uint8Array): Weights {
  const offsets = new Int32Array(weights.n + 1);
  const targets = new Int32Array(weights.targets.length);
  const values = new Float64Array(weights.targets.length);
  let at = 0;
  for (let i = 0; i < weights.n; i++) {
    if (keep[i]) {
      for (let e = weights.offsets[i]!; e < weights.offsets[i + 1]!; e++) {
        if (!keep[weights.targets[e]!]) continue;
        targets[at] = weights.targets[e]!;
        values[at] = weights.values[e]!;
        at++;
      }
    }
    offsets[i + 1] = at;
  }
  return { n: weights.n, offsets, targets: targets.slice(0, at), values: values.slice(0, at) };
}

/** The directed edges, row after row: the inverse of weightsFromEdges. */
export function edgesOf(weights: Weights): { from: Int32Array; to: Int32Array; weight: Float64Array } {
  const from = new Int32Array(weights.targets.length);
  for (let i = 0; i < weights.n; i++) from.fill(i, weights.offsets[i]!, weights.offsets[i + 1]!);
  return { from, to: weights.targets.slice(), weight: weights.values.slice() };
}
