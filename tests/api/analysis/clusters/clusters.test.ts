import { describe, expect, it } from "vitest";
import { analyseClusters, type ClustersInput } from "../../../../api/analysis/clusters/clusters.ts";
import { dbscan } from "../../../../api/analysis/clusters/dbscan.ts";
import { hdbscan } from "../../../../api/analysis/clusters/hdbscan.ts";
import { spaceTimeDbscan } from "../../../../api/analysis/clusters/spaceTimeDbscan.ts";
import { lumps } from "./lumps.ts";

const input = (more: Partial<ClustersInput> = {}): ClustersInput => ({
  ...lumps,
  algorithm: "dbscan",
  epsilonMetres: 60,
  epsilonDays: 30,
  minPoints: 5,
  resolutionMetres: 1,
  ...more,
});

describe("clusters of points", () => {
  it("are those of the algorithm asked for", () => {
    const plain = dbscan(input());
    expect(analyseClusters(input())).toMatchObject({ cluster: plain.cluster, core: plain.core, probability: null, warnings: [] });
    const inTime = spaceTimeDbscan(input());
    expect(analyseClusters(input({ algorithm: "st_dbscan" }))).toMatchObject({
      cluster: inTime.cluster,
      core: inTime.core,
      probability: null,
    });
    const { cluster, probability } = hdbscan(input());
    expect(analyseClusters(input({ algorithm: "hdbscan" }))).toMatchObject({ cluster, probability, core: null });
  });

  it("list their members and hulls, noise in none", () => {
    const { cluster, clusters } = analyseClusters(input());
    expect(clusters).toHaveLength(dbscan(input()).count);
    clusters.forEach(({ members, hull }, number) => {
      expect(members).toEqual([...cluster.keys()].filter((i) => cluster[i] === number));
      expect(members).toEqual(expect.arrayContaining(hull));
    });
  });

  it("where there are none it is said, where there are no points it is refused", () => {
    expect(analyseClusters(input({ minPoints: 601 }))).toMatchObject({
      clusters: [],
      warnings: [{ code: "no_clusters", details: { points: 600, minPoints: 601 } }],
    });
    const none = { x: new Float64Array(0), y: new Float64Array(0), days: new Float64Array(0) };
    expect(() => analyseClusters(input(none))).toThrowError(expect.objectContaining({ code: "no_events" }));
  });
});
