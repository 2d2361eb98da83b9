import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { problem } from "../problem.ts";

/** Files grow to at most this many bytes when unpacked; more is refused while reading, so that a bomb never fills memory or disk. */
export const unpackedLimitBytes = 2 * 1024 ** 3;

export const isGzip = (bytes: Uint8Array): boolean => bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The first bytes of a stream, at least `wanted` where there are so many, and the whole stream again. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(chunks), all: all() };
}

async function* gunzipped(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  // The error reaches the loop below through the stream itself.
  pipeline(Readable.from(bytes), gunzip, () => {});
  let unpacked = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      yield chunk;
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (code === "Z_BUF_ERROR")
      throw problem("file_cut", {
        name,
        where_id: `gzip berakhir setelah ${unpacked} bita`,
        where_en: `the gzip ends after ${unpacked} bytes`,
      });
    if (code.startsWith("Z_"))
      throw problem("file_damaged", {
        name,
        where_id: `gzip, bita ke-${unpacked}`,
        where_en: `gzip, byte ${unpacked}`,
        reason: (error as Error).message,
      });
    throw error;
  }
}

async function* limited(bytes: AsyncIterable<Uint8Array>, name: string, limitBytes: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > limitBytes) throw problem("file_too_large", { name, limit: `${limitBytes / 1024 ** 2} MB` });
    yield chunk;
  }
  if (length === 0) throw problem("file_empty", { name });
}

/**
 * The content of a file, gunzipped where it begins as gzip does, whatever its name says.
 * @throws file_empty, file_cut, file_damaged, file_too_large (more than `limitBytes` once unpacked) while it is read.
 */
export async function unpacked(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  limitBytes = unpackedLimitBytes,
): Promise<AsyncIterable<Uint8Array>> {
  const { head, all } = await peek(bytes, 2);
  return limited(isGzip(head) ? gunzipped(all, name) : all, name, limitBytes);
}
