import { readCsv } from "./csv.ts";
import { detectFormat, type FormatId } from "./detect.ts";
import { readGeojson } from "./geojson.ts";
import { readGeojsonFeature, readGeojsonSequence } from "./geojsonSequence.ts";
import { readMysqlDump } from "./mysqlDump.ts";
import type { FileRow, FileSource, RowReader } from "./rows.ts";
import { peek, unpacked } from "./unpack.ts";
import { readXlsx } from "./xlsx/xlsx.ts";

const readers: Readonly<Record<FormatId, RowReader>> = {
  geojson: readGeojson,
  "geojson-sequence": readGeojsonSequence,
  "geojson-feature": readGeojsonFeature,
  csv: readCsv,
  xlsx: readXlsx,
  "mysql-dump": readMysqlDump,
};

/**
 * Unpacks a file, tells its format from its content and reads its rows in batches, streaming.
 * @param accepted the formats that make sense here; another one is refused by name.
 * @throws the problems of unpacking, of telling the format, and of the format itself, some of them only while the rows are read.
 */
export async function readFile(
  source: FileSource,
  accepted: readonly FormatId[],
): Promise<{ format: FormatId; rows: AsyncGenerator<FileRow[]> }> {
  const content = await unpacked(source.bytes, source.name);
  const { head, all } = await peek(content, 64 * 1024);
  const format = detectFormat(head, source.name, source.contentType, accepted);
  return { format, rows: readers[format]({ ...source, bytes: all }) };
}
