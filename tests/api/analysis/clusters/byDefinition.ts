import type { DbscanInput } from "../../../../api/analysis/clusters/dbscan.ts";
import type { Clusters } from "../../../../api/analysis/clusters/numbering.ts";

/** DBSCAN and ST-DBSCAN as their definitions read, every pair looked at. */
export function byDefinition(input: DbscanInput & { readonly days?: Float64Array; readonly epsilonDays?: number }): Clusters {
  const { x, y, epsilonMetres, minPoints, epsilonDays = Number.POSITIVE_INFINITY } = input;
  const days = input.epsilonDays === undefined ? undefined : input.days;
  const n = x.length;
  const squared = (i: number, j: number): number => (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2;
  const apart = (i: number, j: number): number => (days ? Math.abs(days[i]! - days[j]!) : 0);
  const near = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_point, j) => j).filter((j) => squared(i, j) <= epsilonMetres ** 2 && apart(i, j) <= epsilonDays),
  );
  const core = Uint8Array.from(near, (list) => (list.length >= minPoints ? 1 : 0));
  const label = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    if (!core[i] || label[i]! >= 0) continue;
    const stack = [i];
    label[i] = i;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (const j of near[at]!) {
        if (!core[j] || label[j]! >= 0) continue;
        label[j] = i;
        stack.push(j);
      }
    }
  }
  const settled = label.map((own, i) => {
    if (core[i]) return own;
    const cores = near[i]!.filter((j) => core[j]);
    const day = (j: number): number => days?.[j] ?? 0;
    cores.sort((a, b) => squared(i, a) - squared(i, b) || apart(i, a) - apart(i, b) || x[a]! - x[b]! || y[a]! - y[b]! || day(a) - day(b));
    return cores.length > 0 ? label[cores[0]!]! : -1;
  });
  const numbers = [...new Set(settled)].filter((root) => root >= 0);
  return { cluster: settled.map((root) => numbers.indexOf(root)), core, count: numbers.length };
}

/** The partition as text that does not depend on how clusters are numbered: for each point its cluster's first point, in the order given. */
export function partition(cluster: ArrayLike<number>, order: readonly number[]): string {
  const first = new Map<number, number>();
  return order
    .map((point, at) => {
      const own = cluster[point]!;
      if (own >= 0 && !first.has(own)) first.set(own, at);
      return own < 0 ? "–" : String(first.get(own));
    })
    .join(" ");
}
