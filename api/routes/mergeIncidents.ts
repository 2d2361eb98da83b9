import { randomUUID } from "node:crypto";
import { maySee } from "../access/people.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { type IncidentOperation, lockIncident, recordChange, type StoredIncident } from "../queries/incidents.ts";
import { activeMerge, advanceIncident, recordMerge, setMerged, undoMerge } from "../queries/merges.ts";
import { advanceReports } from "../queries/reportHistory.ts";
import { setTie } from "../queries/reports.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { markDue } from "../queries/standing.ts";
import { recordStep } from "../queries/verification.ts";
import { refuseStale } from "./ifMatch.ts";
import { lockSeen, storedIncident } from "./keepIncident.ts";
import { type Frame, lockOwnReport } from "./keepReport.ts";
import { levelOf } from "./verificationScope.ts";

/** What became of the two incidents: the one that was asked about, and every village whose counts may change. */
export interface Merged {
  readonly text: string;
  readonly version: number;
  readonly touched: readonly { readonly id: string; readonly villageCode: string }[];
}

async function record(transaction: Transaction, id: string, operation: IncidentOperation, person: Person, frame: Frame) {
  const { feature, version } = await storedIncident(transaction, id, frame.timeZone);
  await recordChange(transaction, { id, version, operation, at: frame.now, person: person.name, feature: JSON.parse(feature.text) });
  return { text: feature.text, version };
}

/** Locks both in one order, so that two people who merge the same pair the other way round do not wait for each other. The other one may be withdrawn. */
async function lockBoth(transaction: Transaction, id: string, into: string, person: Person) {
  const lockTarget = async (): Promise<StoredIncident> => {
    const target = await lockIncident(transaction, into);
    if (!target || !maySee(person, target.villageCode)) throw problem("not_found", { field: "into", value: `incidents ${into}` });
    return target;
  };
  if (id < into) return { from: await lockSeen(transaction, id, person), target: await lockTarget() };
  const target = await lockTarget().catch(async (refusal: unknown) => {
    // What is asked about is told first, whichever of the two comes first in the order of locks.
    await lockSeen(transaction, id, person);
    throw refusal;
  });
  return { from: await lockSeen(transaction, id, person), target };
}

/** What is verified for the kabupaten is merged by those who work for the kabupaten. */
function refuseUnfitLevel(person: Person, { villageCode, status }: StoredIncident): void {
  const level = levelOf(person, villageCode);
  if (level === null) throw problem("level_refused", { value: villageCode.slice(0, 8) });
  if (status === "verified" && level !== "regency") throw problem("level_refused", { value: villageCode.slice(0, 5) });
}

/**
 * Says that two incidents are one: `id` becomes `merged` and counts nowhere, its reports move along, nothing is lost. Merged into the same already changes nothing.
 * @throws merge_with_itself, merged_already, level_refused, not_found, gone, stale.
 */
export async function mergeIncident(
  transaction: Transaction,
  id: string,
  sent: { into: string; reason: string | null },
  ifMatch: string | undefined,
  person: Person,
  frame: Frame,
): Promise<Merged> {
  const into = sent.into.toLowerCase();
  if (into === id) throw problem("merge_with_itself", { field: "into", value: id });
  const { from, target } = await lockBoth(transaction, id, into, person);
  if (from.mergedInto === into) return { ...(await storedNow(transaction, id, frame)), touched: [] };
  if (ifMatch !== undefined) refuseStale(from, ifMatch);
  if (target.withdrawnAt !== null) throw problem("gone", { field: "into", value: `incidents ${into}` });
  for (const incident of [from, target]) {
    if (incident.mergedInto !== null) throw problem("merged_already", { value: incident.id, into: incident.mergedInto });
    refuseUnfitLevel(person, incident);
  }
  const by = { at: frame.now, person: person.name };
  const moved = await recordMerge(transaction, {
    id: randomUUID(),
    from: id,
    into,
    statusBefore: from.status,
    levelBefore: from.level,
    reason: sent.reason,
    ...by,
  });
  await setMerged(transaction, id, { into, status: "merged", level: null, version: from.version + 1 });
  await advanceIncident(transaction, into);
  await advanceReports(transaction, moved, { operation: "merge", ...by });
  await recordStep(transaction, "incident", id, {
    version: from.version + 1,
    fromStatus: from.status,
    fromLevel: from.level,
    toStatus: "merged",
    toLevel: null,
    reason: sent.reason,
    decidedAt: frame.now,
    decidedBy: person.name,
  });
  await record(transaction, into, "merge", person, frame);
  return settle(transaction, id, "merge", [from, target], person, frame);
}

