/** Sets of whole numbers that grow together: each number's parent, roots being their own. Source: Tarjan 1975, doi:10.1145/321879.321884, with path halving. */
export function createUnion(n: number): Int32Array {
  const parents = new Int32Array(n);
  for (let i = 0; i < n; i++) parents[i] = i;
  return parents;
}

/** The root of the set that holds i; nearly constant on average. */
export function findRoot(parents: Int32Array, i: number): number {
  let at = i;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at]!]!;
    at = parents[at]!;
  }
  return at;
}

/** Makes one set of those that hold i and j; the lower root becomes, and is returned as, the root of both. */
export function unite(parents: Int32Array, i: number, j: number): number {
  const one = findRoot(parents, i);
  const other = findRoot(parents, j);
  const root = Math.min(one, other);
  parents[Math.max(one, other)] = root;
  return root;
}
