import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Database, Transaction } from "../database/database.ts";
import { keptTables, readOneState, sequenceValues } from "../queries/backup.ts";
import { type BackupHeader, type Contents, firstLine, type PieceHead } from "./format.ts";

const compressionLevel = 4;

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

const headLine = (head: PieceHead): Buffer => Buffer.from(`${JSON.stringify(head)}\n`);

async function* tablePieces(
  transaction: Transaction,
  table: string,
  columns: readonly string[],
  tell: (rows: number, sha256: string) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let rows = 0;
  for await (const bytes of transaction.copyOut(table, columns)) {
    hash.update(bytes);
    rows += countLines(bytes);
    yield headLine({ piece: "rows", table, columns, bytes: bytes.length });
    yield bytes;
  }
  tell(rows, hash.digest("hex"));
}

async function* allPieces(transaction: Transaction, identityKey: Uint8Array | null): AsyncGenerator<Uint8Array> {
  const tables: { table: string; rows: number; sha256: string }[] = [];
  for (const { table, columns } of await keptTables(transaction)) {
    yield* tablePieces(transaction, table, columns, (rows, sha256) => tables.push({ table, rows, sha256 }));
  }
  if (identityKey !== null) {
    yield headLine({ piece: "identity-key", bytes: identityKey.length });
    yield identityKey;
  }
  const contents = Buffer.from(`${JSON.stringify({ tables, sequences: await sequenceValues(transaction) } satisfies Contents)}\n`);
  yield headLine({ piece: "end", bytes: contents.length });
  yield contents;
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/**
 * Writes all that lasts in the database as it was at one moment to a new file that only its owner reads, and puts it on the disk. Memory stays bounded,
 * whatever the size. On a server nobody waits meanwhile; on the embedded engine's one connection everybody does. Act as the archivist.
 * @throws what the disk or the database said; no file is left then.
 */
export async function writeBackup(
  database: Database,
  path: string,
  told: { readonly software: string; readonly madeAt: Date; readonly identityKey: Uint8Array | null },
): Promise<void> {
  try {
    await database.transaction(async (transaction) => {
      await readOneState(transaction);
      const header: BackupHeader = {
        madeAt: told.madeAt.toISOString(),
        software: told.software,
        engine: database.kind,
        migrations: await transaction.query("select number, checksum from migration order by number"),
        holdsIdentityKey: told.identityKey !== null,
      };
      const hash = createHash("sha256");
      const beginning = Buffer.from(`${firstLine}${JSON.stringify(header)}\n`);
      const packed = new PassThrough();
      const whole = async function* (): AsyncGenerator<Uint8Array> {
        yield* hashed(
          (async function* () {
            yield beginning;
            yield* packed;
          })(),
          hash,
        );
        yield Buffer.from(`${hash.digest("hex")}\n`);
      };
      await Promise.all([
        pipeline(Readable.from(allPieces(transaction, told.identityKey)), createGzip({ level: compressionLevel }), packed),
        pipeline(Readable.from(whole()), createWriteStream(path, { mode: 0o600, flags: "wx" })),
      ]);
    });
    const file = await open(path, "r");
    await file.sync().finally(() => file.close());
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
