import { Binary, Bool, Field, Float64, RecordBatchStreamWriter, Schema, Table, Utf8, vectorFromArray } from "apache-arrow";
import type { Geometry } from "../contract/geometry.ts";
import { cellOf, columnsOf, type WrittenFeature } from "./features.ts";
import { writeWkb } from "./wkbWriter.ts";

const arrowTypes = { text: Utf8, number: Float64, boolean: Bool } as const;

/**
 * Features as an Arrow IPC stream with exact values: numbers as Float64, unknown as null, shapes in a column `geometry` of the extension type geoarrow.wkb
 * (left out where no feature has a shape, as in a plain table).
 * @param head what the file says of itself, such as the run that it comes from
 */
export function writeArrow(features: readonly WrittenFeature[], head: Readonly<Record<string, string>> = {}): Uint8Array {
  const columns = columnsOf(features);
  const fields = columns.map(({ name, type }) => new Field(name, new arrowTypes[type](), true));
  const vectors = Object.fromEntries(
    columns.map(({ name, type }) => [
      name,
      vectorFromArray(
        features.map(({ properties }) => cellOf(properties[name], type)),
        new arrowTypes[type](),
      ),
    ]),
  );
  if (features.some(({ geometry }) => geometry)) {
    const extension = new Map([
      ["ARROW:extension:name", "geoarrow.wkb"],
      ["ARROW:extension:metadata", JSON.stringify({ crs: "OGC:CRS84" })],
    ]);
    fields.push(new Field("geometry", new Binary(), true, extension) as never);
    vectors.geometry = vectorFromArray(
      features.map(({ geometry }) => (geometry ? new Uint8Array(writeWkb(geometry as Geometry)) : null)),
      new Binary(),
    ) as never;
  }
  const schema = new Schema(fields as Field[], new Map(Object.entries(head)));
  return RecordBatchStreamWriter.writeAll(new Table(schema, vectors as never)).toUint8Array(true);
}