async function unmerged(transaction: Transaction, id: string, person: Person): Promise<never> {
  await lockSeen(transaction, id, person);
  throw problem("not_merged", { value: id });
}

/** Undoes a merge: the incident is again what it was before, with the reports it had. @throws not_merged, merged_already (undo the outer merge first). */
export async function unmergeIncident(
  transaction: Transaction,
  id: string,
  ifMatch: string | undefined,
  person: Person,
  frame: Frame,
): Promise<Merged> {
  const known = await activeMerge(transaction, id);
  const { from: before, target } = known ? await lockBoth(transaction, id, known.into, person) : await unmerged(transaction, id, person);
  if (ifMatch !== undefined) refuseStale(before, ifMatch);
  // Read again under the lock: somebody else may have undone it meanwhile.
  const merge = await activeMerge(transaction, id);
  if (!merge) throw problem("not_merged", { value: id });
  if (target.mergedInto !== null) throw problem("merged_already", { value: merge.into, into: target.mergedInto });
  for (const incident of [before, target]) refuseUnfitLevel(person, incident);
  const by = { at: frame.now, person: person.name };
  const back = await undoMerge(transaction, { id: merge.id, from: id, into: merge.into, ...by });
  await setMerged(transaction, id, { into: null, status: merge.statusBefore, level: merge.levelBefore, version: before.version + 1 });
  await advanceReports(transaction, back, { operation: "unmerge", ...by });
  await recordStep(transaction, "incident", id, {
    version: before.version + 1,
    fromStatus: "merged",
    fromLevel: null,
    toStatus: merge.statusBefore,
    toLevel: merge.levelBefore,
    reason: null,
    decidedAt: frame.now,
    decidedBy: person.name,
  });
  if (target.withdrawnAt === null) {
    await advanceIncident(transaction, merge.into);
    await record(transaction, merge.into, "unmerge", person, frame);
  }
  return settle(transaction, id, "unmerge", [before, target], person, frame);
}

/** Ties a report to an incident or unties it; tied or untied already changes nothing. @throws nil_has_no_incident, not_found, gone. */
export async function tieReport(
  transaction: Transaction,
  id: string,
  reportId: string,
  isTied: boolean,
  person: Person,
  frame: Frame,
): Promise<Merged> {
  const incident = await lockSeen(transaction, id, person);
  const report = await lockOwnReport(transaction, reportId, person);
  if (incident.mergedInto !== null) throw problem("merged_already", { value: id, into: incident.mergedInto });
  if (report.nil && isTied) throw problem("nil_has_no_incident", { value: reportId });
  if (!(await setTie(transaction, reportId, id, isTied))) return { ...(await storedNow(transaction, id, frame)), touched: [] };
  const operation = isTied ? "attach" : "detach";
  await advanceIncident(transaction, id);
  await advanceReports(transaction, [reportId], { operation, at: frame.now, person: person.name });
  return settle(transaction, id, operation, [incident], person, frame);
}

async function storedNow(transaction: Transaction, id: string, frame: Frame): Promise<{ text: string; version: number }> {
  const { feature, version } = await storedIncident(transaction, id, frame.timeZone);
  return { text: feature.text, version };
}

async function settle(
  transaction: Transaction,
  id: string,
  operation: IncidentOperation,
  touched: readonly { id: string; villageCode: string }[],
  person: Person,
  frame: Frame,
): Promise<Merged> {
  const kept = await record(transaction, id, operation, person, frame);
  await markDue(
    transaction,
    touched.map((incident) => incident.villageCode),
    frame.now,
  );
  await bumpDataVersion(transaction);
  return { ...kept, touched };
}
