import { describe, expect, it } from "vitest";
import { cellsAround, gridOf } from "../../../../api/analysis/neighbours/pieceGrid.ts";
import {
  appendPieces,
  type Block,
  createPieces,
  endIsVertex,
  isHome,
  longestPieceMetres,
  type Pieces,
  startIsVertex,
} from "../../../../api/analysis/neighbours/pieces.ts";
import type { FlatPolygons } from "../../../../api/analysis/neighbours/polygons.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const random = seededRandom(14);
const rings = Array.from({ length: 20 }, () =>
  Array.from({ length: 5 + Math.floor(7 * random()) }, () => [112 + 0.04 * random(), -7.5 + 0.05 * random()] as const),
);
/** Twenty areas of one ring each, every second one closed by its first vertex. */
const closed = rings.map((ring, i) => (i % 2 === 0 ? [...ring, ring[0]!] : ring));
const polygons: FlatPolygons = {
  n: 20,
  coordinates: Float64Array.from(closed.flat(2)),
  ringOffsets: Int32Array.from([0, ...closed.map((_, i) => closed.slice(0, i + 1).flat().length)]),
  areaOffsets: Int32Array.from({ length: 21 }, (_, i) => i),
};
const block = (south: number, north: number, west = 111.99, east = 112.1): Block => ({
  west,
  south,
  east,
  north,
  marginLongitude: 0.003,
  marginLatitude: 0.003,
  metresPerLongitude: 110_000,
  metresPerLatitude: 111_000,
});
function cut(one: Block): Pieces {
  const pieces = createPieces();
  for (let area = 0; area < 20; area++) appendPieces(pieces, polygons, area, one);
  return pieces;
}
const numbersOf = (pieces: Pieces, p: number): number[] => [...pieces.numbers.subarray(7 * p, 7 * p + 7)];

describe("border cut into pieces", () => {
  it("pieces are straight parts of the border, none longer than allowed, with their direction and length", () => {
    const one = block(-7.6, -7.4);
    const pieces = cut(one);
    let p = 0;
    rings.forEach((ring, area) => {
      ring.forEach((from, v) => {
        const to = ring[(v + 1) % ring.length]!;
        const [ax, ay, bx, by] = [from, to].flatMap(([x, y]) => [(x - one.west) * 110_000, (y - one.south) * 111_000]) as [
          number,
          number,
          number,
          number,
        ];
        const whole = Math.hypot(bx - ax, by - ay);
        const first = p;
        for (let done = 0; done < whole - 1e-6; p++) {
          const [sx, sy, ex, ey, ux, uy, length] = numbersOf(pieces, p) as [number, number, number, number, number, number, number];
          expect(pieces.area[p]).toBe(area);
          expect(length).toBeLessThanOrEqual(longestPieceMetres);
          expect(length).toBeGreaterThan(Math.min(whole, longestPieceMetres / 3) - 1e-6);
          for (const [actual, expected] of [
            [sx, ax + (done / whole) * (bx - ax)],
            [sy, ay + (done / whole) * (by - ay)],
            [ex, sx + ux * length],
            [ey, sy + uy * length],
            [ux, (bx - ax) / whole],
            [uy, (by - ay) / whole],
          ] as const)
            expect(actual).toBeCloseTo(expected, 6);
          done += length;
          const isLast = done > whole - 1e-6;
          expect(pieces.flags[p]).toBe((p === first ? startIsVertex : 0) | (isLast ? endIsVertex : 0) | isHome);
          if (isLast) expect([ex, ey]).toEqual([bx, by]);
        }
        expect(numbersOf(pieces, first).slice(0, 2)).toEqual([ax, ay]);
      });
    });
    expect(pieces.count).toBe(p);
    expect(p).toBeGreaterThan(1024);
  });

  it("every piece is at home in exactly one of the blocks that share the land, and comes in every block within whose margin it reaches", () => {
    const parallels = [-7.6, -7.487, -7.475, -7.46, -7.4];
    const meridians = [111.99, 112.013, 112.025, 112.1];
    const all = cut(block(-7.6, -7.4));
    let home = 0;
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 3; column++) {
        const [west, south, east, north] = [meridians[column]!, parallels[row]!, meridians[column + 1]!, parallels[row + 1]!];
        const inside = cut(block(south, north, west, east));
        let expected = 0;
        for (let p = 0; p < all.count; p++) {
          const [sx, sy, ex, ey] = numbersOf(all, p) as [number, number, number, number];
          const [left, right] = [Math.min(sx, ex), Math.max(sx, ex)].map((x) => x / 110_000 + 111.99) as [number, number];
          const [low, high] = [Math.min(sy, ey), Math.max(sy, ey)].map((y) => y / 111_000 - 7.6) as [number, number];
          if (high < south - 0.003 || low > north + 0.003 || right < west - 0.003 || left > east + 0.003) continue;
          expected++;
        }
        expect(inside.count).toBe(expected);
        for (let p = 0; p < inside.count; p++) {
          const [sx, sy, ex, ey] = numbersOf(inside, p) as [number, number, number, number];
          const western = Math.min(sx, ex) / 110_000 + west;
          const southern = Math.min(sy, ey) / 111_000 + south;
          const isHere = (inside.flags[p]! & isHome) !== 0;
          expect(isHere).toBe(southern >= south - 1e-12 && southern < north && western >= west - 1e-12 && western < east);
          if (isHere) home++;
        }
      }
    }
    expect(home).toBe(all.count);
  });

  it("a vertex given twice makes no piece", () => {
    const twice: FlatPolygons = {
      n: 1,
      coordinates: Float64Array.of(112, -7.5, 112, -7.5, 112.001, -7.5, 112.001, -7.499, 112, -7.5),
      ringOffsets: Int32Array.of(0, 5),
      areaOffsets: Int32Array.of(0, 1),
    };
    const pieces = createPieces();
    appendPieces(pieces, twice, 0, block(-7.6, -7.4));
    expect(pieces.count).toBe(3);
  });
});

