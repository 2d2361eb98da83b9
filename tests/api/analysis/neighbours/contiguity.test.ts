import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findNeighbours, type NeighbourPairs } from "../../../../api/analysis/neighbours/contiguity.ts";
import { metresPerDegreeAt } from "../../../../api/analysis/neighbours/plane.ts";
import type { FlatPolygons } from "../../../../api/analysis/neighbours/polygons.ts";
import { hasOutside, outside } from "../../../fixtures/outside.ts";
import { readReference } from "../reference.ts";

type Ring = readonly (readonly [number, number])[];

function flat(areas: readonly (readonly Ring[])[]): FlatPolygons {
  const coordinates: number[] = [];
  const ringOffsets = [0];
  const areaOffsets = [0];
  for (const rings of areas) {
    for (const ring of rings) {
      for (const point of ring) coordinates.push(...point);
      ringOffsets.push(coordinates.length / 2);
    }
    areaOffsets.push(ringOffsets.length - 1);
  }
  return {
    n: areas.length,
    coordinates: Float64Array.from(coordinates),
    ringOffsets: Int32Array.from(ringOffsets),
    areaOffsets: Int32Array.from(areaOffsets),
  };
}

const latitude = -7.55;
const longitude = 112.2;
/** A rectangle by metres east and north of a place in Jombang. */
function box(west: number, south: number, east: number, north: number, isClosed = true): Ring {
  const { north: metresNorth, east: metresEast } = metresPerDegreeAt(latitude);
  const at = (x: number, y: number): [number, number] => [longitude + x / metresEast, latitude + y / metresNorth];
  const ring = [at(west, south), at(east, south), at(east, north), at(west, north)];
  return isClosed ? [...ring, ring[0]!] : ring;
}
const listed = ({ from, to, rook, byTolerance }: NeighbourPairs): string[] =>
  [...from].map((i, p) => `${i}-${to[p]}${rook[p] ? " rook" : ""}${byTolerance[p] ? " tolerance" : ""}`);
const pairs = (...areas: (Ring | readonly Ring[])[]): string[] =>
  listed(findNeighbours(flat(areas.map((area) => (typeof area[0]![0] === "number" ? [area as Ring] : (area as readonly Ring[]))))));

const square = box(0, 0, 1000, 1000);

describe("contiguity", () => {
  it.each<[string, Ring, string[]]>([
    ["shares a side", box(1000, 0, 2000, 1000), ["0-1 rook"]],
    ["touches at a corner", box(1000, 1000, 2000, 2000), ["0-1"]],
    ["lies 9 m off", box(1009, 0, 2000, 1000), ["0-1 rook tolerance"]],
    ["lies 11 m off", box(1011, 0, 2000, 1000), []],
    ["overlaps by 20 m", box(980, 0, 2000, 1000), ["0-1 rook tolerance"]],
    ["overlaps by 400 m", box(600, -100, 2000, 1100), ["0-1 rook tolerance"]],
    ["shares a side shifted along it, no vertex in common", box(1000, 300, 2000, 1300), ["0-1 rook tolerance"]],
    // 30 m beyond each end of the common stretch are within 30 m of the other's border too.
    ["shares only 35 m of a side", box(1000, 965, 2000, 2000), ["0-1 tolerance"]],
    ["shares 45 m of a side", box(1000, 955, 2000, 2000), ["0-1 rook tolerance"]],
    ["lies inside it", box(300, 300, 600, 600), ["0-1 tolerance"]],
    ["lies far away", box(50_000, 0, 51_000, 1000), []],
  ])("an area that %s", (_, other, expected) => {
    expect(pairs(square, other)).toEqual(expected);
    expect(pairs(other, square)).toEqual(expected);
  });

  it("an area in another's hole is a neighbour along the whole hole, one well clear of the hole's edge is not", () => {
    const holed = [square, box(200, 200, 800, 800)];
    expect(pairs(holed, box(200, 200, 800, 800))).toEqual(["0-1 rook"]);
    expect(pairs(holed, box(300, 300, 700, 700))).toEqual([]);
  });

  it("among many areas, one drawn inside another is its neighbour and nobody else's", () => {
    const cells = Array.from({ length: 25 }, (_, i) => [
      box((i % 5) * 800, Math.floor(i / 5) * 800, (i % 5) * 800 + 800, Math.floor(i / 5) * 800 + 800),
    ]);
    const found = findNeighbours(flat([...cells, [box(1900, 1900, 2100, 2100)]]));
    expect(listed(found).filter((pair) => /-25\b/.test(pair))).toEqual(["12-25 tolerance"]);
  });

  it("one drawn inside another is found where either of the two has changed, and only there", () => {
    const nested = flat([[square], [box(300, 300, 600, 600)], [box(2000, 0, 3000, 1000)], [box(2300, 300, 2600, 600)]]);
    const found = (...changed: number[]): string[] => listed(findNeighbours(nested, { changed: Uint8Array.from(changed) }));
    expect(found(1, 0, 0, 0)).toEqual(["0-1 tolerance"]);
    expect(found(0, 1, 0, 0)).toEqual(["0-1 tolerance"]);
    expect(found(0, 0, 1, 1)).toEqual(["2-3 tolerance"]);
  });

  it("a ring that is not closed is the same as one that is", () => {
    expect(pairs(box(0, 0, 1000, 1000, false), box(-500, 0, 0, 1000, false))).toEqual(["0-1 rook"]);
  });

  it("several parts of an area all count, and a part may touch across a long way", () => {
    expect(pairs([square, box(50_000, 0, 51_000, 1000)], box(51_000, 0, 52_000, 1000))).toEqual(["0-1 rook"]);
  });

  it("sides of tens of kilometres are found along their whole length, whichever way they run", () => {
    const long = [box(0, 0, 60_000, 1000), box(0, 1000, 60_000, 2000), box(60_000, -30_000, 61_000, 30_000)];
    expect(pairs(...long)).toEqual(["0-1 rook", "0-2 rook tolerance", "1-2 rook tolerance"]);
    const { borderMetres } = findNeighbours(flat(long.map((ring) => [ring])));
    expect(Math.abs(borderMetres[0]! - 60_060)).toBeLessThan(30);
  });

  it("the border is measured in metres and the gap too", () => {
    const { borderMetres, gapMetres } = findNeighbours(flat([[square], [box(1006, 0, 2000, 1000)]]));
    expect(gapMetres[0]).toBeCloseTo(6, 1);
    // The whole side, and what of the other sides' ends is within 30 m of it: 24 m at 6 m distance.
    expect(borderMetres[0]!).toBeGreaterThan(1000 + 2 * 23);
    expect(borderMetres[0]!).toBeLessThan(1000 + 2 * 25);
  });

  it("an area without rings has no neighbours, and no areas no pairs", () => {
    expect(listed(findNeighbours(flat([[square], [], [box(1000, 0, 2000, 1000)]])))).toEqual(["0-2 rook"]);
    expect(listed(findNeighbours(flat([])))).toEqual([]);
    expect(listed(findNeighbours(flat([[square]])))).toEqual([]);
  });

  it("with marks of what changed, exactly the pairs with a changed area are found", () => {
    const cells = Array.from({ length: 36 }, (_, i) => [
      box((i % 6) * 500, Math.floor(i / 6) * 500, (i % 6) * 500 + 500, Math.floor(i / 6) * 500 + 500),
    ]);
    const changed = Uint8Array.from(cells, (_, i) => ([7, 8, 35].includes(i) ? 1 : 0));
    const all = findNeighbours(flat(cells));
    const some = findNeighbours(flat(cells), { changed });
    expect(listed(some)).toEqual(listed(all).filter((_, p) => changed[all.from[p]!] || changed[all.to[p]!]));
    expect(listed(findNeighbours(flat(cells), { changed: new Uint8Array(36) }))).toEqual([]);
  });

  it.each([
    ["gapMetres", { gapMetres: 1 }],
    ["borderWithinMetres", { borderWithinMetres: 5 }],
    ["borderMetres", { borderMetres: -1 }],
    ["changed", { changed: new Uint8Array(3) }],
  ])("a wrong %s is refused", (_, options) => {
    expect(() => findNeighbours(flat([[square]]), options)).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });
});

