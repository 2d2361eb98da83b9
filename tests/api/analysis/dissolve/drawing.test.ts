import { describe, expect, it } from "vitest";
import { dissolve } from "../../../../api/analysis/dissolve/dissolve.ts";
import { createEdgeTable, type EdgeTable, emptyEdgeTable, pointOf, walk } from "../../../../api/analysis/dissolve/edges.ts";
import { nodeEdges } from "../../../../api/analysis/dissolve/node.ts";
import { doubleArea } from "../../../../api/analysis/dissolve/rings.ts";
import { endOf, startOf, waysOf, windingsOf } from "../../../../api/analysis/dissolve/windings.ts";
import { seededRandom } from "../../../fixtures/random.ts";

type Box = readonly [west: number, south: number, east: number, north: number];
const corners = ([west, south, east, north]: Box): number[] => [west, south, east, south, east, north, west, north];
const size = 12;
/** Crossings within two steps of an end are put there: cells are wider than that. */
const cellSteps = 10;
const middles = Array.from({ length: size * size }, (_, cell) => [(cell % size) + 0.5, Math.floor(cell / size) + 0.5] as const);
const isIn = ([west, south, east, north]: Box, [x, y]: readonly [number, number]): boolean =>
  x > west && x < east && y > south && y < north;
const isInRing = (ring: ArrayLike<number>, [x, y]: readonly [number, number]): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
};
/** Groups of boxes as they are dissolved: the rings of each group in cells. */
function dissolved(boxes: readonly Box[], groupOf: readonly number[], groups: number, smallestHole = 0): number[][][] {
  const counts = (each: number) => Int32Array.from({ length: boxes.length + 1 }, (_, i) => i * each);
  const polygons = {
    n: boxes.length,
    coordinates: Float64Array.from(boxes.flatMap(corners), (cell) => (cell * cellSteps) / 1e6),
    ringOffsets: counts(4),
    areaOffsets: counts(1),
  };
  const found = dissolve([{ polygons, groupOf: Int32Array.from(groupOf) }], groups, (smallestHole * cellSteps ** 2) / 1e12);
  expect(found.n).toBe(groups);
  return Array.from({ length: groups }, (_, group) =>
    Array.from({ length: found.areaOffsets[group + 1]! - found.areaOffsets[group]! }, (_, at) => {
      const ring = found.areaOffsets[group]! + at;
      return Array.from(
        found.coordinates.subarray(2 * found.ringOffsets[ring]!, 2 * found.ringOffsets[ring + 1]!),
        (degrees) => Math.round(degrees * 1e6) / cellSteps,
      );
    }),
  );
}

