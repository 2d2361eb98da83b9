import { createHash, randomUUID } from "node:crypto";
import { mayChange } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { type CheckedIncident, checkIncident, type Fault } from "../contract/incident.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { mergePatch } from "../formats/mergePatch.ts";
import { problem } from "../problem.ts";
import { candidatesOf, keepCandidates, unknownVillage } from "../queries/candidates.ts";
import { collections } from "../queries/collections.ts";
import {
  findVillage,
  insertIncident,
  lockIncident,
  type PlacedIncident,
  recordChange,
  replaceIncident,
  type StoredIncident,
  villageAt,
  withdrawIncident,
} from "../queries/incidents.ts";
import { readItem } from "../queries/items.ts";
import { insertReport } from "../queries/reports.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { markDue } from "../queries/standing.ts";
import { recordStep } from "../queries/verification.ts";
import { type Feature, featureOf } from "./features.ts";
import { refuseStale } from "./ifMatch.ts";
import { refuseUnfitStatus } from "./verificationScope.ts";

export interface SentFeature {
  readonly id?: string | number | undefined;
  readonly geometry?: unknown;
  readonly properties: Record<string, unknown>;
}

export interface Warning {
  readonly code: string;
  readonly value: unknown;
  readonly metres: number;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function refuse(faults: readonly Fault[]): never {
  const { code, ...details } = faults[0] ?? { code: "not_a_feature" as const };
  throw problem(code, { ...details, errors: faults });
}

/** Reads what was sent as an incident. @throws the first fault as a problem, all of them in `errors`. */
export function readIncident(sent: SentFeature, frame: { now: Date; timeZone: string }): CheckedIncident {
  const id = sent.id ?? sent.properties.id;
  if (id !== undefined && (typeof id !== "string" || !uuidPattern.test(id)))
    refuse([{ field: "id", code: "invalid_field", value: id, expected: "UUID" }]);
  const checked = checkIncident(id === undefined ? sent.properties : { ...sent.properties, id }, sent.geometry, frame);
  return "faults" in checked ? refuse(checked.faults) : checked.incident;
}

async function place(
  transaction: Transaction,
  incident: CheckedIncident,
  person: Person,
): Promise<{ placed: PlacedIncident; warnings: Warning[] }> {
  const village =
    incident.villageCode === null
      ? incident.point && (await villageAt(transaction, incident.point))
      : await findVillage(transaction, incident.villageCode, incident.point);
  if (!village || !maySee(person, village.code)) {
    throw incident.villageCode === null
      ? problem("point_outside", { field: "geometry", value: incident.point })
      : problem("unknown_village", { field: "village_code", value: incident.villageCode });
  }
  const candidates = incident.villageCandidates?.map((candidate) => candidate.villageCode) ?? [];
  const outside = candidates.find((code) => !maySee(person, code)) ?? (await unknownVillage(transaction, candidates));
  if (outside !== null) throw problem("unknown_village", { field: "village_candidates", value: outside });
  const id = incident.id ?? randomUUID();
  const { id: _, ...content } = incident;
  const contentHash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return {
    placed: { ...incident, id, villageCode: village.code, vintage: village.vintage, contentHash },
    warnings:
      village.metres !== null && village.metres > 0
        ? [{ code: "point_elsewhere", value: village.code, metres: Math.round(village.metres) }]
        : [],
  };
}

/** An incident as it stands, ready to be answered with or kept. */
export async function storedIncident(
  transaction: Transaction,
  id: string,
  timeZone: string,
): Promise<{ feature: Feature; version: number }> {
  const row = await readItem(transaction, collections.incidents, id, null);
  if (!row) throw problem("not_found", { value: `incidents ${id}` });
  return { feature: featureOf("incidents", row, timeZone), version: Number(row.version) };
}

export interface Kept {
  readonly id: string;
  readonly villageCode: string;
  readonly version: number;
  readonly isNew: boolean;
  readonly text: string;
}

function answer(
  { feature, version }: { feature: Feature; version: number },
  villageCode: string,
  isNew: boolean,
  warnings: readonly Warning[],
): Kept {
  return { id: feature.id, villageCode, version, isNew, text: `${feature.text.slice(0, -1)},"warnings":${JSON.stringify(warnings)}}` };
}

async function changed(
  transaction: Transaction,
  incident: PlacedIncident,
  change: { version: number; operation: "create" | "replace"; at: Date; person: string; feature: Feature },
  formerVillage: string | null,
): Promise<void> {
  const { version, operation, at, person, feature } = change;
  await recordChange(transaction, { id: incident.id, version, operation, at, person, feature: JSON.parse(feature.text) });
  await markDue(
    transaction,
    formerVillage && formerVillage !== incident.villageCode ? [incident.villageCode, formerVillage] : [incident.villageCode],
    at,
  );
  await bumpDataVersion(transaction);
}

/** Keeps a new incident with its first report. The same id with the same content is the same incident; with other content it is refused. */
export async function createIncident(
  transaction: Transaction,
  incident: CheckedIncident,
  person: Person,
  frame: { now: Date; timeZone: string },
): Promise<Kept> {
  const { placed, warnings } = await place(transaction, incident, person);
  refuseUnfitStatus(person, placed.status, placed.villageCode);
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`incident ${placed.id}`]);
  const existing = await lockIncident(transaction, placed.id);
  if (existing) {
    if (existing.withdrawnAt !== null || existing.contentHash !== placed.contentHash)
      throw problem("id_taken", { field: "id", value: placed.id });
    return answer(await storedIncident(transaction, placed.id, frame.timeZone), placed.villageCode, false, warnings);
  }
  await insertIncident(transaction, placed, frame.now, person.name);
  if (placed.villageCandidates) await keepCandidates(transaction, placed.id, placed.villageCandidates);
  const reportId = randomUUID();
  await insertReport(
    transaction,
    {
      id: reportId,
      villageCode: placed.villageCode,
      obtainedAt: frame.now.toISOString(),
      obtainedPrecision: "moment",
      channel: null,
      sourceValue: placed.sourceValue,
      contentValue: placed.contentValue,
      facts: placed.facts,
      analysis: placed.opinion,
      prediction: null,
      actionTaken: null,
      recommendation: null,
      status: placed.status,
      nil: false,
      periodFrom: null,
      periodTo: null,
      contentHash: placed.contentHash,
    },
    [placed.id],
    frame.now,
    person.name,
  );
  const kept = await storedIncident(transaction, placed.id, frame.timeZone);
  await changed(transaction, placed, { version: 1, operation: "create", at: frame.now, person: person.name, feature: kept.feature }, null);
  return answer(kept, placed.villageCode, true, warnings);
}

