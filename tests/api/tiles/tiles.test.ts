import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { expect, test } from "vitest";
import { FlatPolygonsBuilder } from "../../../api/formats/flatPolygons.ts";
import { addTiles, tileBox, touchedBlocks } from "../../../api/tiles/covering.ts";
import { type CutJob, featureId, TileDrawing } from "../../../api/tiles/cut.ts";
import { startCutter } from "../../../api/tiles/cutter.ts";

const cutTiles = (job: CutJob) => new TileDrawing().cut(job);
const box = (west: number, south: number, east: number, north: number): string =>
  JSON.stringify({
    type: "Polygon",
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  });
const drawn = (code: string, name: string, geojson: string) => {
  const builder = new FlatPolygonsBuilder();
  builder.add(geojson);
  return { codes: [code], names: [name], polygons: builder.finish() };
};
const jombang = drawn("35.17.01.2001", "Jantiganggong", box(112.16, -7.61, 112.17, -7.6));

test("the numbers of tiles are those of the OpenStreetMap scheme", () => {
  // Worked out by hand: x = (112.23 + 180) / 360 · 1024 = 831.2, y = (1 − asinh(tan(−7.55°)) / π) / 2 · 1024 = 533.5.
  const tiles = new Set<number>();
  addTiles(tiles, [112.23, -7.55, 112.23, -7.55], 10);
  expect([...tiles]).toEqual([533 * 1024 + 831]);
});

test("a box on the edge of a tile touches both, because of what is drawn beyond the edge", () => {
  const tiles = new Set<number>();
  addTiles(tiles, [0.0001, 10, 0.0001, 10], 3);
  expect([...tiles].map((tile) => tile % 8)).toEqual([3, 4]);
});

test("every touched tile lies in its block and is touched once", () => {
  const blocks = touchedBlocks(
    [
      [112, -8, 113, -7],
      [112.5, -7.5, 112.6, -7.4],
    ],
    6,
  );
  const tiles = blocks.flatMap(({ block, tiles: inside }) => inside.map((tile) => ({ ...tile, block })));
  expect(new Set(tiles.map(({ z, x, y }) => `${z}/${x}/${y}`)).size).toBe(tiles.length);
  for (const { z, x, y, block } of tiles) expect([x >> (z - block.z), y >> (z - block.z)]).toEqual([block.x, block.y]);
  expect(new Set(tiles.map(({ z }) => z))).toEqual(new Set([6, 7, 8, 9, 10, 11, 12]));
});

test("a province's blocks are small where its tiles are: the low zooms together, the others by the tile of zoom 7", () => {
  const blocks = touchedBlocks([[110, -8, 114, -6]], 0);
  expect(new Set(blocks.map(({ block }) => block.z))).toEqual(new Set([0, 7]));
  for (const { block, tiles } of blocks) {
    for (const { z, x, y } of tiles) {
      expect(z < 7).toBe(block.z === 0);
      expect([x >> (z - block.z), y >> (z - block.z)]).toEqual([block.x, block.y]);
    }
  }
});

test("a tile holds id, code and name, and its shape within one grid unit", () => {
  const tile = {
    z: 12,
    x: Math.floor(((112.165 + 180) / 360) * 4096),
    y: Math.floor(((1 - Math.asinh(Math.tan((-7.605 * Math.PI) / 180)) / Math.PI) / 2) * 4096),
  };
  const [cut] = cutTiles({ collection: "villages", features: jombang, tiles: [tile] });
  const layer = new VectorTile(new PbfReader(cut!.data!)).layers.villages!;
  expect([layer.version, layer.extent, layer.length]).toEqual([2, 4096, 1]);
  const feature = layer.feature(0);
  expect([feature.id, feature.properties]).toEqual([3517012001, { code: "35.17.01.2001", name: "Jantiganggong" }]);
  const [west, , east] = tileBox({ ...tile });
  const unit = (east - west) / 4096;
  const longitudes = (feature.toGeoJSON(tile.x, tile.y, tile.z).geometry as { coordinates: number[][][] }).coordinates[0]!.map(([x]) => x!);
  expect(Math.abs(Math.min(...longitudes) - 112.16)).toBeLessThan(unit);
  expect(Math.abs(Math.max(...longitudes) - 112.17)).toBeLessThan(unit);
});

/** Square units that a ring of a tile has inside the tile's own edges, by counting on which side of it points of a lattice lie. */
const insideTile = (rings: { x: number; y: number }[][], step: number): number => {
  let points = 0;
  for (let x = step / 2 + 0.25; x < 4096; x += step) {
    for (let y = step / 2 + 0.25; y < 4096; y += step) {
      let isInside = false;
      for (const ring of rings)
        for (const [i, b] of ring.entries()) {
          const a = ring[(i + ring.length - 1) % ring.length]!;
          if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isInside = !isInside;
        }
      if (isInside) points++;
    }
  }
  return points * step * step;
};

