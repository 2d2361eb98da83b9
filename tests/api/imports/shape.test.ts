import fc from "fast-check";
import { expect, test } from "vitest";
import { readShape } from "../../../api/imports/shape.ts";
import { shapeEwkb, shapeGeojson } from "../../../api/imports/writeShape.ts";

const square = (west: number, south: number, size: number): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const read = (type: string, coordinates: unknown) => {
  const result = readShape({ type, coordinates });
  if ("fault" in result) throw new Error(JSON.stringify(result.fault));
  return result.shape;
};

test("the hash stays under turning, rotating, repeating and reordering, and under less than half a millionth of a degree", () => {
  const plain = read("MultiPolygon", [[square(112, -7, 1), square(112.2, -6.8, 0.1), square(112.5, -6.5, 0.1)], [square(114, -7, 1)]]);
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), fc.nat(3), fc.integer({ min: -4, max: 4 }), (isTurned, isSwapped, start, tenMillionths) => {
      const altered = (ring: number[][]): number[][] => {
        const open = ring.slice(0, -1).map(([x, y]) => [x! + tenMillionths * 1e-7, y! + tenMillionths * 1e-7]);
        if (isTurned) open.reverse();
        const rotated = [...open.slice(start), ...open.slice(0, start)];
        return [rotated[0]!, ...rotated, rotated[0]!];
      };
      const first = [altered(square(112, -7, 1)), altered(square(112.5, -6.5, 0.1)), altered(square(112.2, -6.8, 0.1))];
      const second = [altered(square(114, -7, 1))];
      expect(read("MultiPolygon", isSwapped ? [second, first] : [first, second]).hash).toBe(plain.hash);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("the hash changes when one vertex moves by a millionth of a degree", () => {
  const moved = square(112, -7, 1);
  moved[2] = [113.000001, -6];
  expect(read("Polygon", [moved]).hash).not.toBe(read("Polygon", [square(112, -7, 1)]).hash);
});

test("what it writes reads as itself: outer rings counter-clockwise, holes clockwise, closed, six decimals", () => {
  const shape = read("Polygon", [square(112.1234567, -7, 1).reverse(), square(112.5, -6.5, 0.1)]);
  expect(JSON.parse(shapeGeojson(shape))).toEqual({
    type: "Polygon",
    coordinates: [
      [
        [112.123457, -7],
        [113.123457, -7],
        [113.123457, -6],
        [112.123457, -6],
        [112.123457, -7],
      ],
      [
        [112.5, -6.5],
        [112.5, -6.4],
        [112.6, -6.4],
        [112.6, -6.5],
        [112.5, -6.5],
      ],
    ],
  });
  expect(read("Polygon", JSON.parse(shapeGeojson(shape)).coordinates).hash).toBe(shape.hash);
  expect(shape.box).toEqual([112.123457, -7, 113.123457, -6]);
});

test("numbers are written as JavaScript writes them", () => {
  const millionths = fc.oneof(
    fc.integer({ min: -180_000_000, max: 180_000_000 }),
    fc.integer({ min: -1100, max: 1100 }),
    fc.integer({ min: -180, max: 180 }).map((degrees) => degrees * 1_000_000),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(millionths, millionths), { minLength: 1, maxLength: 40 }), (vertices) => {
      const coordinates = [...vertices, vertices[0]!].map(([x, y]) => [x / 1_000_000, y / 1_000_000]);
      const type = "Polygon";
      const written = shapeGeojson({ polygons: [[Int32Array.from(vertices.flat())]] });
      expect(written).toBe(
        JSON.stringify({ type, coordinates: [coordinates] })
          .replaceAll("-0,", "0,")
          .replaceAll("-0]", "0]"),
      );
    }),
    { seed: 11, numRuns: 500 },
  );
});

test("EWKB holds a MultiPolygon in EPSG:4326 with closed rings", () => {
  const bytes = Buffer.from(shapeEwkb(read("Polygon", [square(112, -7, 1)])), "hex");
  expect([bytes.readUInt32LE(1), bytes.readUInt32LE(5), bytes.readUInt32LE(9)]).toEqual([0x20000006, 4326, 1]);
  // Header, polygon's header and count of rings, count of vertices, then five vertices.
  expect(bytes.readUInt32LE(13 + 9)).toBe(5);
  expect(bytes.length).toBe(13 + 9 + 4 + 5 * 16);
});

test("an open ring is closed and heights are dropped", () => {
  const open = square(112, -7, 1)
    .slice(0, -1)
    .map(([x, y]) => [x!, y!, 25]);
  expect(read("Polygon", [open]).hash).toBe(read("Polygon", [square(112, -7, 1)]).hash);
});
