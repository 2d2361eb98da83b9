import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { DiskReader, FileRow, FileSource } from "./rows.ts";

/**
 * Reads a file that has to lie on disk. One that was sent packed, or that flows by, is written out for the time it is read, and removed however the reading ends;
 * beside a sent file it has a fixed name, so that what a dead process left is replaced and removed by the next attempt.
 * @param isAsSent whether `source.path` holds the very content to be read
 */
export async function* readOnDisk(
  read: DiskReader,
  source: FileSource,
  content: AsyncIterable<Uint8Array>,
  isAsSent: boolean,
): AsyncGenerator<FileRow[]> {
  if (source.path && isAsSent) {
    // Begun and given up, so that the stream lets go of the file.
    for await (const _ of content) break;
    yield* read(source.path, source);
    return;
  }
  const folder = source.path ? null : await mkdtemp(join(tmpdir(), "waspada-unpacked-"));
  const path = folder ? join(folder, "file") : `${source.path}.unpacked`;
  try {
    await pipeline(Readable.from(content, { objectMode: true }), createWriteStream(path, { mode: 0o600 }));
    yield* read(path, source);
  } finally {
    await rm(folder ?? path, { recursive: true, force: true });
  }
}
