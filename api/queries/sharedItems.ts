import type { Queryable, Transaction } from "../database/database.ts";
import type { ItemKind } from "./verification.ts";

export interface SharedWith {
  readonly name: string;
  readonly sharedAt: string;
  readonly sharedBy: string;
}

/** Those whom an item was shown to by name, in the order of their names. */
export async function listShares(database: Queryable, kind: ItemKind, id: string): Promise<SharedWith[]> {
  return database.query(
    `select person_name as name, shared_at as "sharedAt", shared_by as "sharedBy"
       from shared_item
      where kind = $1 and item_id = $2::uuid
      order by person_name collate "C"`,
    [kind, id],
  );
}

/** Shows an item to a person; whether that was not so before. */
export async function shareItem(
  transaction: Transaction,
  kind: ItemKind,
  id: string,
  share: { readonly name: string; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into shared_item (kind, item_id, person_name, shared_at, shared_by)
     values ($1, $2::uuid, $3, $4, $5)
         on conflict do nothing
     returning item_id`,
    [kind, id, share.name, share.at, share.by],
  );
  return rows.length > 0;
}

/** Takes it back; whether it had been shown. */
export async function unshareItem(transaction: Transaction, kind: ItemKind, id: string, name: string): Promise<boolean> {
  const rows = await transaction.query(
    "delete from shared_item where kind = $1 and item_id = $2::uuid and person_name = $3 returning item_id",
    [kind, id, name],
  );
  return rows.length > 0;
}
