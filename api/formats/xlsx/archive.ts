import type { Readable } from "node:stream";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { problem } from "../../problem.ts";
import { unpackedLimitBytes } from "../unpack.ts";

/** The parts of a zipped document by name. Nothing is unpacked before it is asked for. */
export interface Archive {
  readonly has: (name: string) => boolean;
  /** The bytes of a part, unpacked as they are read; none where there is no such part. */
  readonly open: (name: string) => AsyncGenerator<Uint8Array>;
  readonly names: readonly string[];
}

const mostBytes = 128 * 1024 * 1024;
const mostParts = 10_000;
const isEncrypted = (entry: Entry): boolean => (entry.generalPurposeBitFlag & 1) === 1;

async function collected(bytes: AsyncIterable<Uint8Array>, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > mostBytes) throw problem("file_too_large", { name, limit: `${mostBytes / 1024 ** 2} MB` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Opens a zipped document from memory: at most 128 MB as sent, 2 GB by what its parts say they unpack to; a part that unpacks to more than it says is refused
 * when it gets there, so no bomb fills memory.
 * @throws file_too_large, file_encrypted, file_damaged.
 */
export async function openArchive(bytes: AsyncIterable<Uint8Array>, name: string): Promise<Archive> {
  const buffer = await collected(bytes, name);
  const damaged = (error: unknown) =>
    problem("file_damaged", { name, where_id: "ZIP", where_en: "ZIP", reason: (error as Error).message.slice(0, 160) });
  const entries = new Map<string, Entry>();
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true }, (failure, file) => {
      if (failure) return reject(damaged(failure));
      let unpackedBytes = 0;
      file.on("error", (error) => reject(damaged(error)));
      file.on("end", () => resolve(file));
      file.on("entry", (entry: Entry) => {
        unpackedBytes += entry.uncompressedSize;
        if (isEncrypted(entry)) return reject(problem("file_encrypted", { name }));
        if (unpackedBytes > unpackedLimitBytes || entries.size >= mostParts)
          return reject(problem("file_too_large", { name, limit: `${unpackedLimitBytes / 1024 ** 2} MB, ${mostParts} bagian/parts` }));
        if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
        file.readEntry();
      });
      file.readEntry();
    });
  });

  async function* open(part: string): AsyncGenerator<Uint8Array> {
    const entry = entries.get(part);
    if (!entry) return;
    const stream = await new Promise<Readable>((resolve, reject) =>
      zip.openReadStream(entry, (failure, opened) => (failure ? reject(damaged(failure)) : resolve(opened))),
    );
    try {
      yield* stream as AsyncIterable<Buffer>;
    } catch (error) {
      throw damaged(error);
    } finally {
      stream.destroy();
    }
  }
  return { has: (part) => entries.has(part), open, names: [...entries.keys()] };
}
