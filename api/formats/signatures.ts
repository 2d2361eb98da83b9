import { problem } from "../problem.ts";

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text, "latin1")];

const partsOfShapefile: readonly (readonly [string, readonly number[]])[] = [[".shp", [0x00, 0x00, 0x27, 0x0a]]];

/** Known by their first bytes, and told how they become something that is read. */
const mapFormats: readonly (readonly [string, readonly number[]])[] = [
  ["MapInfo TAB", bytesOf("!table")],
  ["MapInfo MIF", bytesOf("Version ")],
  ["MapInfo MIF", bytesOf("VERSION ")],
  ["GeoParquet", bytesOf("PAR1")],
  ["Arrow", bytesOf("ARROW1")],
  ["DWG", bytesOf("AC10")],
  ["PMTiles", bytesOf("PMTiles")],
  ["HDF5 / NetCDF", [0x89, 0x48, 0x44, 0x46]],
];
const archives: readonly (readonly [string, readonly number[]])[] = [
  ["RAR", bytesOf("Rar!")],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["bzip2", bytesOf("BZh")],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
];
const noMap: readonly (readonly [string, readonly number[]])[] = [
  ["PDF", bytesOf("%PDF")],
  ["PNG", [0x89, 0x50, 0x4e, 0x47]],
  ["JPEG", [0xff, 0xd8, 0xff]],
  ["TIFF", [0x49, 0x49, 0x2a, 0x00]],
  ["TIFF", [0x4d, 0x4d, 0x00, 0x2a]],
  ["gzip", [0x1f, 0x8b]],
];

export const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, index) => head[index] === byte);

const remedies = {
  map: {
    remedy_id: "Di QGIS: klik kanan layer, Export, Save Features As, GeoPackage; atau: ogr2ogr -t_srs EPSG:4326 hasil.gpkg BERKAS.",
    remedy_en: "In QGIS: right-click the layer, Export, Save Features As, GeoPackage; or: ogr2ogr -t_srs EPSG:4326 result.gpkg FILE.",
  },
  archive: {
    remedy_id: "Bongkar dahulu, lalu kirim isinya, atau jadikan .zip (Shapefile) atau .gz.",
    remedy_en: "Unpack it and send what is inside, or make it a .zip (Shapefile) or .gz.",
  },
} as const;

/** Refuses a format by its name, with how it becomes one that is read. */
export function notRead(name: string, value: string, expected: string, kind: keyof typeof remedies = "map") {
  return problem("format_not_read", { name, value, expected, ...remedies[kind] });
}

const isTar = (head: Uint8Array): boolean => head.length > 262 && startsWith(head.subarray(257), bytesOf("ustar"));
// A dBASE table: version, a plausible date of the last change, and a header as long as its fields need.
const isDbf = (head: Uint8Array): boolean =>
  head.length > 32 &&
  [0x03, 0x30, 0x83, 0x8b, 0xf5].includes(head[0]!) &&
  head[2]! >= 1 &&
  head[2]! <= 12 &&
  head[3]! <= 31 &&
  head[29]! < 0xd0;

/**
 * Refuses what its first bytes say is no file that can be read here.
 * @throws bare_shapefile, format_not_read, file_not_understood
 */
export function refuseKnownBinary(head: Uint8Array, name: string, expected: string): void {
  for (const [value, bytes] of partsOfShapefile)
    if (startsWith(head, bytes)) throw problem("bare_shapefile", { name, value: /\.shx(\.gz)?$/i.test(name) ? ".shx" : value });
  if (/\.dbf(\.gz)?$/i.test(name) && isDbf(head)) throw problem("bare_shapefile", { name, value: ".dbf" });
  for (const [value, bytes] of mapFormats) if (startsWith(head, bytes)) throw notRead(name, value, expected);
  for (const [value, bytes] of archives) if (startsWith(head, bytes)) throw notRead(name, value, expected, "archive");
  if (isTar(head)) throw notRead(name, "tar", expected, "archive");
  for (const [value, bytes] of noMap) if (startsWith(head, bytes)) throw problem("file_not_understood", { name, value, expected });
}

/** What a text of tags is: a map format by the name of its outermost element, or null. */
export function markupFormat(text: string): string | null {
  const start = text.slice(0, 4000);
  if (!/^\s*</.test(start)) return null;
  if (/<kml[\s/>]/i.test(start)) return "KML";
  if (/<gpx[\s/>]/i.test(start)) return "GPX";
  if (/<(\w+:)?(FeatureCollection|boundedBy|featureMember)[\s>]|opengis\.net\/gml/i.test(start)) return "GML";
  if (/<svg[\s/>]/i.test(start)) return "SVG";
  return null;
}
