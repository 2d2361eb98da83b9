import { expect, test } from "vitest";
import { createEdgeTable, pointAt, toggleEdge } from "../../../../api/analysis/topology/edgeTable.ts";
import { snapRounded } from "../../../../api/analysis/topology/snapRounding.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const side = (a: readonly number[], b: readonly number[], p: readonly number[]): number =>
  Math.sign((b[0]! - a[0]!) * (p[1]! - a[1]!) - (b[1]! - a[1]!) * (p[0]! - a[0]!));

test.each([
  ["in a narrow place, where everything crosses", 12, 40],
  ["with long and short edges", 4000, 30],
])("after snapping edges meet in their ends only, %s", (_, extent, count) => {
  const random = seededRandom(7 + extent);
  for (let round = 0; round < 8; round++) {
    const table = createEdgeTable(16);
    const whole = (): number => Math.floor(extent * random());
    for (let i = 0; i < count; i++) toggleEdge(table, pointAt(table, whole(), whole()), pointAt(table, whole(), whole()), i);
    const { edges, head, from, to, x, y, points } = snapRounded(table);
    const drawn = Array.from({ length: edges }, (_, e) => e)
      .filter((e) => head[e] !== -1)
      .map((e) => [
        [x[from[e]!]!, y[from[e]!]!],
        [x[to[e]!]!, y[to[e]!]!],
      ]);
    const ends = new Set(drawn.flat().map(String));
    const places = [...ends].map((text) => text.split(",").map(Number));
    expect(ends.size).toBeLessThanOrEqual(points);
    const faults: string[] = [];
    for (const [i, [a, b]] of drawn.entries()) {
      for (const [c, d] of drawn.slice(i + 1)) {
        if (side(a!, b!, c!) * side(a!, b!, d!) < 0 && side(c!, d!, a!) * side(c!, d!, b!) < 0) faults.push(`${a} ${b} crosses ${c} ${d}`);
      }
      for (const p of places) {
        const isBetween = (p[0]! - a![0]!) * (p[0]! - b![0]!) + (p[1]! - a![1]!) * (p[1]! - b![1]!) < 0;
        if (isBetween && side(a!, b!, p) === 0) faults.push(`${p} on ${a} ${b}`);
      }
    }
    expect(faults).toEqual([]);
  }
});

test("a piece of border that an area has twice is no border", () => {
  const table = createEdgeTable(16);
  const [a, b] = [pointAt(table, 0, 0), pointAt(table, 10, 0)];
  toggleEdge(table, a, b, 1);
  toggleEdge(table, b, a, 2);
  toggleEdge(table, b, a, 1);
  const { head, area, nextEntry } = snapRounded(table);
  expect([area[head[0]!], nextEntry[head[0]!]]).toEqual([2, -1]);
});