test("tiles side by side draw an area once: its parts within their edges add up to it, holes left out, whichever way its rings run", () => {
  const ring = (west: number, south: number, size: number): number[][] => [
    [west, south],
    [west, south + size],
    [west + size, south + size],
    [west + size, south],
    [west, south],
  ];
  const polygons = [[ring(112, -7.6, 0.4), ring(112.1, -7.5, 0.15)], [ring(112.5, -7.6, 0.1)]];
  const area = drawn("35.17", "Jombang", JSON.stringify({ type: "MultiPolygon", coordinates: polygons }));
  const tiles = touchedBlocks([[112, -7.6, 112.6, -7.2]], 10)
    .flatMap((block) => block.tiles)
    .filter(({ z }) => z === 10);
  expect(tiles.length).toBeGreaterThan(4);
  let units = 0;
  for (const { data } of cutTiles({ collection: "regencies", features: area, tiles })) {
    if (!data) continue;
    const feature = new VectorTile(new PbfReader(data)).layers.regencies!.feature(0);
    units += insideTile(feature.loadGeometry(), 32);
  }
  // In the map's own projection, by hand: a box is its width times the difference of its two latitudes there.
  const north = (latitude: number): number => Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI);
  const share = (south: number, size: number): number => (size / 360) * (north(south + size) - north(south));
  const expected = (share(-7.6, 0.4) - share(-7.5, 0.15) + share(-7.6, 0.1)) * (4096 * 2 ** 10) ** 2;
  expect(Math.abs(units / expected - 1)).toBeLessThan(0.01);
});

test("shells run clockwise on the screen and holes the other way, so that readers tell them apart", () => {
  const ring = (west: number, size: number): number[][] => [
    [west, -7.6],
    [west + size, -7.6],
    [west + size, -7.6 + size],
    [west, -7.6 + size],
    [west, -7.6],
  ];
  const hole = ring(112.2, 0.05).map(([x, y]) => [x!, y! + 0.02]);
  const area = drawn("35.17", "Jombang", JSON.stringify({ type: "Polygon", coordinates: [ring(112.1, 0.2), hole] }));
  const [tile] = cutTiles({ collection: "regencies", features: area, tiles: [{ z: 7, x: 103, y: 66 }] });
  const drawnRings = new VectorTile(new PbfReader(tile!.data!)).layers.regencies!.feature(0).loadGeometry();
  const signs = drawnRings.map((points) =>
    Math.sign(
      points.reduce(
        (sum, b, i) =>
          sum + points[(i + points.length - 1) % points.length]!.x * b.y - b.x * points[(i + points.length - 1) % points.length]!.y,
        0,
      ),
    ),
  );
  expect(signs).toEqual([1, -1]);
});

test("a vertex off its line by less than a third of a pixel is drawn at the last zoom only", () => {
  const flat = [
    [112, -7.6],
    [112.1, -7.6],
    [112.1, -7.55],
    [112.1001, -7.525],
    [112.1, -7.5],
    [112, -7.5],
    [112, -7.6],
  ];
  const area = drawn("35.17", "Jombang", JSON.stringify({ type: "Polygon", coordinates: [flat] }));
  const vertices = (z: number): number => {
    const [x, y] = [
      Math.floor(((112.05 + 180) / 360) * 2 ** z),
      Math.floor((0.5 - Math.asinh(Math.tan((-7.52 * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z),
    ];
    const tiles = [x - 1, x, x + 1].flatMap((column) => [y - 1, y, y + 1].map((row) => ({ z, x: column, y: row })));
    return Math.max(
      ...cutTiles({ collection: "regencies", features: area, tiles }).flatMap(({ data }) =>
        data
          ? new VectorTile(new PbfReader(data)).layers
              .regencies!.feature(0)
              .loadGeometry()
              .map((points) => points.length)
          : [],
      ),
    );
  };
  // The corners and the closing point; then with the vertex 11 m off and the one on the line.
  expect([vertices(8), vertices(12) > 5]).toEqual([5, true]);
});

test("a tile in which nothing lies has no data", () => {
  expect(cutTiles({ collection: "villages", features: jombang, tiles: [{ z: 12, x: 0, y: 0 }] })).toEqual([
    { z: 12, x: 0, y: 0, data: null, etag: null },
  ]);
});

test("the thread cuts what the function cuts, job after job, and a failure is that job's alone", async () => {
  const cutter = startCutter();
  try {
    const job = { collection: "villages", features: jombang, tiles: [{ z: 6, x: 51, y: 33 }] };
    const broken = cutter.cut({ ...job, features: { ...jombang, codes: [null as unknown as string] } });
    const fine = cutter.cut(job);
    await expect(broken).rejects.toThrow("cutting tiles failed");
    expect((await fine).map((tile) => tile.etag)).toEqual(cutTiles(job).map((tile) => tile.etag));
    const next = { ...job, tiles: [{ z: 7, x: 103, y: 66 }] };
    expect(await cutter.cut({ ...next, features: null })).toEqual(cutTiles(next));
  } finally {
    await cutter.close();
  }
});

test("ids are the digits of the code", () => {
  expect([featureId("35"), featureId("35.17.01.2001"), featureId("94.71.01.1001")]).toEqual([35, 3517012001, 9471011001]);
});
