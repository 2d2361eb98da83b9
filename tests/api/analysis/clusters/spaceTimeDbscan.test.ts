import { describe, expect, it } from "vitest";
import { dbscan } from "../../../../api/analysis/clusters/dbscan.ts";
import { type SpaceTimeDbscanInput, spaceTimeDbscan } from "../../../../api/analysis/clusters/spaceTimeDbscan.ts";
import { byDefinition, partition } from "./byDefinition.ts";
import { lattice, lumps, shuffled } from "./lumps.ts";

const input = (more: Partial<SpaceTimeDbscanInput> = {}): SpaceTimeDbscanInput => ({
  ...lumps,
  epsilonMetres: 60,
  epsilonDays: 30,
  minPoints: 4,
  ...more,
});

describe("ST-DBSCAN", () => {
  it.each([
    [60, 30, 4],
    [300, 3, 3],
    [100, 0, 2],
    [100, 12.5, 5],
    [50, 200, 1],
  ])("with %f m, %f days and %i points it is what the definition says", (epsilonMetres, epsilonDays, minPoints) => {
    const both = input({ epsilonMetres, epsilonDays, minPoints });
    expect(spaceTimeDbscan(both)).toEqual(byDefinition(both));
  });

  it.each([
    [20, 1, 4, 1],
    [10, 2, 4, 2],
    [30, 0, 3, 3],
    [20, 2, 7, 4],
    [10, 4, 5, 5],
    [20, 3, 8, 6],
  ])("with %f m, %i days, %i points on a lattice, where distances and days tie, too", (epsilonMetres, epsilonDays, minPoints, seed) => {
    const points = { ...lattice(150, seed), epsilonMetres, epsilonDays, minPoints };
    expect(spaceTimeDbscan(points)).toEqual(byDefinition(points));
  });

  it("days without an end are DBSCAN", () => {
    expect(spaceTimeDbscan(input({ epsilonDays: Number.POSITIVE_INFINITY }))).toEqual(dbscan(input()));
  });

  it("two gatherings on one spot, too long apart, are two", () => {
    const spot = {
      x: new Float64Array(6).fill(5),
      y: new Float64Array(6).fill(5),
      days: Float64Array.of(0, 40, 1, 41, 2, 42),
      epsilonMetres: 10,
      minPoints: 3,
    };
    expect([...spaceTimeDbscan({ ...spot, epsilonDays: 14 }).cluster]).toEqual([0, 1, 0, 1, 0, 1]);
    expect([...spaceTimeDbscan({ ...spot, epsilonDays: 38 }).cluster]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...spaceTimeDbscan({ ...spot, epsilonDays: 37.9 }).cluster]).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("of core points equally near in place the nearest in time has the border point, of those the earlier", () => {
    const arms = (day: number): SpaceTimeDbscanInput => ({
      x: new Float64Array(7),
      y: new Float64Array(7),
      days: Float64Array.of(-12, -11, -10, day, 10, 11, 12),
      epsilonMetres: 1,
      epsilonDays: 10.5,
      minPoints: 4,
    });
    expect([...spaceTimeDbscan(arms(0)).cluster]).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect([...spaceTimeDbscan(arms(0.25)).cluster]).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  it.each([1, 2, 3, 4])("relabelled points have the same clusters, border points between two of them included (%i)", (seed) => {
    const points = { ...lattice(200, seed), epsilonMetres: 20, epsilonDays: 2, minPoints: 7 };
    const order = shuffled(200, seed + 50);
    const arrange = (values: Float64Array): Float64Array => Float64Array.from(order, (i) => values[i]!);
    const there = spaceTimeDbscan(points);
    const back = spaceTimeDbscan({ ...points, x: arrange(points.x), y: arrange(points.y), days: arrange(points.days) });
    expect(partition(back.cluster, [...order.keys()])).toBe(partition(there.cluster, order));
    expect([...back.core]).toEqual(order.map((old) => there.core[old]));
    expect(there.count).toBeGreaterThan(1);
  });

  it("metres and days each in units of their own give the same clusters, and the input stays as it was", () => {
    const scaled = input({
      x: lumps.x.map((x) => 4 * x),
      y: lumps.y.map((y) => 4 * y),
      epsilonMetres: 240,
      days: lumps.days.map((day) => 8 * day - 1000),
      epsilonDays: 240,
    });
    const before = { x: lumps.x.slice(), y: lumps.y.slice(), days: lumps.days.slice() };
    expect(spaceTimeDbscan(scaled)).toEqual(spaceTimeDbscan(input()));
    expect(lumps).toEqual(before);
  });

  it("no point has no cluster", () => {
    const none = { x: new Float64Array(0), y: new Float64Array(0), days: new Float64Array(0) };
    expect(spaceTimeDbscan(input(none))).toEqual({ cluster: new Int32Array(0), core: new Uint8Array(0), count: 0 });
  });

  it.each([
    ["epsilon 0", "epsilonMetres", { epsilonMetres: 0 }],
    ["days before days", "epsilonDays", { epsilonDays: -1 }],
    ["fewer days than points", "days", { days: new Float64Array(599) }],
    ["a day that is none", "days", { days: lumps.days.map((day, i) => (i === 599 ? Number.NaN : day)) }],
  ])("%s: refused, naming %s", (_, field, more) => {
    expect(() => spaceTimeDbscan(input(more))).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: expect.objectContaining({ field }) }),
    );
  });
});
