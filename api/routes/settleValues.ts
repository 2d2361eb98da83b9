import { maySee } from "../access/people.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findVillage } from "../queries/incidents.ts";
import type { StoredQueuedRow } from "../queries/queue.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { type PlacedValue, placeValues, type ReplacedValue, takeBackValues } from "../queries/settledValues.ts";
import { markDue } from "../queries/standing.ts";

/**
 * Stores the indicator values of a queued row in the village that a person chose, in place of others of the same year.
 * @returns what stood there before, which undoing needs.
 * @throws unknown_village where it is not loaded or not within the person's areas.
 */
export async function placeQueuedValues(
  transaction: Transaction,
  row: StoredQueuedRow,
  villageCode: string,
  person: Person,
  now: Date,
): Promise<ReplacedValue[]> {
  const village = await findVillage(transaction, villageCode, null);
  if (!village || !maySee(person, villageCode)) throw problem("unknown_village", { field: "village_code", value: villageCode });
  const replaced = await placeValues(transaction, villageCode, row.record.values as PlacedValue[], row.importId, now);
  await tell(transaction, villageCode, now);
  return replaced;
}

/** Takes the values of a settled row back. @throws changed_since_settled where one of them was changed meanwhile. */
export async function takeBackQueuedValues(transaction: Transaction, row: StoredQueuedRow, now: Date): Promise<void> {
  const villageCode = row.villageCode ?? "";
  const replaced = row.outcome?.values as ReplacedValue[];
  if (!(await takeBackValues(transaction, villageCode, replaced, row.importId, now)))
    throw problem("changed_since_settled", { value: `indicators ${villageCode}` });
  await tell(transaction, villageCode, now);
}

async function tell(transaction: Transaction, villageCode: string, now: Date): Promise<void> {
  await markDue(transaction, [villageCode], now);
  await bumpDataVersion(transaction);
}