describe("random boxes on a small grid, where cells can be counted", () => {
  it.each([2, 4, 7])(
    "the union of each group holds the cells of its boxes, each ring simple, holes behind their shell (%i boxes)",
    (count) => {
      const random = seededRandom(count);
      const below = (limit: number): number => Math.floor(random() * limit);
      for (let round = 0; round < 12; round++) {
        const boxes = Array.from({ length: count }, (): Box => {
          const [west, south] = [below(size - 3), below(size - 3)];
          return [west, south, west + 1 + below(size - 1 - west), south + 1 + below(size - 1 - south)];
        });
        const groupOf = boxes.map(() => below(3) - 1);
        dissolved(boxes, groupOf, 2).forEach((rings, group) => {
          const own = boxes.filter((_, at) => groupOf[at] === group);
          let [area, shell]: [number, readonly number[] | null] = [0, null];
          for (const ring of rings) {
            area += doubleArea(Float64Array.from(ring)) / 2;
            const points = Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`);
            expect(new Set(points).size).toBe(points.length);
            if (doubleArea(Float64Array.from(ring)) > 0) shell = ring;
            else {
              const [cell] = middles.filter((middle) => isInRing(ring, middle));
              expect(shell !== null && isInRing(shell, cell!)).toBe(true);
            }
          }
          const covered = middles.filter((middle) => own.some((each) => isIn(each, middle)));
          expect(area).toBe(covered.length);
          for (const middle of middles)
            expect(rings.filter((ring) => isInRing(ring, middle)).length % 2 === 1).toBe(own.some((each) => isIn(each, middle)));
        });
      }
    },
  );

  it("areas of one source and another go together, and a source whose groups are not as many as its areas is refused", () => {
    const [[rings]] = [
      dissolved(
        [
          [0, 0, 2, 2],
          [2, 0, 4, 2],
          [6, 0, 8, 2],
        ],
        [0, 0, 1],
        2,
      ),
    ];
    expect(rings!.map((ring) => doubleArea(Float64Array.from(ring)))).toEqual([16]);
    expect(() => dissolved([[0, 0, 1, 1]], [0, 0], 1)).toThrow();
  });
});

const drawn = (edges: readonly (readonly [number, number, number, number])[]): EdgeTable => {
  const table = createEdgeTable();
  for (const [ax, ay, bx, by] of edges) walk(table, pointOf(table, ax, ay), pointOf(table, bx, by), 1);
  return table;
};

describe("a drawing", () => {
  it("points and edges keep their numbers and walks add up, however the table grows, and an emptied one begins anew", () => {
    const random = seededRandom(5);
    const below = (limit: number): number => Math.floor(random() * limit);
    const table = createEdgeTable();
    pointOf(table, 1, 1);
    walk(table, pointOf(table, 7, 7), pointOf(table, 8, 8), 1);
    emptyEdgeTable(table);
    const faults: string[] = [];
    const points = new Map<string, number>();
    const times = new Map<string, number>();
    for (let turn = 0; turn < 9000; turn++) {
      const [one, other] = [0, 0].map(() => {
        const key = `${below(90) - 45} ${below(90)}`;
        const [x, y] = key.split(" ").map(Number) as [number, number];
        const point = pointOf(table, x, y);
        if ((points.get(key) ?? point) !== point) faults.push(key);
        points.set(key, point);
        return point;
      }) as [number, number];
      const count = below(2) + 1;
      const edge = walk(table, one, other, count);
      if ((edge === -1) !== (one === other)) faults.push(`edge ${edge}`);
      if (one === other) continue;
      const key = `${Math.min(one, other)} ${Math.max(one, other)}`;
      times.set(key, (times.get(key) ?? 0) + (one < other ? count : -count));
      if (table.times[edge] !== times.get(key)) faults.push(`${key}: ${table.times[edge]}`);
    }
    expect(table.points).toBe(points.size);
    expect(points.size).toBeGreaterThan(4096);
    for (const [key, point] of points) if (`${table.x[point]} ${table.y[point]}` !== key) faults.push(`${key} at ${point}`);
    expect(faults).toEqual([]);
    for (const [key, count] of [...times].slice(0, 500)) {
      const [from, to] = key.split(" ").map(Number) as [number, number];
      const edge = walk(table, from, to, 0);
      expect([table.from[edge], table.to[edge], table.times[edge]]).toEqual([from, to, count]);
    }
  });

  it("ways around a point come anticlockwise from the east, as their angles tell", () => {
    const random = seededRandom(6);
    for (let round = 0; round < 40; round++) {
      const table = createEdgeTable();
      for (let i = 0; i < 14; i++) {
        const point = (): number => pointOf(table, Math.floor(random() * 4), Math.floor(random() * 4));
        walk(table, point(), point(), 1);
      }
      const { starts, order, places } = waysOf(table);
      for (let point = 0; point < table.points; point++) {
        const around = [...order.subarray(starts[point], starts[point + 1])];
        const angles = around.map((way) => {
          expect(startOf(table, way)).toBe(point);
          const angle = Math.atan2(table.y[endOf(table, way)]! - table.y[point]!, table.x[endOf(table, way)]! - table.x[point]!);
          return angle < 0 ? angle + 2 * Math.PI : angle;
        });
        expect(angles).toEqual(angles.toSorted((a, b) => a - b));
      }
      order.forEach((way, place) => {
        expect(places[way]).toBe(place);
      });
      const walked = Array.from({ length: table.count }, (_, edge) => edge).filter((edge) => table.times[edge] !== 0);
      expect([...order].sort((a, b) => a - b)).toEqual(walked.flatMap((edge) => [2 * edge, 2 * edge + 1]));
    }
  });

  it("left of each way the plane is walked around as often as a ray from there crosses", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 25; round++) {
      const table = createEdgeTable();
      const below = (limit: number): number => Math.floor(random() * limit);
      // Boxes apart, inside one another and across, walked either way, once or twice.
      const boxes = Array.from({ length: 4 }, (): { box: Box; times: number } => {
        const [west, south] = [below(12), below(12)];
        return {
          box: [west, south, west + 1 + below(8), south + 1 + below(8)].map((cell) => cell * cellSteps) as unknown as Box,
          times: [1, -1, 2][below(3)]!,
        };
      });
      for (const { box, times } of boxes) {
        const ring = corners(box);
        for (let i = 0; i < 8; i += 2)
          walk(table, pointOf(table, ring[i]!, ring[i + 1]!), pointOf(table, ring[(i + 2) % 8]!, ring[(i + 3) % 8]!), times);
      }
      expect(nodeEdges(table)).toBe(true);
      const ways = waysOf(table);
      const windings = windingsOf(table, ways);
      for (const way of ways.order) {
        const [a, b] = [startOf(table, way), endOf(table, way)];
        const [dx, dy] = [table.x[b]! - table.x[a]!, table.y[b]! - table.y[a]!];
        const length = Math.hypot(dx, dy);
        const beside = [
          (table.x[a]! + table.x[b]!) / 2 - (0.25 * dy) / length,
          (table.y[a]! + table.y[b]!) / 2 + (0.25 * dx) / length,
        ] as const;
        expect(windings[way]).toBe(boxes.reduce((sum, { box, times }) => sum + (isIn(box, beside) ? times : 0), 0));
      }
    }
  });

  it.each<[string, [number, number, number, number][], string[]]>([
    [
      "a cross",
      [
        [0, 0, 10, 10],
        [0, 10, 10, 0],
      ],
      ["0 0-5 5", "0 10-5 5", "5 5-10 0", "5 5-10 10"],
    ],
    [
      "an end on the other",
      [
        [0, 0, 10, 0],
        [5, 0, 5, 9],
      ],
      ["0 0-5 0", "5 0-10 0", "5 0-5 9"],
    ],
    [
      "an end on the other, from below",
      [
        [5, -9, 5, 0],
        [0, 0, 10, 0],
      ],
      ["0 0-5 0", "5 -9-5 0", "5 0-10 0"],
    ],
    [
      "one along the other",
      [
        [0, 0, 10, 0],
        [3, 0, 7, 0],
      ],
      ["0 0-3 0", "3 0-7 0 twice", "7 0-10 0"],
    ],
    [
      "one along the other and beyond",
      [
        [0, 0, 6, 0],
        [3, 0, 9, 0],
      ],
      ["0 0-3 0", "3 0-6 0 twice", "6 0-9 0"],
    ],
    [
      "a common end",
      [
        [0, 0, 10, 0],
        [0, 0, 9, 9],
      ],
      ["0 0-10 0", "0 0-9 9"],
    ],
    [
      "on one line, apart",
      [
        [0, 0, 4, 4],
        [6, 6, 9, 9],
      ],
      ["0 0-4 4", "6 6-9 9"],
    ],
    [
      "apart, with boxes that meet",
      [
        [0, 0, 10, 10],
        [6, 0, 10, 3],
      ],
      ["0 0-10 10", "6 0-10 3"],
    ],
    [
      "a crossing near an end",
      [
        [0, 0, 100, 0],
        [50, -1, 51, 90],
      ],
      ["0 0-50 -1", "50 -1-100 0", "50 -1-51 90"],
    ],
    [
      "a crossing farther from an end",
      [
        [0, 0, 100, 0],
        [50, -3, 50, 90],
      ],
      ["0 0-50 0", "50 -3-50 0", "50 0-100 0", "50 0-50 90"],
    ],
  ])("%s is parted where it meets", (_, edges, expected) => {
    const table = drawn(edges);
    expect(nodeEdges(table)).toBe(true);
    const at = (point: number): string => `${table.x[point]} ${table.y[point]}`;
    const parts = Array.from({ length: table.count }, (_, edge) => edge)
      .filter((edge) => table.times[edge] !== 0)
      .map((edge) => {
        const [a, b] = [table.from[edge]!, table.to[edge]!].sort((p, q) => table.x[p]! - table.x[q]! || table.y[p]! - table.y[q]!) as [
          number,
          number,
        ];
        return `${at(a)}-${at(b)}${Math.abs(table.times[edge]!) === 2 ? " twice" : ""}`;
      });
    expect(parts.sort()).toEqual(expected.toSorted());
  });
});