describe.skipIf(!hasOutside)("contiguity of Jombang", () => {
  const read = (): FlatPolygons => {
    const { features } = JSON.parse(readFileSync(outside("data/boundaries/desa_35.17_jombang.geojson"), "utf8")) as {
      features: { properties: { kode: string }; geometry: { type: string; coordinates: Ring[] | Ring[][] } }[];
    };
    return flat(
      features.map(({ geometry }) =>
        geometry.type === "Polygon" ? (geometry.coordinates as Ring[]) : (geometry.coordinates as Ring[][]).flat(),
      ),
    );
  };

  it("every pair that spdep and PySAL find by exact vertices is found, is not by tolerance, and all others are", () => {
    const found = findNeighbours(read());
    const exact = readReference().queen.flatMap((list, i) => list.filter((j) => i < j).map((j) => `${i}-${j}`));
    const byVertex = [...found.from].flatMap((i, p) => (found.byTolerance[p] ? [] : [`${i}-${found.to[p]}`]));
    expect(byVertex.sort()).toEqual(exact.sort());
    expect(found.from.length - exact.length).toBeGreaterThan(0.02 * exact.length);
    expect(found.from.length - exact.length).toBeLessThan(0.06 * exact.length);
  });

  it("renumbering the villages renumbers the pairs", () => {
    const polygons = read();
    const { n } = polygons;
    const reversed: FlatPolygons = flat(
      Array.from({ length: n }, (_, at) => {
        const i = n - 1 - at;
        return Array.from({ length: polygons.areaOffsets[i + 1]! - polygons.areaOffsets[i]! }, (_ring, r) => {
          const ring = polygons.areaOffsets[i]! + r;
          return Array.from({ length: polygons.ringOffsets[ring + 1]! - polygons.ringOffsets[ring]! }, (_vertex, v): [number, number] => {
            const vertex = polygons.ringOffsets[ring]! + v;
            return [polygons.coordinates[2 * vertex]!, polygons.coordinates[2 * vertex + 1]!];
          });
        });
      }),
    );
    const there = listed(findNeighbours(polygons));
    const back = findNeighbours(reversed);
    const renamed = { ...back, from: back.to.map((j) => n - 1 - j), to: back.from.map((i) => n - 1 - i) };
    expect(listed(renamed).sort()).toEqual(there.sort());
  });
});
