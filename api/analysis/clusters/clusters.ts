import { AnalysisRefusal } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { dbscan } from "./dbscan.ts";
import { hdbscan } from "./hdbscan.ts";
import { convexHull } from "./hull.ts";
import { spaceTimeDbscan } from "./spaceTimeDbscan.ts";

export interface ClustersInput {
  /** Metres of one plane. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly days: Float64Array;
  readonly algorithm: "dbscan" | "st_dbscan" | "hdbscan";
  readonly epsilonMetres: number;
  readonly epsilonDays: number;
  readonly minPoints: number;
  /** What hdbscan takes distances below for. */
  readonly resolutionMetres: number;
}

export interface FoundCluster {
  /** Points of the cluster, ascending. */
  readonly members: number[];
  /** Corners of their convex hull, counter-clockwise: one where all lie on one spot, two on a line. */
  readonly hull: number[];
}

export interface ClustersResult {
  /** −1 is noise. */
  readonly cluster: Int32Array;
  /** 1 for core points; hdbscan has none, as it has no epsilon. */
  readonly core: Uint8Array | null;
  /** Of hdbscan: how firmly a point belongs to its cluster, 0 for noise. */
  readonly probability: Float64Array | null;
  readonly clusters: readonly FoundCluster[];
  readonly warnings: readonly AnalysisWarning[];
}

/** Groups points by the algorithm asked for and outlines the groups. It groups, it does not test. Refuses `no_events` without points. */
export function analyseClusters(input: ClustersInput): ClustersResult {
  const { x, y, algorithm } = input;
  if (x.length === 0) throw new AnalysisRefusal("no_events");
  const found = algorithm === "dbscan" ? dbscan(input) : algorithm === "st_dbscan" ? spaceTimeDbscan(input) : hdbscan(input);
  const members: number[][] = Array.from({ length: found.count }, () => []);
  found.cluster.forEach((cluster, point) => {
    if (cluster >= 0) members[cluster]!.push(point);
  });
  return {
    cluster: found.cluster,
    core: "core" in found ? found.core : null,
    probability: "probability" in found ? found.probability : null,
    clusters: members.map((list) => ({ members: list, hull: convexHull(x, y, list) })),
    warnings: found.count === 0 ? [{ code: "no_clusters", details: { points: x.length, minPoints: input.minPoints } }] : [],
  };
}
