import { expect, it } from "vitest";
import { createEdgeTable, pointAt, toggleEdge } from "../../../../api/analysis/topology/edgeTable.ts";
import { seededRandom } from "../../../fixtures/random.ts";

it("points and edges keep their numbers and every area is on an edge an odd number of times, however the table grows", () => {
  const random = seededRandom(3);
  const table = createEdgeTable(0);
  const below = (limit: number): number => Math.floor(random() * limit);
  const numbers = new Map<string, number>();
  const areasOf = new Map<string, Set<number>>();
  for (let turn = 0; turn < 4000; turn++) {
    const ends = [0, 0].map(() => {
      const [x, y] = [below(40) - 20, below(10) - 5];
      const point = pointAt(table, x, y);
      const key = `${x} ${y}`;
      if ((numbers.get(key) ?? point) !== point) expect.fail(`${key} is ${point}`);
      numbers.set(key, point);
      return point;
    }) as [number, number];
    const area = below(3);
    toggleEdge(table, ends[0], ends[1], area);
    if (ends[0] === ends[1]) continue;
    const key = [Math.min(...ends), Math.max(...ends)].join(" ");
    const areas = areasOf.get(key) ?? new Set();
    if (!areas.delete(area)) areas.add(area);
    areasOf.set(key, areas);
  }
  expect(table.points).toBe(numbers.size);
  for (const [key, point] of numbers) expect(`${table.x[point]} ${table.y[point]}`).toBe(key);
  expect(table.edges).toBe(areasOf.size);
  for (let edge = 0; edge < table.edges; edge++) {
    const areas: number[] = [];
    for (let entry = table.head[edge]!; entry !== -1; entry = table.nextEntry[entry]!) areas.push(table.area[entry]!);
    expect(areas.sort()).toEqual([...areasOf.get(`${table.from[edge]} ${table.to[edge]}`)!].sort());
  }
});
