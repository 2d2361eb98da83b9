import { problem } from "../problem.ts";
import { featureRow } from "./featureText.ts";
import { type FileRow, type FileSource, recordLimitBytes, rowsPerBatch } from "./rows.ts";

const recordSeparator = 0x1e;
const newline = 0x0a;

const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === newline || byte === recordSeparator);

/** Without the byte order mark some editors put first. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/**
 * Reads GeoJSON features one after the other: one a line, or each begun by a record separator (RFC 8142), in which case a feature may span lines.
 * A record that is no feature is a faulty row and the next is read all the same. The row is the record's number; blank ones are not counted.
 */
export async function* readGeojsonSequence(source: FileSource): AsyncGenerator<FileRow[]> {
  let separator = -1;
  let pending: Uint8Array[] = [];
  let pendingLength = 0;
  let row = 0;
  let batch: FileRow[] = [];
  const record = (last: Uint8Array): void => {
    const bytes = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    pendingLength = 0;
    if (!isBlank(bytes)) batch.push(featureRow(bytes, ++row));
  };

  for await (const received of source.bytes) {
    let chunk = received;
    if (separator < 0) {
      chunk = withoutMark(received);
      separator = chunk[0] === recordSeparator ? recordSeparator : newline;
    }
    let from = 0;
    for (let at = chunk.indexOf(separator); at >= 0; at = chunk.indexOf(separator, from)) {
      record(chunk.subarray(from, at));
      from = at + 1;
      if (batch.length >= rowsPerBatch) {
        yield batch;
        batch = [];
      }
    }
    if (from < chunk.length) {
      pending.push(chunk.subarray(from));
      pendingLength += chunk.length - from;
      if (pendingLength > recordLimitBytes)
        throw problem("record_too_large", { name: source.name, row: row + 1, limit: `${recordLimitBytes / 1024 ** 2} MB` });
    }
  }
  record(new Uint8Array(0));
  if (batch.length > 0) yield batch;
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
  yield [featureRow(withoutMark(Buffer.concat(chunks)), 1)];
}
