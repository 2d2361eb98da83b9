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
  if (n === weights.n) {
    for (let i = 0; i < n; i++) members[i] = i;
    return { members, weights };
  }
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

/** Marks (1) what is not NaN. */
export function knownValues(values: Float64Array): Uint8Array {
  const known = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) known[i] = 1;
  return known;
}

/** The members' entries of a column over the larger set. */
export function takeFrom(column: Float64Array, members: Int32Array): Float64Array {
  const taken = new Float64Array(members.length);
  for (let a = 0; a < members.length; a++) taken[a] = column[members[a]!]!;
  return taken;
}

/** A column of the subset laid back over the larger set, NaN elsewhere. */
export function spreadOver(subset: Subset, n: number, column: Float64Array): Float64Array {
  const spread = new Float64Array(n).fill(Number.NaN);
  for (let a = 0; a < column.length; a++) spread[subset.members[a]!] = column[a]!;
  return spread;
}