describe("the grid of pieces", () => {
  it("holds each piece in every cell of 150 m that its box touches, and in no other", () => {
    const pieces = cut(block(-7.6, -7.4));
    const grid = gridOf(pieces);
    const columns = Array.from({ length: pieces.count }, (_, p) => numbersOf(pieces, p));
    const [xs, ys] = [columns.flatMap(([ax, , bx]) => [ax!, bx!]), columns.flatMap(([, ay, , by]) => [ay!, by!])];
    const [west, south] = [Math.min(...xs), Math.min(...ys)];
    expect([grid.west, grid.south]).toEqual([west, south]);
    expect([grid.columns, grid.rows]).toEqual([
      Math.floor((Math.max(...xs) - west) / 150) + 1,
      Math.floor((Math.max(...ys) - south) / 150) + 1,
    ]);
    expect([grid.starts.length, grid.starts[0]]).toEqual([grid.columns * grid.rows + 1, 0]);
    const expected = new Map<number, number[]>();
    columns.forEach(([ax, ay, bx, by], p) => {
      for (let row = Math.floor((Math.min(ay!, by!) - south) / 150); row <= Math.floor((Math.max(ay!, by!) - south) / 150); row++)
        for (let column = Math.floor((Math.min(ax!, bx!) - west) / 150); column <= Math.floor((Math.max(ax!, bx!) - west) / 150); column++)
          expected.set(row * grid.columns + column, [...(expected.get(row * grid.columns + column) ?? []), p]);
    });
    for (let cell = 0; cell < grid.columns * grid.rows; cell++)
      expect([...grid.entries.subarray(grid.starts[cell], grid.starts[cell + 1])]).toEqual(expected.get(cell) ?? []);
    const range = new Int32Array(4);
    columns.forEach(([ax, ay, bx, by], p) => {
      cellsAround(grid, pieces, p, 200, range);
      expect([...range]).toEqual([
        Math.max(0, Math.floor((Math.min(ax!, bx!) - 200 - west) / 150)),
        Math.max(0, Math.floor((Math.min(ay!, by!) - 200 - south) / 150)),
        Math.min(grid.columns - 1, Math.floor((Math.max(ax!, bx!) + 200 - west) / 150)),
        Math.min(grid.rows - 1, Math.floor((Math.max(ay!, by!) + 200 - south) / 150)),
      ]);
    });
  });

  it("of no piece is one empty cell", () => {
    const { columns, rows, starts, entries } = gridOf(createPieces());
    expect([columns, rows, [...starts], entries.length]).toEqual([1, 1, [0, 0], 0]);
  });
});
