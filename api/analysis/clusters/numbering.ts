/** Points in clusters. */
export interface Clusters {
  /** Cluster of each point, numbered from 0 by their first point; −1 is noise. */
  readonly cluster: Int32Array;
  /** 1 for core points. */
  readonly core: Uint8Array;
  readonly count: number;
}

/** Renumbers clusters, so far any numbers below `limit`, from 0 in the order of their first points, in place; −1 stays. Returns how many there are. */
export function numberClusters(cluster: Int32Array, limit: number): number {
  const number = new Int32Array(limit).fill(-1);
  let count = 0;
  for (let i = 0; i < cluster.length; i++) {
    const old = cluster[i]!;
    if (old < 0) continue;
    if (number[old]! < 0) number[old] = count++;
    cluster[i] = number[old]!;
  }
  return count;
}
