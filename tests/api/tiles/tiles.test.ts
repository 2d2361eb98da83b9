import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { expect, test } from "vitest";
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
const jombang = { code: "35.17.01.2001", name: "Jantiganggong", geojson: box(112.16, -7.61, 112.17, -7.6) };

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
  const [cut] = cutTiles({ collection: "villages", features: [jombang], tiles: [tile] });
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

test("a tile in which nothing lies has no data", () => {
  expect(cutTiles({ collection: "villages", features: [jombang], tiles: [{ z: 12, x: 0, y: 0 }] })).toEqual([
    { z: 12, x: 0, y: 0, data: null, etag: null },
  ]);
});

test("the thread cuts what the function cuts, job after job, and a failure is that job's alone", async () => {
  const cutter = startCutter();
  try {
    const job = { collection: "villages", features: [jombang], tiles: [{ z: 6, x: 51, y: 33 }] };
    const broken = cutter.cut({ ...job, features: [{ ...jombang, geojson: "{" }] });
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
