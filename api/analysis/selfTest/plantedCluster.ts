import type { Weights } from "../neighbours/weights.ts";
import type { Random } from "../significance/random.ts";

/**
 * Areas asked for from which a cluster of `size` areas can be grown, ascending: enough others are linked to them, and the cluster is at most half of all areas,
 * since what is raised in most places is no cluster. Cost: O(areas × size × neighbours).
 */
export function startsOfClusters(weights: Weights, reported: Uint8Array, size: number): Int32Array {
  const starts: number[] = [];
  if (2 * size > weights.n) return new Int32Array(0);
  const seenFrom = new Int32Array(weights.n).fill(-1);
  const cluster = new Int32Array(size);
  for (let start = 0; start < weights.n; start++) {
    if (!reported[start]) continue;
    let count = 1;
    cluster[0] = start;
    seenFrom[start] = start;
    for (let at = 0; at < count && count < size; at++) {
      for (let e = weights.offsets[cluster[at]!]!; e < weights.offsets[cluster[at]! + 1]! && count < size; e++) {
        const j = weights.targets[e]!;
        if (seenFrom[j] === start) continue;
        seenFrom[j] = start;
        cluster[count++] = j;
      }
    }
    if (count === size) starts.push(start);
  }
  return Int32Array.from(starts);
}

/** The start and its neighbours, then theirs, ring by ring in random order, until there are `size` of them (fewer where no more are linked). */
export function growCluster(weights: Weights, start: number, size: number, random: Pick<Random, "below">): Int32Array {
  const cluster = new Int32Array(size);
  const isIn = new Set<number>([start]);
  cluster[0] = start;
  let count = 1;
  for (let at = 0; at < count && count < size; at++) {
    const from = weights.offsets[cluster[at]!]!;
    const ring = weights.targets.slice(from, weights.offsets[cluster[at]! + 1]!);
    for (let position = 0; position < ring.length && count < size; position++) {
      const other = position + random.below(ring.length - position);
      const area = ring[other]!;
      ring[other] = ring[position]!;
      if (isIn.has(area)) continue;
      isIn.add(area);
      cluster[count++] = area;
    }
  }
  return cluster.slice(0, count);
}
