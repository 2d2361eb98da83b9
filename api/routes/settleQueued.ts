import type { QueueState, Settlement } from "../contract/queue.ts";
import { likeliest } from "../contract/villageCandidates.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { lockIncident } from "../queries/incidents.ts";
import { bringBack, changeQueued, keepContentHash, lockQueued, type StoredQueuedRow, waitingTogether } from "../queries/queue.ts";
import { changeIncident, createIncident, readIncident, removeIncident, type SentFeature } from "./keepIncident.ts";
import { placeQueuedValues, takeBackQueuedValues } from "./settleValues.ts";

interface Frame {
  readonly now: Date;
  readonly timeZone: string;
}

/** What settling or undoing did: the rows that went with it, the incident of which something changed, and whether indicators did. */
export interface QueueOutcome {
  readonly others: readonly string[];
  readonly areValuesChanged?: boolean;
  readonly incident: { readonly id: string; readonly villageCode: string } | null;
}

const mostKept = 50;

/** One decision at a time: two people who settle rows of one group at once must not both win. */
async function findForChange(transaction: Transaction, id: string, person: Person): Promise<StoredQueuedRow> {
  await transaction.query("select pg_advisory_xact_lock(hashtextextended('queued_row', 0))");
  const row = await lockQueued(transaction, id, person);
  if (!row) throw problem("not_found", { value: `queue ${id}` });
  return row;
}

const stateOf = (settlement: Settlement): QueueState => ("drop" in settlement ? "dropped" : "keep" in settlement ? "kept" : "placed");

function isSame(row: StoredQueuedRow, settlement: Settlement): boolean {
  if (row.state !== stateOf(settlement)) return false;
  if ("village_code" in settlement) return row.villageCode === settlement.village_code;
  return !("drop" in settlement) || row.dropReason === settlement.reason;
}

/** The row as an incident to be filed, placed as the person says. */
function sentBy(row: StoredQueuedRow, settlement: Settlement): SentFeature {
  const { point, ...properties } = row.record;
  const geometry = point ? { type: "Point", coordinates: point } : null;
  if ("village_code" in settlement)
    return { geometry, properties: { ...properties, village_code: settlement.village_code, village_candidates: null } };
  const candidates = row.candidates.map(({ village_code, probability }) => ({ villageCode: village_code, probability }));
  if (candidates.length < 2 || candidates.length > mostKept)
    throw problem("cannot_keep", { value: row.id, reason: `${candidates.length} calon / candidates, 2–${mostKept}` });
  return { geometry, properties: { ...properties, village_code: likeliest(candidates).villageCode, village_candidates: row.candidates } };
}

async function fileIncident(
  transaction: Transaction,
  row: StoredQueuedRow,
  settlement: Settlement,
  person: Person,
  frame: Frame,
): Promise<{ id: string; villageCode: string; version: number }> {
  const sent = sentBy(row, settlement);
  const undone = typeof row.outcome?.undone === "string" ? row.outcome.undone : null;
  // An incident that was withdrawn by undoing comes back; any other with its id stands in the way.
  const isBack = undone !== null && (await bringBack(transaction, undone)) !== null;
  const kept = isBack
    ? await changeIncident(transaction, undone, sent, "*", person, frame)
    : await createIncident(transaction, readIncident(sent, frame), person, frame);
  await keepContentHash(transaction, kept.id, row.contentHash);
  return { id: kept.id, villageCode: kept.villageCode, version: kept.version };
}

/** Makes of a row what its kind is made of; the outcome is what undoing needs. */
async function makeOf(
  transaction: Transaction,
  row: StoredQueuedRow,
  settlement: Settlement,
  person: Person,
  frame: Frame,
): Promise<{ villageCode: string; incident: QueueOutcome["incident"]; outcome: Record<string, unknown> }> {
  if (row.kind === "indicators") {
    if (!("village_code" in settlement)) throw problem("cannot_keep", { value: row.id, reason: "indikator / indicators" });
    const values = await placeQueuedValues(transaction, row, settlement.village_code, person, frame.now);
    return { villageCode: settlement.village_code, incident: null, outcome: { values } };
  }
  if (row.kind !== "incidents") throw problem("not_available_yet", { value: `queue ${row.kind}`, expected: "incidents, indicators" });
  const incident = await fileIncident(transaction, row, settlement, person, frame);
  return { villageCode: incident.villageCode, incident, outcome: { incident: incident.id, version: incident.version } };
}