/** An incident that this person may change; those who only file incidents change their own. @throws not_found, gone. */
export async function lockSeen(transaction: Transaction, id: string, person: Person): Promise<StoredIncident> {
  const existing = await lockIncident(transaction, id);
  if (!existing || !maySee(person, existing.villageCode) || !mayChange(person, existing.recordedBy))
    throw problem("not_found", { value: `incidents ${id}` });
  if (existing.withdrawnAt !== null) throw problem("gone", { value: `incidents ${id}` });
  return existing;
}

/** Where an incident may have been, as properties: what is sent, or, while it stays in its village, what was known. */
async function candidatesSent(transaction: Transaction, sent: SentFeature, existing: StoredIncident): Promise<Record<string, unknown>> {
  const { village_candidates: told, village_code: code } = sent.properties;
  if (told !== undefined || (code !== undefined && code !== existing.villageCode)) return {};
  const known = await candidatesOf(transaction, existing.id);
  return known.length === 0
    ? {}
    : { village_candidates: known.map(({ villageCode, probability }) => ({ village_code: villageCode, probability })) };
}

/** Keeps on record that a replaced incident has another status; undoing a merge has a way of its own. */
async function restate(
  transaction: Transaction,
  existing: StoredIncident,
  to: { version: number; status: string },
  person: Person,
  at: Date,
): Promise<void> {
  refuseUnfitStatus(person, to.status, existing.villageCode);
  if (existing.mergedInto !== null) throw problem("merged_already", { value: existing.id, into: existing.mergedInto });
  await recordStep(transaction, "incident", existing.id, {
    version: to.version,
    fromStatus: existing.status,
    fromLevel: existing.level,
    toStatus: to.status,
    toLevel: to.status === "verified" ? "regency" : null,
    reason: null,
    decidedAt: at,
    decidedBy: person.name,
  });
}

