import type { AreaLevel } from "../queries/stagedAreas.ts";

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** The collections that have tiles and the zooms at which they do. */
export const tiledCollections: Readonly<Record<AreaLevel, { readonly collection: string; readonly minZoom: number }>> = {
  village: { collection: "villages", minZoom: 6 },
  district: { collection: "districts", minZoom: 5 },
  regency: { collection: "regencies", minZoom: 3 },
  province: { collection: "provinces", minZoom: 0 },
};
export const maxZoom = 12;

/** What lies beyond a tile's edge but is drawn into it, as a share of its width: hides the cut of outlines. */
export const bufferShare = 64 / 4096;

const mercatorEdge = 85.051129;

/** Longitude to tiles from the west edge of the world. */
export function column(longitude: number, z: number): number {
  return ((longitude + 180) / 360) * 2 ** z;
}

/** Latitude to tiles from the north edge of the world. */
export function rank(latitude: number, z: number): number {
  const bounded = Math.max(-mercatorEdge, Math.min(mercatorEdge, latitude));
  return ((1 - Math.asinh(Math.tan((bounded * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z;
}

const within = (value: number, z: number): number => Math.max(0, Math.min(2 ** z - 1, Math.floor(value)));

/** Adds the tiles of one zoom that a box meets, their buffer included, as x + y · 2^z. */
export function addTiles(tiles: Set<number>, [west, south, east, north]: Box, z: number): void {
  const width = 2 ** z;
  const [x0, x1] = [within(column(west, z) - bufferShare, z), within(column(east, z) + bufferShare, z)];
  const [y0, y1] = [within(rank(north, z) - bufferShare, z), within(rank(south, z) + bufferShare, z)];
  for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) tiles.add(y * width + x);
}

/** The degrees that a tile and its buffer cover. */
export function tileBox({ z, x, y }: TileAddress): Box {
  const longitude = (at: number): number => (at / 2 ** z) * 360 - 180;
  const latitude = (at: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * at) / 2 ** z))) * 180) / Math.PI;
  return [longitude(x - bufferShare), latitude(y + 1 + bufferShare), longitude(x + 1 + bufferShare), latitude(y - bufferShare)];
}

export interface Block {
  readonly block: TileAddress;
  readonly tiles: readonly TileAddress[];
}

/** From this zoom on blocks are tiles of it, some 300 km wide: what one needs in a thread is some 100 MB whatever the level. */
const blockZoom = 7;

/**
 * The tiles that boxes meet from `minZoom` to `maxZoom`, gathered by the larger tile in which they lie: what one block needs is read once. Zooms below 7 make
 * blocks of the lowest zoom, the others blocks of zoom 7.
 */
export function touchedBlocks(boxes: readonly Box[], minZoom: number): Block[] {
  const blocks = new Map<number, { block: TileAddress; tiles: TileAddress[] }>();
  for (let z = minZoom; z <= maxZoom; z++) {
    const tiles = new Set<number>();
    for (const box of boxes) addTiles(tiles, box, z);
    const width = 2 ** z;
    const zoom = z < blockZoom ? minZoom : blockZoom;
    const step = 2 ** (z - zoom);
    for (const tile of tiles) {
      const [x, y] = [tile % width, Math.floor(tile / width)];
      const block = { z: zoom, x: Math.floor(x / step), y: Math.floor(y / step) };
      const key = (zoom * 2 ** maxZoom + block.y) * 2 ** maxZoom + block.x;
      const found = blocks.get(key);
      if (found) found.tiles.push({ z, x, y });
      else blocks.set(key, { block, tiles: [{ z, x, y }] });
    }
  }
  return [...blocks.values()];
}
