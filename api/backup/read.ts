import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { problem } from "../problem.ts";
import { anyFirstLine, type BackupHeader, firstLine, longestHeaderBytes, type Piece, type PieceHead, trailerBytes } from "./format.ts";

/** A backup whose every byte is as it was written. */
export interface CheckedBackup {
  readonly path: string;
  readonly header: BackupHeader;
  /** Where the packed pieces begin and how many bytes they take. */
  readonly packedFrom: number;
  readonly packedBefore: number;
}

const largestPieceBytes = 2 ** 30;

async function digestUpTo(path: string, before: number): Promise<string> {
  const hash = createHash("sha256");
  if (before > 0) for await (const chunk of createReadStream(path, { end: before - 1 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/**
 * Reads a backup through once and makes sure that nothing in it is damaged or missing, before anybody changes anything.
 * @throws backup_foreign, backup_newer (of a later format), backup_damaged
 */
export async function checkBackup(path: string): Promise<CheckedBackup> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(Math.min(size, longestHeaderBytes));
    await file.read(start, 0, start.length, 0);
    const format = anyFirstLine.exec(start.toString("latin1", 0, 40))?.[1];
    if (format === undefined) throw problem("backup_foreign", { file: path });
    const trailer = Buffer.alloc(Math.min(size, trailerBytes));
    await file.read(trailer, 0, trailer.length, size - trailer.length);
    const told = trailer.toString("latin1").trimEnd();
    if (trailer.at(-1) !== 10 || !/^[0-9a-f]{64}$/.test(told) || told !== (await digestUpTo(path, size - trailerBytes)))
      throw problem("backup_damaged", {
        file: path,
        reason_id: "isinya tidak cocok dengan SHA-256 di akhirnya",
        reason_en: "its content does not match the SHA-256 at its end",
      });
    if (!start.toString("latin1", 0, firstLine.length).startsWith(firstLine))
      throw problem("backup_newer", { file: path, software: `format ${format}`, value: "?", newest: "format 1" });
    const headerEnd = start.indexOf(10, firstLine.length);
    const header = JSON.parse(start.toString("utf8", firstLine.length, headerEnd)) as BackupHeader;
    return { path, header, packedFrom: headerEnd + 1, packedBefore: size - trailerBytes };
  } finally {
    await file.close();
  }
}

/** Hands out the bytes of a stream by counts and lines. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<Buffer> {
    const { value, done } = await this.#source.next();
    if (done) throw new RangeError("the pieces end too early");
    return value as Buffer;
  }

  async line(): Promise<string> {
    while (!this.#rest.includes(10)) this.#rest = Buffer.concat([this.#rest, await this.#more()]);
    const end = this.#rest.indexOf(10);
    const text = this.#rest.toString("utf8", 0, end);
    this.#rest = this.#rest.subarray(end + 1);
    return text;
  }

  async bytes(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      if (this.#rest.length === 0) this.#rest = await this.#more();
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }
}

/** The pieces of a checked backup, in order, one in memory at a time; the last is the end. */
export async function* piecesOf({ path, packedFrom, packedBefore }: CheckedBackup): AsyncGenerator<Piece> {
  const packed = createReadStream(path, { start: packedFrom, end: packedBefore - 1 });
  const unpacked = createGunzip();
  packed.on("error", (error) => unpacked.destroy(error)).pipe(unpacked);
  try {
    const reader = new ByteReader(unpacked as AsyncIterable<Buffer>);
    for (;;) {
      const head = JSON.parse(await reader.line()) as PieceHead;
      if (head.bytes > largestPieceBytes) throw new RangeError(`a piece of ${head.bytes} bytes`);
      yield { head, bytes: await reader.bytes(head.bytes) };
      if (head.piece === "end") return;
    }
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}