/** Replaces an incident if nobody changed it since it was read. Its status stays unless one is sent, and so do the villages in which it may have been. */
export async function changeIncident(
  transaction: Transaction,
  id: string,
  sent: SentFeature,
  ifMatch: string | undefined,
  person: Person,
  frame: { now: Date; timeZone: string },
): Promise<Kept> {
  const existing = await lockSeen(transaction, id, person);
  refuseStale(existing, ifMatch);
  const status = sent.properties.status ?? existing.status;
  const candidates = await candidatesSent(transaction, sent, existing);
  const incident = readIncident({ ...sent, id, properties: { ...sent.properties, ...candidates, id, status } }, frame);
  const { placed, warnings } = await place(transaction, incident, person);
  const version = existing.version + 1;
  if (incident.status !== existing.status) await restate(transaction, existing, { version, status: incident.status }, person, frame.now);
  await replaceIncident(transaction, placed, version);
  await keepCandidates(transaction, id, placed.villageCandidates ?? []);
  const kept = await storedIncident(transaction, id, frame.timeZone);
  await changed(
    transaction,
    placed,
    { version, operation: "replace", at: frame.now, person: person.name, feature: kept.feature },
    existing.villageCode,
  );
  return answer(kept, placed.villageCode, false, warnings);
}

/** Changes what the patch names and leaves the rest as it is, by RFC 7396; a geometry of null takes the point away. */
export async function patchIncident(
  transaction: Transaction,
  id: string,
  patch: { readonly geometry?: unknown; readonly properties?: Readonly<Record<string, unknown>> | undefined },
  ifMatch: string | undefined,
  person: Person,
  frame: { now: Date; timeZone: string },
): Promise<Kept> {
  refuseStale(await lockSeen(transaction, id, person), ifMatch);
  const { feature } = await storedIncident(transaction, id, frame.timeZone);
  const { geometry, properties } = JSON.parse(feature.text) as { geometry: unknown; properties: Record<string, unknown> };
  const sent = {
    geometry: "geometry" in patch ? patch.geometry : geometry,
    properties: mergePatch(properties, patch.properties ?? {}) as Record<string, unknown>,
  };
  return changeIncident(transaction, id, sent, ifMatch, person, frame);
}

/** Withdraws an incident: kept in its history, counted nowhere. */
export async function removeIncident(
  transaction: Transaction,
  id: string,
  ifMatch: string | undefined,
  person: Person,
  frame: { now: Date; timeZone: string },
): Promise<{ villageCode: string }> {
  const existing = await lockSeen(transaction, id, person);
  refuseStale(existing, ifMatch);
  const { feature } = await storedIncident(transaction, id, frame.timeZone);
  await withdrawIncident(transaction, id, existing.version + 1, frame.now);
  await recordChange(transaction, {
    id,
    version: existing.version + 1,
    operation: "withdraw",
    at: frame.now,
    person: person.name,
    feature: JSON.parse(feature.text),
  });
  await markDue(transaction, [existing.villageCode], frame.now);
  await bumpDataVersion(transaction);
  return { villageCode: existing.villageCode };
}
