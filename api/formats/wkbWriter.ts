import type { Geometry, Position } from "../contract/geometry.ts";

const codes = { Point: 1, LineString: 2, Polygon: 3, MultiPoint: 4, MultiLineString: 5, MultiPolygon: 6, GeometryCollection: 7 } as const;

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => void bytes.writeUInt32LE(value, index * 4));
  return bytes;
}

/** Positions in two dimensions, little-endian. */
function positions(list: readonly Position[]): Buffer {
  const bytes = Buffer.alloc(list.length * 16);
  list.forEach(([x = Number.NaN, y = Number.NaN], index) => {
    bytes.writeDoubleLE(x, index * 16);
    bytes.writeDoubleLE(y, index * 16 + 8);
  });
  return bytes;
}

const counted = (list: readonly Position[]): Buffer[] => [uint32(list.length), positions(list)];

/** A geometry as well-known binary, as the extension type `geoarrow.wkb` wants it. */
export function writeWkb(geometry: Geometry): Buffer {
  const parts = ((): Buffer[] => {
    if (geometry.type === "GeometryCollection") return [uint32(geometry.geometries.length), ...geometry.geometries.map(writeWkb)];
    const { type, coordinates } = geometry;
    if (type === "Point") return [positions([coordinates])];
    if (type === "LineString") return counted(coordinates);
    if (type === "Polygon") return [uint32(coordinates.length), ...coordinates.flatMap(counted)];
    const single = type.slice("Multi".length);
    return [uint32(coordinates.length), ...coordinates.map((part) => writeWkb({ type: single, coordinates: part } as Geometry))];
  })();
  return Buffer.concat([Buffer.from([1]), uint32(codes[geometry.type]), ...parts]);
}
