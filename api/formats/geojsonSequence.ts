import { problem } from "../problem.ts";
import { featureRow } from "./featureText.ts";
import { type FileRow, type FileSource, RowBatch, recordLimitBytes } from "./rows.ts";

const recordSeparator = 0x1e;
const newline = 0x0a;

const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === newline || byte === recordSeparator);

const mark = [0xef, 0xbb, 0xbf] as const;

/** Without the byte order mark some editors put first. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return mark.every((byte, index) => bytes[index] === byte) ? bytes.subarray(mark.length) : bytes;
}

/** The first byte that says something, past a byte order mark and blanks; -1 where none has arrived yet. */
function firstSign(bytes: Uint8Array): number {
  return bytes.find((byte) => byte === recordSeparator || !(mark.includes(byte as 0xef) || isBlank(Uint8Array.of(byte)))) ?? -1;
}

/**
 * Reads GeoJSON features one after the other: one a line, or each begun by a record separator (RFC 8142), in which case a feature may span lines.
 * A record that is no feature, or was cut off before the next began, is a faulty row and the next is read all the same, as RFC 7464 asks.
 * The row is the record's number; blank ones are not counted.
 */
export async function* readGeojsonSequence(source: FileSource): AsyncGenerator<FileRow[]> {
  let separator = -1;
  let pending: Uint8Array[] = [];
  let pendingLength = 0;
  let row = 0;
  const batch = new RowBatch();
  const record = (last: Uint8Array): void => {
    let bytes = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    pendingLength = 0;
    if (row === 0) bytes = withoutMark(bytes);
    if (!isBlank(bytes)) batch.add(featureRow(bytes, ++row, source.name), bytes.length);
  };

  for await (const chunk of source.bytes) {
    if (separator < 0) {
      const sign = firstSign(chunk);
      if (sign >= 0) separator = sign === recordSeparator ? recordSeparator : newline;
    }
    let from = 0;
    for (let at = separator < 0 ? -1 : chunk.indexOf(separator); at >= 0; at = chunk.indexOf(separator, from)) {
      record(chunk.subarray(from, at));
      from = at + 1;
      if (batch.isFull) yield batch.take();
    }
    if (from < chunk.length) {
      pending.push(chunk.subarray(from));
      pendingLength += chunk.length - from;
      if (pendingLength > recordLimitBytes)
        throw problem("record_too_large", { name: source.name, row: row + 1, limit: `${recordLimitBytes / 1024 ** 2} MB` });
    }
  }
  record(new Uint8Array(0));
  if (!batch.isEmpty) yield batch.take();
}

/** Reads a file that is one single feature, over as many lines as it likes. */
export async function* readGeojsonFeature(source: FileSource): AsyncGenerator<FileRow[]> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > recordLimitBytes)
      throw problem("record_too_large", { name: source.name, row: 1, limit: `${recordLimitBytes / 1024 ** 2} MB` });
  }
  yield [featureRow(withoutMark(Buffer.concat(chunks)), 1, source.name)];
}
