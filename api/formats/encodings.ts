import { isAscii, isUtf8 } from "node:buffer";
import { problem } from "../problem.ts";
import type { FileSource } from "./rows.ts";

type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

const newline = 0x0a;
const longestLineBytes = 4 * 1024 * 1024;

/**
 * Tells UTF-16 by its byte order mark or, without one, by the zero bytes that its plain letters carry; everything else begins as UTF-8.
 * @param head the first bytes, a few hundred at least where there are so many
 */
export function encodingOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const looked = Math.min(head.length, 1024) & ~1;
  for (let at = 0; at < looked; at++) if (head[at] === 0) zeros[at & 1]!++;
  const [even, odd] = zeros.map((n) => n / (looked / 2)) as [number, number];
  if (looked >= 8 && odd > 0.7 && even < 0.05) return "utf-16le";
  if (looked >= 8 && even > 0.7 && odd < 0.05) return "utf-16be";
  return "utf-8";
}

/** Half of a surrogate pair written as UTF-8 on its own: no text, and no Windows-1252 that anybody meant either. */
function hasLoneSurrogate(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1))
    if (bytes[at + 1]! >= 0xa0 && bytes[at + 1]! <= 0xbf && bytes[at + 2]! >= 0x80 && bytes[at + 2]! <= 0xbf) return true;
  return false;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines++;
  return lines;
}

/**
 * The text of a file in UTF-8, UTF-16 or, where its bytes are no UTF-8, Windows-1252, which the sender is told. What is pure ASCII so far is both, so the choice
 * is made at the first line that holds anything else, and kept.
 * @throws file_damaged naming the line where bytes are no text in that encoding.
 */
export async function* decodedText(bytes: AsyncIterable<Uint8Array>, head: Uint8Array, source: FileSource): AsyncGenerator<string> {
  let encoding: TextEncoding | null = encodingOf(head);
  if (encoding === "utf-8") encoding = null;
  let decoder = new TextDecoder(encoding ?? "utf-8", { fatal: true });
  let line = 1;
  const damaged = () =>
    problem("file_damaged", {
      name: source.name,
      where_id: `baris ${line}`,
      where_en: `line ${line}`,
      reason: `${encoding ?? "utf-8"}: bita bukan huruf / bytes that are no characters`,
    });
  const decode = (chunk: Uint8Array, isLast: boolean): string => {
    try {
      return decoder.decode(chunk, { stream: !isLast });
    } catch {
      throw damaged();
    }
  };
  const decide = (lines: Uint8Array): void => {
    if (isUtf8(lines)) encoding = "utf-8";
    else if (hasLoneSurrogate(lines)) throw damaged();
    else {
      encoding = "windows-1252";
      source.tell?.({ code: "encoding_assumed", value: "Windows-1252" });
    }
    decoder = new TextDecoder(encoding, { fatal: true });
  };

  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of bytes) {
    const joined = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    held = new Uint8Array(0);
    if (encoding !== null || isAscii(joined)) {
      yield decode(joined, false);
      line += countLines(joined);
      continue;
    }
    // A line feed is a byte of its own in UTF-8, so a whole line can be judged.
    const strange = joined.findIndex((byte) => byte >= 0x80);
    const start = joined.lastIndexOf(newline, strange) + 1;
    const end = joined.indexOf(newline, strange);
    if (end < 0 && joined.length - start > longestLineBytes)
      throw problem("record_too_large", { name: source.name, row: line, limit: `${longestLineBytes / 1024 ** 2} MB` });
    const taken = end < 0 ? joined.subarray(0, start) : joined;
    held = joined.subarray(taken.length);
    if (end >= 0) decide(joined.subarray(start, end));
    yield decode(taken, false);
    line += countLines(taken);
  }
  if (encoding === null && held.length > 0) decide(held);
  yield decode(held, true);
}
