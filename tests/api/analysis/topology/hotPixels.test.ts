import { expect, it } from "vitest";
import { createEdgeTable, pointAt, toggleEdge } from "../../../../api/analysis/topology/edgeTable.ts";
import { snapRounded } from "../../../../api/analysis/topology/snapRounding.ts";
import { seededRandom } from "../../../fixtures/random.ts";

type Point = readonly [x: number, y: number];
type Edge = readonly [Point, Point];
/** A bound of a stretch of an edge as a fraction with a denominator above 0, and whether the bound belongs to it. */
type Bound = readonly [over: number, under: number, isClosed: boolean];

const compare = ([a, b]: Bound, [c, d]: Bound): number => a * d - c * b;

/** The stretch in which one coordinate is within half a unit of a pixel's middle, its lower side included and its upper not; null for none. */
function within(from: number, to: number, middle: number): [Bound, Bound] | null {
  const along = to - from;
  if (along === 0)
    return from === middle
      ? [
          [0, 1, true],
          [1, 1, true],
        ]
      : null;
  const lower = 2 * (middle - from) - 1;
  const upper = 2 * (middle - from) + 1;
  return along > 0
    ? [
        [lower, 2 * along, true],
        [upper, 2 * along, false],
      ]
    : [
        [-upper, -2 * along, false],
        [-lower, -2 * along, true],
      ];
}

/** Whether an edge passes the pixel, by the stretches of both coordinates and of the edge itself. */
function passes([[ax, ay], [bx, by]]: Edge, [x, y]: Point): boolean {
  const stretches = [
    within(ax, bx, x),
    within(ay, by, y),
    [
      [0, 1, true],
      [1, 1, true],
    ] as [Bound, Bound],
  ];
  if (stretches.some((stretch) => stretch === null)) return false;
  const begins = stretches.map((stretch) => stretch![0]).sort((a, b) => compare(b, a) || Number(a[2]) - Number(b[2]))[0]!;
  const ends = stretches.map((stretch) => stretch![1]).sort((a, b) => compare(a, b) || Number(a[2]) - Number(b[2]))[0]!;
  const length = compare(ends, begins);
  return length > 0 || (length === 0 && begins[2] && ends[2]);
}

const side = ([a, b]: Edge, p: Point): number => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

it("every edge is drawn through the middles of the pixels of ends and crossings that it passes, and no others, by exact fractions", () => {
  const random = seededRandom(77);
  for (let round = 0; round < 40; round++) {
    const extent = round % 2 === 0 ? 8 : 40;
    const whole = (): number => Math.floor(extent * random()) - extent / 2;
    const edges: Edge[] = Array.from(
      { length: 7 },
      () =>
        [
          [whole(), whole()],
          [whole(), whole()],
        ] as const,
    );
    const pixels = new Map<string, Point>();
    for (const edge of edges) for (const end of edge) pixels.set(String(end), end);
    for (const [i, one] of edges.entries())
      for (const other of edges.slice(i + 1)) {
        const [p, q, a, b] = [side(one, other[0]), side(one, other[1]), side(other, one[0]), side(other, one[1])];
        if (p * q >= 0 || a * b >= 0) continue;
        const share = a / (a - b);
        const crossing = [0, 1].map((axis) => Math.round(one[0][axis]! + share * (one[1][axis]! - one[0][axis]!)) + 0) as unknown as Point;
        pixels.set(String(crossing), crossing);
      }
    const expected = new Set<string>();
    const table = createEdgeTable(16);
    for (const [area, edge] of edges.entries()) {
      const [a, b] = edge;
      toggleEdge(table, pointAt(table, ...a), pointAt(table, ...b), area);
      const place = ([x, y]: Point): number => (x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1]);
      const way = [...pixels.values()]
        .filter((pixel) => String(pixel) !== String(a) && String(pixel) !== String(b) && passes(edge, pixel))
        .sort((one, other) => place(one) - place(other));
      const stops = [a, ...way, b].map(String);
      stops.slice(1).forEach((stop, at) => {
        if (stop === stops[at]) return;
        const piece = `${area}: ${[stop, stops[at]!].sort().join(" – ")}`;
        if (!expected.delete(piece)) expected.add(piece);
      });
    }
    const { edges: count, head, from, to, x, y, area, nextEntry } = snapRounded(table);
    const found = new Set<string>();
    for (let edge = 0; edge < count; edge++)
      for (let entry = head[edge]!; entry !== -1; entry = nextEntry[entry]!) {
        const ends = [from[edge]!, to[edge]!].map((point) => `${x[point]},${y[point]}`).sort();
        found.add(`${area[entry]}: ${ends.join(" – ")}`);
      }
    expect([...found].sort(), `round ${round}`).toEqual([...expected].sort());
  }
});
