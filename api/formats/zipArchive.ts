import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { type Entry, open, type ZipFile } from "yauzl";
import { type Problem, problem } from "../problem.ts";
import { unpackedLimitBytes } from "./unpack.ts";

/** A file inside a zip. */
export interface ZipEntry {
  /** Its path as it stands in the zip; it is never used as a path on disk. */
  readonly path: string;
  readonly bytes: number;
  /** Its content, unpacked while it is read, and checked at its end. */
  readonly read: () => AsyncGenerator<Uint8Array>;
}

export interface ZipArchive {
  readonly entries: readonly ZipEntry[];
  readonly close: () => void;
}

const mostEntries = 10_000;
const stored = 0;
const deflated = 8;

function refused(name: string, id: string, en: string): Problem {
  return problem("zip_refused", { name, reason_id: id, reason_en: en });
}

function checkEntry(entry: Entry, name: string): void {
  const path = entry.fileName;
  if ((entry.generalPurposeBitFlag & 1) !== 0)
    throw refused(name, `${path} terkunci dengan kata sandi`, `${path} is encrypted with a password`);
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated)
    throw refused(
      name,
      `${path} dimampatkan dengan cara ${entry.compressionMethod}, bukan Deflate`,
      `${path} is compressed by method ${entry.compressionMethod}, not Deflate`,
    );
}

const isOurs = (error: unknown): boolean => typeof (error as Problem).code === "string" && "details" in (error as object);

async function listed(path: string, name: string): Promise<{ zip: ZipFile; found: Entry[] }> {
  const damaged = (error: unknown): Problem =>
    /relative path|absolute path|invalid characters/i.test((error as Error).message)
      ? refused(name, "ada nama berkas yang keluar dari foldernya", "a file name in it leads outside of its folder")
      : problem("file_damaged", {
          name,
          where_id: "daftar isi zip",
          where_en: "the zip's table of contents",
          reason: (error as Error).message,
        });
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true, decodeStrings: true }, (failure, zip) => {
      if (failure) return reject(damaged(failure));
      const found: Entry[] = [];
      const give = (error: unknown): void => {
        zip.close();
        reject(isOurs(error) ? error : damaged(error));
      };
      zip.on("error", give);
      zip.on("end", () => resolve({ zip, found }));
      zip.on("entry", (entry: Entry) => {
        try {
          checkEntry(entry, name);
          if (found.length >= mostEntries)
            throw refused(name, `memuat lebih dari ${mostEntries} berkas`, `it holds more than ${mostEntries} files`);
          if (!entry.fileName.endsWith("/")) found.push(entry);
          zip.readEntry();
        } catch (error) {
          give(error);
        }
      });
      zip.readEntry();
    });
  });
}

/**
 * Opens a zip on disk and lists what is in it. Nothing is unpacked before it is asked for, nothing is ever written under a name from the zip, and all that is
 * read together may not pass the limit of unpacked files: overlapping entries and false sizes end there.
 * @throws zip_refused (encrypted, other compression, too many files, names that lead outside), file_damaged
 */
export async function openZip(path: string, name: string, limitBytes = unpackedLimitBytes): Promise<ZipArchive> {
  const { zip, found } = await listed(path, name);
  let unpacked = 0;
  async function* read(entry: Entry): AsyncGenerator<Uint8Array> {
    const damaged = (error: unknown): Problem =>
      problem("file_damaged", { name, where_id: entry.fileName, where_en: entry.fileName, reason: (error as Error).message });
    const stream = await new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (failure, opened) => (failure ? reject(damaged(failure)) : resolve(opened)));
    });
    let checksum = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        unpacked += chunk.length;
        if (unpacked > limitBytes) throw problem("file_too_large", { name, limit: `${limitBytes / 1024 ** 2} MB` });
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
      if (checksum !== entry.crc32) throw new Error("CRC-32");
    } catch (error) {
      throw isOurs(error) ? error : damaged(error);
    } finally {
      stream.destroy();
    }
  }
  return {
    entries: found.map((entry) => ({ path: entry.fileName, bytes: entry.uncompressedSize, read: () => read(entry) })),
    close: () => zip.close(),
  };
}
