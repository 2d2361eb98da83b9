import { describe, expect, it } from "vitest";
import { gapBetween, sharesVertex, stretchWithin } from "../../../../api/analysis/neighbours/pieceGeometry.ts";
import { createPieces, endIsVertex, type Pieces, startIsVertex } from "../../../../api/analysis/neighbours/pieces.ts";
import { seededRandom } from "../../../fixtures/random.ts";

type Segment = readonly [ax: number, ay: number, bx: number, by: number];

function piecesOf(...segments: Segment[]): Pieces {
  const pieces = createPieces();
  segments.forEach(([ax, ay, bx, by], p) => {
    const length = Math.hypot(bx - ax, by - ay);
    pieces.numbers.set([ax, ay, bx, by, (bx - ax) / length, (by - ay) / length, length], 7 * p);
    pieces.flags[p] = startIsVertex | endIsVertex;
  });
  pieces.count = segments.length;
  return pieces;
}

function distanceTo([ax, ay, bx, by]: Segment, x: number, y: number): number {
  const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

const random = seededRandom(12);
const anywhere = (): number => Math.round(200 * random() - 100);
const segments = Array.from({ length: 400 }, (): Segment => [anywhere(), anywhere(), anywhere() + 0.5, anywhere()]);

describe("pieces of border", () => {
  it("the stretch of one within 30 m of another is where walking along it says so", () => {
    const steps = 2000;
    const stretch = new Float64Array(2);
    let met = 0;
    for (let p = 0; p + 1 < segments.length; p += 2) {
      const [ax, ay, bx, by] = segments[p]!;
      const length = Math.hypot(bx - ax, by - ay);
      const near = Array.from({ length: steps + 1 }, (_, k) => k / steps).filter(
        (share) => distanceTo(segments[p + 1]!, ax + share * (bx - ax), ay + share * (by - ay)) <= 30,
      );
      const isMet = stretchWithin(piecesOf(segments[p]!, segments[p + 1]!), 0, 1, 30, stretch);
      if (near.length > 0) {
        met++;
        expect(isMet).toBe(true);
        expect(Math.abs(stretch[0]! - near[0]! * length)).toBeLessThan((1.01 * length) / steps);
        expect(Math.abs(stretch[1]! - near[near.length - 1]! * length)).toBeLessThan((1.01 * length) / steps);
      } else if (isMet) expect(stretch[1]! - stretch[0]!).toBeLessThan(length / steps);
    }
    expect(met).toBeGreaterThan(80);
  });

  it("the gap between two is the least distance between their points, 0 where they cross, the same both ways", () => {
    for (let p = 0; p + 1 < segments.length; p += 2) {
      const pieces = piecesOf(segments[p]!, segments[p + 1]!);
      const [ax, ay, bx, by] = segments[p]!;
      const walked = Math.min(
        ...Array.from({ length: 1001 }, (_, k) => distanceTo(segments[p + 1]!, ax + (k / 1000) * (bx - ax), ay + (k / 1000) * (by - ay))),
      );
      const gap = gapBetween(pieces, 0, 1);
      expect(gap).toBeLessThanOrEqual(walked + 1e-9);
      expect(gap).toBeGreaterThan(walked - 0.4);
      expect(gapBetween(pieces, 1, 0)).toBeCloseTo(gap, 9);
    }
  });

  it("pieces on one line have the gap between their ends", () => {
    expect(gapBetween(piecesOf([0, 0, 10, 0], [13, 0, 20, 0]), 0, 1)).toBe(3);
    expect(gapBetween(piecesOf([0, 0, 10, 0], [5, 0, 20, 0]), 0, 1)).toBe(0);
    expect(gapBetween(piecesOf([0, 0, 10, 0], [10, 0, 10, 9]), 0, 1)).toBe(0);
  });

  it("a vertex is shared only where both ends are vertices, digit for digit", () => {
    const at = piecesOf([0, 0, 10, 0], [10, 0, 20, 5], [10, 1e-9, 3, 3], [7, 7, 0, 0]);
    expect([sharesVertex(at, 0, 1), sharesVertex(at, 1, 0), sharesVertex(at, 0, 2), sharesVertex(at, 0, 3)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    for (const [piece, flag] of [
      [0, startIsVertex],
      [1, endIsVertex],
    ] as const) {
      const cut = piecesOf([0, 0, 10, 0], [10, 0, 20, 5]);
      cut.flags[piece] = flag;
      expect(sharesVertex(cut, 0, 1)).toBe(false);
    }
  });

  // The other piece runs from (0, y) or stands on (x, …); the first from (0, 0) to (100, 0).
  it.each<[string, Segment, [number, number] | null]>([
    ["alongside at 30 m", [20, 30, 60, 30], [20, 60]],
    ["alongside beyond 30 m", [20, 31, 60, 31], null],
    ["alongside at 24 m, both ends reach 18 m further", [40, 24, 60, 24], [22, 78]],
    ["the other way round", [60, 24, 40, 24], [22, 78]],
    ["standing on it", [50, 0, 50, 40], [20, 80]],
    ["standing 18 m above it", [50, 18, 50, 90], [26, 74]],
    ["standing beyond its end", [110, -5, 110, 5], [110 - Math.sqrt(900 - 0), 100]],
    ["standing far beyond its end", [131, -5, 131, 5], null],
    ["before its start", [-40, 0, -30, 0], [0, 0]],
    ["on the same line, ahead", [120, 0, 150, 0], [90, 100]],
  ])("the stretch of a piece of 100 m near one %s", (_, other, expected) => {
    const stretch = new Float64Array(2);
    const isMet = stretchWithin(piecesOf([0, 0, 100, 0], other), 0, 1, 30, stretch);
    expect(isMet).toBe(expected !== null);
    if (expected) for (const side of [0, 1] as const) expect(stretch[side]).toBeCloseTo(expected[side], 9);
  });
});
