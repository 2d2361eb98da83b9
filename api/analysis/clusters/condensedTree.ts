import type { TreeEdges } from "./mutualReachability.ts";
import { createUnion, findRoot, unite } from "./union.ts";

/** The merging of points from single ones to all: nodes below n are points, node n + m came about at the m-th shortest edge. */
interface Dendrogram {
  readonly points: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly metres: Float64Array;
  readonly size: Int32Array;
}

/** Clusters as they come about and end while the distance shrinks; 0 is everything, and a cluster's number is above that of the one it came from. */
export interface CondensedTree {
  readonly parent: number[];
  /** Σ over points (density at which the point leaves − density at which the cluster came about), densities in 1 / metre. */
  readonly stability: number[];
  /** Density at which the cluster has split or its last points left. */
  readonly death: number[];
  /** The smallest cluster that each point was in, and the density at which it left it. */
  readonly lastCluster: Int32Array;
  readonly leaves: Float64Array;
}

function dendrogramOf({ from, to, metres }: TreeEdges): Dendrogram {
  const points = from.length + 1;
  const order = Int32Array.from(metres.keys()).sort((a, b) => metres[a]! - metres[b]!);
  const union = createUnion(points);
  const node = createUnion(points);
  const size = new Int32Array(2 * points - 1).fill(1);
  const dendrogram = {
    points,
    left: new Int32Array(points - 1),
    right: new Int32Array(points - 1),
    metres: new Float64Array(points - 1),
    size,
  };
  order.forEach((edge, m) => {
    const one = findRoot(union, from[edge]!);
    const other = findRoot(union, to[edge]!);
    dendrogram.left[m] = node[one]!;
    dendrogram.right[m] = node[other]!;
    dendrogram.metres[m] = metres[edge]!;
    size[points + m] = size[node[one]!]! + size[node[other]!]!;
    node[unite(union, one, other)] = points + m;
  });
  return dendrogram;
}

/** What a node falls into at its own length. Edges of equal length go at once, so that no result depends on the order of equals. */
function partsOf({ points, left, right, metres }: Dendrogram, node: number): number[] {
  const parts: number[] = [];
  const open = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const m = at - points;
    if (m < 0 || (at !== node && metres[m] !== metres[node - points])) parts.push(at);
    else open.push(left[m]!, right[m]!);
  }
  return parts;
}

function forEachPoint({ points, left, right }: Dendrogram, node: number, visit: (point: number) => void): void {
  const open = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at < points) visit(at);
    else open.push(left[at - points]!, right[at - points]!);
  }
}

/**
 * The condensed tree: which clusters of at least `leastSize` points there are at any density, from the sparsest to the densest.
 *
 * In words: shorten the allowed distance from the longest edge of the tree down. Where a cluster falls into two or more parts of at least `leastSize` points, those are new
 * clusters; with one such part it lives on as that, and the points of the smaller parts have left it; with none it has ended.
 * Source: Campello, Moulavi & Sander 2013, doi:10.1007/978-3-642-37456-2_14. At least two points; leastSize at least 2. Cost: O(n log n).
 */
export function condensedTree(edges: TreeEdges, leastSize: number): CondensedTree {
  const dendrogram = dendrogramOf(edges);
  const { points, metres, size } = dendrogram;
  const tree = { parent: [-1], stability: [0], death: [0], lastCluster: new Int32Array(points), leaves: new Float64Array(points) };
  const birth = [0];
  const open: (readonly [node: number, cluster: number])[] = [[2 * points - 2, 0]];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [node, cluster] = at;
    const density = 1 / metres[node - points]!;
    const parts = partsOf(dendrogram, node);
    const large = parts.filter((part) => size[part]! >= leastSize);
    tree.death[cluster] = density;
    for (const part of parts) {
      const isLarge = size[part]! >= leastSize;
      if (isLarge && large.length === 1) {
        open.push([part, cluster]);
        continue;
      }
      tree.stability[cluster]! += size[part]! * (density - birth[cluster]!);
      if (isLarge) {
        open.push([part, birth.length]);
        tree.parent.push(cluster);
        tree.stability.push(0);
        tree.death.push(density);
        birth.push(density);
      } else {
        forEachPoint(dendrogram, part, (point) => {
          tree.lastCluster[point] = cluster;
          tree.leaves[point] = density;
        });
      }
    }
  }
  return tree;
}

/** Of equal stability is what differs by less than this share, since sums in another order differ in their last digits. */
const equalShare = 1e-9;

/**
 * The clusters with the most excess of mass: for each cluster of the tree the chosen one that holds it, or −1.
 *
 * In words: from the smallest clusters up, keep a cluster if it is at least as stable as the best choice among those inside it together. Everything as one is never chosen.
 * Source: Campello, Moulavi & Sander 2013, doi:10.1007/978-3-642-37456-2_14. Cost: O(clusters).
 */
export function chooseClusters({ parent, stability }: CondensedTree): Int32Array {
  const inside = new Float64Array(parent.length);
  const isChosen = new Uint8Array(parent.length);
  for (let cluster = parent.length - 1; cluster > 0; cluster--) {
    const isStable = stability[cluster]! >= inside[cluster]! * (1 - equalShare);
    isChosen[cluster] = isStable ? 1 : 0;
    inside[parent[cluster]!]! += isStable ? stability[cluster]! : inside[cluster]!;
  }
  const home = new Int32Array(parent.length).fill(-1);
  for (let cluster = 1; cluster < parent.length; cluster++) {
    const above = home[parent[cluster]!]!;
    home[cluster] = above >= 0 || !isChosen[cluster] ? above : cluster;
  }
  return home;
}
