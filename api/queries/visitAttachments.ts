import type { Queryable, Transaction } from "../database/database.ts";
import { keepContent } from "./attachments.ts";

export interface VisitAttachment {
  readonly id: string;
  readonly visitId: string;
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly withdrawnAt: string | null;
}

const columns = `id::text as id, visit_id::text as "visitId", sha256, name, media_type as "mediaType", size_bytes as "sizeBytes", added_at as "addedAt",
            added_by as "addedBy", withdrawn_at as "withdrawnAt"`;

/** The files of a visit that are not withdrawn, oldest first. */
export async function listVisitAttachments(database: Queryable, visitId: string): Promise<VisitAttachment[]> {
  return database.query(
    `select ${columns}
       from visit_attachment
      where visit_id = $1::uuid and withdrawn_at is null
      order by added_at, id`,
    [visitId],
  );
}

export async function findVisitAttachment(database: Queryable, visitId: string, id: string): Promise<VisitAttachment | null> {
  const rows = await database.query<VisitAttachment>(
    `select ${columns}
       from visit_attachment
      where visit_id = $1::uuid and id = $2::uuid`,
    [visitId, id],
  );
  return rows[0] ?? null;
}

/** Keeps a file of a visit; its bytes only where no file of the same content is kept already. */
export async function insertVisitAttachment(
  transaction: Transaction,
  a: Omit<VisitAttachment, "addedAt" | "withdrawnAt"> & { readonly addedAt: Date },
  bytes: Uint8Array,
): Promise<void> {
  await keepContent(transaction, a.sha256, bytes);
  await transaction.query(
    `insert into visit_attachment (id, visit_id, sha256, name, media_type, size_bytes, added_at, added_by)
     values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8)`,
    [a.id, a.visitId, a.sha256, a.name, a.mediaType, a.sizeBytes, a.addedAt, a.addedBy],
  );
}

/** Withdraws a file: it is no longer listed or served, and stays on record. */
export async function withdrawVisitAttachment(transaction: Transaction, id: string, change: { at: Date; person: string }): Promise<void> {
  await transaction.query("update visit_attachment set withdrawn_at = $2, withdrawn_by = $3 where id = $1::uuid", [
    id,
    change.at,
    change.person,
  ]);
}
