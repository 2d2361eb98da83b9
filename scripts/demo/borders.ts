import type { Delaunay } from "d3-delaunay";
import { seed } from "./plan.ts";
import { normal, seededRandom, seedOf } from "./random.ts";

type Point = readonly [number, number];

/** Bends the whole plane a little, so that no border is straight over a long way. Smooth and gentle enough never to fold. */
function bend([x, y]: Point): Point {
  return [
    x + 0.45 * Math.sin(y / 2.3 + 0.7) + 0.25 * Math.sin(x / 1.7 + y / 3.1 + 2.1),
    y + 0.45 * Math.sin(x / 2.6 + 1.9) + 0.25 * Math.sin(y / 1.6 - x / 2.9 + 0.4),
  ];
}

/** A border between two corners as a wandering line, both ends included: middles are pushed aside, again and again, less each time. */
function wander(from: Point, to: Point, key: string): Point[] {
  const random = seededRandom(seedOf(seed, key));
  const split = (a: Point, b: Point, share: number): Point[] => {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    if (Math.hypot(dx, dy) < 0.22) return [a];
    const push = Math.max(-1.6, Math.min(1.6, normal(random))) * share;
    const middle: Point = [(a[0] + b[0]) / 2 - dy * push, (a[1] + b[1]) / 2 + dx * push];
    return [...split(a, middle, share * 0.85), ...split(middle, b, share * 0.85)];
  };
  return [...split(from, to, 0.075), to];
}

/**
 * The ring of every village, closed and counter-clockwise, in kilometres. A border between two cells is drawn once and used by both, so they share every
 * vertex exactly.
 */
export function villageRings(delaunay: Delaunay<Point>, villages: number): Point[][] {
  const { circumcenters } = delaunay.voronoi([-100, -100, 100, 100]);
  const corner = (triangle: number): Point => [circumcenters[2 * triangle]!, circumcenters[2 * triangle + 1]!];
  const drawn = new Map<string, Point[]>();
  const border = (from: number, to: number): Point[] => {
    const [low, high] = from < to ? [from, to] : [to, from];
    const key = `${low}-${high}`;
    let line = drawn.get(key);
    if (!line) {
      line = wander(corner(low), corner(high), key).map(bend);
      drawn.set(key, line);
    }
    return from === low ? line : [...line].reverse();
  };
  const { inedges, halfedges } = delaunay;
  return Array.from({ length: villages }, (_, village) => {
    const around: number[] = [];
    let edge = inedges[village]!;
    do {
      around.push(Math.floor(edge / 3));
      edge = halfedges[edge % 3 === 2 ? edge - 2 : edge + 1]!;
    } while (edge !== -1 && edge !== inedges[village]);
    const ring = around.flatMap((triangle, index) => border(triangle, around[(index + 1) % around.length]!).slice(0, -1));
    ring.push(ring[0]!);
    return signedArea(ring) > 0 ? ring : ring.reverse();
  });
}

/** Positive for a ring that runs counter-clockwise. */
export function signedArea(ring: readonly Point[]): number {
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i++) twice += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1];
  return twice / 2;
}
