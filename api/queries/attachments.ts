import type { Queryable, Transaction } from "../database/database.ts";

/** What files are attached to, each with a table of its own for them. */
export type AttachmentOwner = "report" | "visit";

export interface Attachment {
  readonly id: string;
  readonly ownerId: string;
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly withdrawnAt: string | null;
}

const partBytes = 1024 * 1024;
const tables: Readonly<Record<AttachmentOwner, string>> = { report: "attachment", visit: "visit_attachment" };
const columnsOf = (owner: AttachmentOwner): string =>
  `id::text as id, ${owner}_id::text as "ownerId", sha256, name, media_type as "mediaType", size_bytes as "sizeBytes", added_at as "addedAt",
            added_by as "addedBy", withdrawn_at as "withdrawnAt"`;

/** The files of a report or visit that are not withdrawn, oldest first. */
export async function listAttachments(database: Queryable, owner: AttachmentOwner, ownerId: string): Promise<Attachment[]> {
  return database.query(
    `select ${columnsOf(owner)}
       from ${tables[owner]}
      where ${owner}_id = $1::uuid and withdrawn_at is null
      order by added_at, id`,
    [ownerId],
  );
}

export async function findAttachment(database: Queryable, owner: AttachmentOwner, ownerId: string, id: string): Promise<Attachment | null> {
  const rows = await database.query<Attachment>(
    `select ${columnsOf(owner)}
       from ${tables[owner]}
      where ${owner}_id = $1::uuid and id = $2::uuid`,
    [ownerId, id],
  );
  return rows[0] ?? null;
}

/** Keeps the bytes of a file where no file of the same content is kept already. */
async function keepContent(transaction: Transaction, sha256: string, bytes: Uint8Array): Promise<void> {
  // Two who attach the same content at once: the second waits here and finds it kept.
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`attachment ${sha256}`]);
  const kept = await transaction.query("select 1 as found from attachment_part where sha256 = $1 limit 1", [sha256]);
  for (let part = 0; kept.length === 0 && part * partBytes < bytes.length; part++) {
    await transaction.query("insert into attachment_part (sha256, part, data) values ($1, $2, $3)", [
      sha256,
      part,
      bytes.subarray(part * partBytes, (part + 1) * partBytes),
    ]);
  }
}

/** Keeps a file of a report or visit. */
export async function insertAttachment(
  transaction: Transaction,
  owner: AttachmentOwner,
  attachment: Omit<Attachment, "addedAt" | "withdrawnAt"> & { readonly addedAt: Date },
  bytes: Uint8Array,
): Promise<void> {
  const a = attachment;
  await keepContent(transaction, a.sha256, bytes);
  await transaction.query(
    `insert into ${tables[owner]} (id, ${owner}_id, sha256, name, media_type, size_bytes, added_at, added_by)
     values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8)`,
    [a.id, a.ownerId, a.sha256, a.name, a.mediaType, a.sizeBytes, a.addedAt, a.addedBy],
  );
}

/** The bytes of a content, read part by part. */
export async function readContent(database: Queryable, attachment: Pick<Attachment, "sha256" | "sizeBytes">): Promise<Uint8Array> {
  const bytes = new Uint8Array(attachment.sizeBytes);
  for (let part = 0; part * partBytes < bytes.length; part++) {
    const rows = await database.query<{ data: Uint8Array }>("select data from attachment_part where sha256 = $1 and part = $2", [
      attachment.sha256,
      part,
    ]);
    if (rows[0]) bytes.set(rows[0].data, part * partBytes);
  }
  return bytes;
}

/** Withdraws a file: it is no longer listed or served, and stays on record. */
export async function withdrawAttachment(
  transaction: Transaction,
  owner: AttachmentOwner,
  id: string,
  change: { at: Date; person: string },
): Promise<void> {
  await transaction.query(`update ${tables[owner]} set withdrawn_at = $2, withdrawn_by = $3 where id = $1::uuid`, [
    id,
    change.at,
    change.person,
  ]);
}