/**
 * Settles a waiting row, in the transaction of what is made of it, so that it is made exactly once. The same settlement again changes nothing.
 * @throws not_found, already_settled, cannot_keep, and what filing an incident throws.
 */
export async function settleQueued(
  transaction: Transaction,
  id: string,
  settlement: Settlement,
  person: Person,
  frame: Frame,
): Promise<QueueOutcome> {
  const row = await findForChange(transaction, id, person);
  if (row.state !== "waiting") {
    if (isSame(row, settlement)) return { others: listOf(row.outcome?.others), incident: null };
    throw problem("already_settled", { value: id, person: row.settledBy });
  }
  const by = { person: person.name, at: frame.now };
  if ("drop" in settlement) {
    const outcome = row.outcome?.undone === undefined ? null : { undone: row.outcome.undone };
    await changeQueued(transaction, id, {
      ...by,
      state: "dropped",
      operation: "drop",
      villageCode: null,
      dropReason: settlement.reason,
      outcome,
      settlement,
    });
    return { others: [], incident: null };
  }
  const made = await makeOf(transaction, row, settlement, person, frame);
  const others =
    row.choiceGroup === null
      ? []
      : (await waitingTogether(transaction, [row.choiceGroup])).map((other) => other.id).filter((other) => other !== id);
  for (const other of others) {
    const dropped = { ...by, state: "dropped", operation: "drop", villageCode: null, dropReason: `queue ${id}` } as const;
    await changeQueued(transaction, other, { ...dropped, outcome: { droppedWith: id }, settlement: { drop: true, reason: `queue ${id}` } });
  }
  await changeQueued(transaction, id, {
    ...by,
    state: stateOf(settlement),
    operation: "settle",
    villageCode: made.villageCode,
    dropReason: null,
    outcome: { ...made.outcome, others },
    settlement,
  });
  return { others, incident: made.incident, areValuesChanged: made.incident === null };
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/**
 * Undoes a settlement: the row waits again, what was made of it is withdrawn, and the rows that were dropped with it wait again too.
 * @throws not_found, not_settled, changed_since_settled where the incident has been changed meanwhile.
 */
export async function undoQueued(transaction: Transaction, id: string, person: Person, frame: Frame): Promise<QueueOutcome> {
  const row = await findForChange(transaction, id, person);
  if (row.state === "waiting") throw problem("not_settled", { value: id });
  const incident = typeof row.outcome?.incident === "string" ? row.outcome.incident : null;
  let changed: QueueOutcome["incident"] = null;
  if (incident !== null) {
    const existing = await lockIncident(transaction, incident);
    if (!existing || existing.withdrawnAt !== null || existing.version !== row.outcome?.version)
      throw problem("changed_since_settled", { value: `incidents ${incident}` });
    const { villageCode } = await removeIncident(transaction, incident, `"${existing.version}"`, person, frame);
    changed = { id: incident, villageCode };
  }
  const areValuesChanged = row.outcome?.values !== undefined;
  if (areValuesChanged) await takeBackQueuedValues(transaction, row, frame.now);
  const undone = incident ?? row.outcome?.undone;
  const open = {
    person: person.name,
    at: frame.now,
    state: "waiting",
    operation: "undo",
    villageCode: null,
    dropReason: null,
    settlement: {},
  } as const;
  const others = listOf(row.outcome?.others);
  // Whichever of the group is chosen next brings back the same incident, for they share its id.
  const outcome = undone === undefined ? null : { undone };
  for (const each of [...others, id]) await changeQueued(transaction, each, { ...open, outcome });
  return { others, incident: changed, areValuesChanged };
}
