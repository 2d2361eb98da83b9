import { describe, expect, it } from "vitest";
import { blocksOf } from "../../../../api/analysis/neighbours/blocks.ts";
import { distanceMetres, metresPerDegreeAt } from "../../../../api/analysis/neighbours/plane.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const reachMetres = 280;

/** Boxes of 400 areas between 1° S and 2° N: most of some kilometres, every fiftieth over many blocks; area 7 has no rings and is not asked for. */
function someBoxes(): { boxes: Float64Array; areas: Int32Array } {
  const random = seededRandom(21);
  const boxes = new Float64Array(4 * 400);
  for (let i = 0; i < 400; i++) {
    const [west, south] = [112 + 4 * random(), -1 + 2.5 * random()];
    const size = i % 50 === 0 ? 0.5 : 0.05;
    boxes.set([west, south, west + size * random(), south + size * random()], 4 * i);
  }
  return { boxes, areas: Int32Array.from({ length: 400 }, (_, i) => 399 - i).filter((i) => i !== 7) };
}

describe("blocks of land", () => {
  const { boxes, areas } = someBoxes();
  const blocks = [...blocksOf(boxes, areas, reachMetres)];

  it("every corner of a box lies in exactly one block", () => {
    for (const area of areas) {
      for (const [x, y] of [
        [0, 1],
        [0, 3],
        [2, 1],
        [2, 3],
      ] as const) {
        const [longitude, latitude] = [boxes[4 * area + x]!, boxes[4 * area + y]!];
        const holding = blocks.filter(
          ({ block }) => longitude >= block.west && longitude < block.east && latitude >= block.south && latitude < block.north,
        );
        expect(holding.length).toBe(1);
        expect([...holding[0]!.areas]).toContain(area);
      }
    }
  });

  it("a block has the areas whose boxes reach into it or its margin, in the order given, and no block is empty", () => {
    let entries = 0;
    for (const { block, areas: inside } of blocks) {
      const reaching = [...areas].filter(
        (area) =>
          boxes[4 * area]! <= block.east + block.marginLongitude &&
          boxes[4 * area + 2]! >= block.west - block.marginLongitude &&
          boxes[4 * area + 1]! <= block.north + block.marginLatitude &&
          boxes[4 * area + 3]! >= block.south - block.marginLatitude,
      );
      expect([...inside]).toEqual(reaching);
      expect(inside.length).toBeGreaterThan(0);
      entries += inside.length;
    }
    expect(entries).toBeGreaterThan(areas.length);
  });

  it("the margin is at least as wide as asked for everywhere in the block, its plane is that of its middle", () => {
    for (const { block } of blocks) {
      for (const latitude of [block.south, block.north]) {
        const wide = distanceMetres(block.west, latitude, block.west - block.marginLongitude, latitude);
        expect(wide).toBeGreaterThanOrEqual(reachMetres);
        expect(wide).toBeLessThan(1.05 * reachMetres);
        const high = distanceMetres(block.west, latitude, block.west, latitude - block.marginLatitude);
        expect(high).toBeGreaterThanOrEqual(reachMetres);
        expect(high).toBeLessThan(1.02 * reachMetres);
      }
      const middle = metresPerDegreeAt((block.south + block.north) / 2);
      expect(block.metresPerLongitude).toBeCloseTo(middle.east, 3);
      expect(block.metresPerLatitude).toBeCloseTo(middle.north, 3);
      // One plane is right to 1e-4 over the whole block.
      expect(Math.abs(metresPerDegreeAt(block.north).north / block.metresPerLatitude - 1)).toBeLessThan(1e-4);
      expect(Math.abs(metresPerDegreeAt(block.north).east / block.metresPerLongitude - 1)).toBeLessThan(1e-4);
    }
  });

  it("one area that is a point is one block, no area is none", () => {
    const one = [...blocksOf(Float64Array.of(112, -7, 112, -7), Int32Array.of(0), reachMetres)];
    expect(one.map(({ areas: inside }) => [...inside])).toEqual([[0]]);
    expect([...blocksOf(new Float64Array(0), new Int32Array(0), reachMetres)]).toEqual([]);
  });
});
