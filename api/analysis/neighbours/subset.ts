import type { Weights } from "./weights.ts";

/** Areas taken out of a larger set and numbered anew, with the edges among them. */
export interface Subset {
  /** The index in the larger set of each member, ascending. */
  readonly members: Int32Array;
  readonly weights: Weights;
}

/** The areas marked 1 in `keep`, in their order, with their neighbours among themselves. Cost: O(n + edges). */
export function subsetOf(weights: Weights, keep: Uint8Array): Subset {
  const place = new Int32Array(weights.n).fill(-1);
  let n = 0;
  for (let i = 0; i < weights.n; i++) if (keep[i]) place[i] = n++;
  const members = new Int32Array(n);
  const offsets = new Int32Array(n + 1);
  const targets = new Int32Array(weights.targets.length);
  const values = new Float64Array(weights.targets.length);
  let at = 0;
  for (let i = 0; i < weights.n; i++) {
    if (place[i]! < 0) continue;
    members[place[i]!] = i;
    for (let e = weights.offsets[i]!; e < weights.offsets[i + 1]!; e++) {
      const j = place[weights.targets[e]!]!;
      if (j < 0) continue;
      targets[at] = j;
      values[at] = weights.values[e]!;
      at++;
    }
    offsets[place[i]! + 1] = at;
  }
  return { members, weights: { n, offsets, targets: targets.slice(0, at), values: values.slice(0, at) } };
}

/** A column of the subset laid back over the larger set, NaN elsewhere. */
export function spreadOver(subset: Subset, n: number, column: Float64Array): Float64Array {
  const spread = new Float64Array(n).fill(Number.NaN);
  subset.members.forEach((i, a) => {
    spread[i] = column[a]!;
  });
  return spread;
}
