import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import { chooseClusters, condensedTree } from "./condensedTree.ts";
import { mutualReachabilityTree, squaredCoreDistances } from "./mutualReachability.ts";
import { numberClusters } from "./numbering.ts";

export interface HdbscanInput {
  /** Metres of one plane, finite. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points of the smallest cluster, and with which density is measured, the point itself counted; 2 to 1,000. */
  readonly minPoints: number;
  /** Distances below this are taken as this, above 0: places are not known better, and points on one spot would be infinitely dense. */
  readonly resolutionMetres: number;
}

export interface HierarchicalClusters {
  /** Cluster of each point, numbered from 0 by their first point; −1 is noise. */
  readonly cluster: Int32Array;
  /** How firmly each point belongs to its cluster, in (0, 1]: the density at which it leaves over that at which the cluster ends; 0 for noise. */
  readonly probability: Float64Array;
  readonly count: number;
}

/** The time grows with the square of the points. */
const mostPoints = 50_000;
const mostNeighbours = 1000;

/**
 * HDBSCAN*, hierarchical density-based clustering: the most persistent of all clusters that DBSCAN would find over all epsilon.
 *
 * Why: finds dense and loose gatherings side by side, where one epsilon fits not all. In words: the core distance of a point is that to its `minPoints`-th nearest, itself
 * counted; two points are as far apart as the largest of their distance and both core distances; the shortest tree of these is cut from the longest edge down, giving a tree
 * of clusters of at least `minPoints` points; of these the ones with the largest sum of (density at which a point leaves − density at which the cluster came about) that do
 * not overlap are the result, density being 1 / distance. The whole is never a cluster: with fewer than two gatherings everything is noise.
 * Edges of equal length are cut together, as the paper has it, so that neither ties nor the order of the points change a partition.
 * Source: Campello, Moulavi & Sander 2013, doi:10.1007/978-3-642-37456-2_14; probabilities McInnes, Healy & Astels 2017, doi:10.21105/joss.00205.
 * Cost: O(n²) time, 50,000 points take about 5 s, beyond them the refusal `too_many_points`; O(n) memory. Throws the refusal `wrong_input`.
 */
export function hdbscan({ x, y, minPoints, resolutionMetres }: HdbscanInput): HierarchicalClusters {
  const n = x.length;
  requireInput(y.length === n, "y", y.length);
  requireInput(Number.isInteger(minPoints) && minPoints >= 2 && minPoints <= mostNeighbours, "minPoints", minPoints);
  requireInput(resolutionMetres > 0 && resolutionMetres < Number.POSITIVE_INFINITY, "resolutionMetres", resolutionMetres);
  for (let i = 0; i < n; i++) requireInput(Number.isFinite(x[i]!) && Number.isFinite(y[i]!), "point", i);
  if (n > mostPoints) throw new AnalysisRefusal("too_many_points", { points: n, limit: mostPoints });

  const cluster = new Int32Array(n).fill(-1);
  const probability = new Float64Array(n);
  if (n < minPoints) return { cluster, probability, count: 0 };
  const edges = mutualReachabilityTree(x, y, squaredCoreDistances(x, y, minPoints), resolutionMetres);
  const tree = condensedTree(edges, minPoints);
  const home = chooseClusters(tree);
  for (let i = 0; i < n; i++) {
    const last = tree.lastCluster[i]!;
    const own = home[last]!;
    cluster[i] = own;
    // Who is left when the cluster splits belongs to it fully.
    if (own >= 0) probability[i] = last === own ? tree.leaves[i]! / tree.death[own]! : 1;
  }
  return { cluster, probability, count: numberClusters(cluster, home.length) };
}
