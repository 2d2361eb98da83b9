import type { FlatPolygons } from "../../../../api/analysis/neighbours/polygons.ts";

export type Ring = readonly (readonly [number, number])[];

/** Areas of rings in whole millionths of a degree at the equator as flat polygons in degrees. */
export function flat(areas: readonly (readonly Ring[])[]): FlatPolygons {
  const rings = areas.flat();
  const offsets = (lengths: readonly number[]): Int32Array => {
    const starts = new Int32Array(lengths.length + 1);
    for (const [i, length] of lengths.entries()) starts[i + 1] = starts[i]! + length;
    return starts;
  };
  return {
    n: areas.length,
    coordinates: Float64Array.from(rings.flat(2).map((unit) => unit / 1e6)),
    ringOffsets: offsets(rings.map((ring) => ring.length)),
    areaOffsets: offsets(areas.map((own) => own.length)),
  };
}

export const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

/** Square metres of a square unit at the equator: a × a(1 − e²) of the WGS 84 ellipsoid, by hand. */
export const squareMetresPerUnit = ((6_378_137 * Math.PI) / 180e6) ** 2 * (1 - 0.00669437999014);
