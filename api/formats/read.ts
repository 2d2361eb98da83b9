import { problem } from "../problem.ts";
import { readCsv } from "./csv.ts";
import { detectFormat, type FormatId } from "./detect.ts";
import { readFlatgeobuf } from "./flatgeobuf.ts";
import { readGeojson } from "./geojson.ts";
import { readGeojsonFeature, readGeojsonSequence } from "./geojsonSequence.ts";
import { readGeopackage } from "./geopackage.ts";
import { inDegrees, type Placing } from "./inDegrees.ts";
import { readMysqlDump } from "./mysqlDump.ts";
import { readOnDisk } from "./onDisk.ts";
import type { DiskReader, FileRow, FileSource, RowReader } from "./rows.ts";
import { readShapefile } from "./shapefile.ts";
import { readTopojson } from "./topojson.ts";
import { isGzip, peek, unpacked } from "./unpack.ts";
import { readXlsx } from "./xlsx/xlsx.ts";

type DiskFormat = "shapefile" | "geopackage";

const readers: Readonly<Record<Exclude<FormatId, DiskFormat>, RowReader>> = {
  geojson: readGeojson,
  "geojson-sequence": readGeojsonSequence,
  "geojson-feature": readGeojsonFeature,
  topojson: readTopojson,
  flatgeobuf: readFlatgeobuf,
  csv: readCsv,
  xlsx: readXlsx,
  "mysql-dump": readMysqlDump,
};
const diskReaders: Readonly<Record<DiskFormat, DiskReader>> = { shapefile: readShapefile, geopackage: readGeopackage };
const layered: readonly FormatId[] = ["shapefile", "geopackage", "topojson"];
const isOnDisk = (format: FormatId): format is DiskFormat => Object.hasOwn(diskReaders, format);

const asDeclared: Placing = { crs: null, swapAxes: false };

/**
 * Unpacks a file, tells its format from its content and reads its rows in batches, streaming; shapes come in longitude and latitude on WGS 84.
 * @param accepted the formats that make sense here; another one is refused by name.
 * @param placing what the sender says about the coordinates
 * @throws the problems of unpacking, of telling the format, of its coordinates and of the format itself, some of them only while the rows are read.
 */
export async function readFile(
  source: FileSource,
  accepted: readonly FormatId[],
  placing: Placing = asDeclared,
): Promise<{ format: FormatId; rows: AsyncGenerator<FileRow[]> }> {
  const sent = await peek(source.bytes, 2);
  const { head, all } = await peek(await unpacked(sent.all, source.name), 64 * 1024);
  const format = detectFormat(head, source.name, source.contentType, accepted);
  if (source.layer && !layered.includes(format)) throw problem("layer_not_found", { name: source.name, value: source.layer });
  const rows = isOnDisk(format)
    ? readOnDisk(diskReaders[format], source, all, !isGzip(sent.head))
    : readers[format]({ ...source, bytes: all });
  return { format, rows: inDegrees(source.name, rows, placing, source.tell ?? (() => {})) };
}
