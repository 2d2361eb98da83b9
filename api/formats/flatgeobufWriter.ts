import { magicbytes } from "flatgeobuf/lib/mjs/constants.js";
import { ColumnType } from "flatgeobuf/lib/mjs/flat-geobuf/column-type.js";
import { GeometryType } from "flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js";
import { buildFeature } from "flatgeobuf/lib/mjs/generic/feature.js";
import { buildHeader } from "flatgeobuf/lib/mjs/generic/featurecollection.js";
import { parseGC, parseGeometry } from "flatgeobuf/lib/mjs/geojson/geometry.js";
import { cellOf, columnsOf, type WrittenFeature } from "./features.ts";

const columnTypes = { text: ColumnType.String, number: ColumnType.Double, boolean: ColumnType.Bool } as const;
const wgs84 = 4326;

type ShapeOf = { readonly type: string };

/** The one type of all shapes, or that they differ. */
function sharedType(features: readonly WrittenFeature[]): GeometryType {
  const types = new Set(features.flatMap(({ geometry }) => (geometry ? [(geometry as ShapeOf).type] : [])));
  const [only] = types;
  return types.size === 1 ? GeometryType[only as keyof typeof GeometryType] : GeometryType.Unknown;
}

/** Features as a FlatGeobuf file in WGS 84. Column types are taken from all features, not from the first; one without a shape gets an empty one. */
export function writeFlatGeobuf(features: readonly WrittenFeature[]): Uint8Array {
  const columns = columnsOf(features);
  const geometryType = sharedType(features);
  const header = {
    geometryType,
    columns: columns.map(({ name, type }) => ({
      name,
      type: columnTypes[type],
      title: null,
      description: null,
      width: -1,
      precision: -1,
      scale: -1,
      nullable: true,
      unique: false,
      primary_key: false,
    })),
    envelope: null,
    featuresCount: features.length,
    indexNodeSize: 0,
    crs: null,
    title: null,
    description: null,
    metadata: null,
  };
  const empty = { type: geometryType === GeometryType.Unknown ? GeometryType.GeometryCollection : geometryType, xy: [], parts: [] };
  const shape = (geometry: unknown) => {
    if (!geometry) return empty;
    return (geometry as ShapeOf).type === "GeometryCollection" ? parseGC(geometry as never) : parseGeometry(geometry as never);
  };
  const parts = [
    magicbytes,
    buildHeader(header as never, wgs84),
    ...features.map(({ geometry, properties }) =>
      buildFeature(
        shape(geometry) as never,
        Object.fromEntries(columns.map(({ name, type }) => [name, cellOf(properties[name], type)])) as never,
        header as never,
      ),
    ),
  ];
  return new Uint8Array(Buffer.concat(parts));
}
