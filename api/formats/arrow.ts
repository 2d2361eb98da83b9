import {
  type Data,
  type DataType,
  Field,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Uint16,
  Utf8,
  vectorFromArray,
} from "apache-arrow";

const steps = 65_534;

/** Numbers as 16-bit steps between their least and greatest value; unknown ones are null in the validity bitmap. */
function quantised(name: string, values: readonly (number | null)[]): { field: Field; data: Data } {
  const known = values.filter((value): value is number => value !== null);
  const offset = known.reduce((least, value) => Math.min(least, value), known[0] ?? 0);
  const greatest = known.reduce((most, value) => Math.max(most, value), offset);
  // Whole numbers that fit keep their exact values.
  const isWhole = known.every(Number.isInteger) && greatest - offset <= steps;
  const scale = isWhole ? 1 : (greatest - offset) / steps || 1;
  const stored = Uint16Array.from(values, (value) => (value === null ? 0 : Math.round((value - offset) / scale)));
  const bitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  values.forEach((value, index) => {
    if (value === null) nullCount += 1;
    else bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return {
    field: new Field(
      name,
      new Uint16(),
      true,
      new Map([
        ["scale", String(scale)],
        ["offset", String(offset)],
      ]),
    ),
    data: makeData({ type: new Uint16(), length: values.length, nullCount, nullBitmap: nullCount > 0 ? bitmap : null, data: stored }),
  };
}

/**
 * Columns as an Arrow IPC stream for display: numbers as Uint16 with `scale` and `offset` in the field's metadata (value = stored × scale + offset,
 * off by at most half a step of 1/65534 of the range), words as text. Exact values are in the run that the stream's metadata names.
 */
export function arrowColumns(
  columns: Readonly<Record<string, readonly (number | string | null)[]>>,
  head: Readonly<Record<string, unknown>>,
): Uint8Array {
  const parts = Object.entries(columns).map(([name, values]): { field: Field; data: Data } => {
    if (!values.some((value) => typeof value === "string")) return quantised(name, values as (number | null)[]);
    const vector = vectorFromArray(values as (string | null)[], new Utf8());
    return { field: new Field(name, new Utf8(), true), data: vector.data[0] as Data };
  });
  const metadata = new Map(
    Object.entries(head)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const schema = new Schema(
    parts.map((part) => part.field),
    metadata,
  );
  const length = Object.values(columns)[0]?.length ?? 0;
  const struct = makeData({
    type: new Struct(schema.fields as Field<DataType>[]),
    length,
    nullCount: 0,
    children: parts.map((part) => part.data),
  });
  return RecordBatchStreamWriter.writeAll([new RecordBatch(schema, struct)]).toUint8Array(true);
}
