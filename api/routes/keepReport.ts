import { randomUUID } from "node:crypto";
import { mayChange, ownReader } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { type CheckedReport, checkReport } from "../contract/report.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { reportHash } from "../imports/reportRow.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { findVillage } from "../queries/incidents.ts";
import { readItem } from "../queries/items.ts";
import { insertReport, lockReport, type NewReport, replaceReport, type StoredReport, withdrawReport } from "../queries/reports.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { recordStep } from "../queries/verification.ts";
import { featureOf } from "./features.ts";
import { refuseStale } from "./ifMatch.ts";
import { refuseUnfitStatus } from "./verificationScope.ts";

export interface Frame {
  readonly now: Date;
  readonly timeZone: string;
}

export interface KeptReport {
  readonly id: string;
  readonly villageCode: string;
  readonly version: number;
  readonly isNew: boolean;
  readonly text: string;
}

interface SentReport {
  readonly id?: string | undefined;
  readonly properties: Record<string, unknown>;
}

/** Reads what was sent as a report. @throws the first fault as a problem, all of them in `errors`. */
export function readReport(sent: SentReport, frame: Frame & { readonly withoutIncidents?: boolean }): CheckedReport {
  const checked = checkReport(sent.id === undefined ? sent.properties : { ...sent.properties, id: sent.id }, frame);
  if ("report" in checked) return checked.report;
  const { code, ...details } = checked.faults[0] ?? { code: "not_a_feature" as const };
  throw problem(code, { ...details, errors: checked.faults });
}

function newReport(id: string, { properties: p, obtainedAt, obtainedPrecision }: CheckedReport): NewReport {
  return {
    id,
    villageCode: p.village_code,
    obtainedAt: obtainedAt.toISOString(),
    obtainedPrecision,
    channel: p.channel ?? null,
    sourceValue: p.source_value,
    contentValue: p.content_value,
    facts: p.facts ?? null,
    analysis: p.analysis ?? null,
    prediction: p.prediction ?? null,
    actionTaken: p.action_taken ?? null,
    recommendation: p.recommendation ?? null,
    status: p.status,
    nil: p.nil,
    periodFrom: p.period_from ?? null,
    periodTo: p.period_to ?? null,
    contentHash: reportHash(p),
  };
}

/** Whether the place and the incidents are there for this person. */
async function refuseUnknown(transaction: Transaction, { properties: p }: CheckedReport, person: Person): Promise<void> {
  const village = await findVillage(transaction, p.village_code, null);
  if (!village || !maySee(person, village.code)) throw problem("unknown_village", { field: "village_code", value: p.village_code });
  const known = { asOf: null, timeZone: "UTC", ownReader: ownReader(person) };
  for (const incident of p.incident_ids) {
    if (!(await readItem(transaction, collections.incidents, incident, person.areas, known)))
      throw problem("not_found", { field: "incident_ids", value: `incidents ${incident}` });
  }
}

/** A report as it stands, ready to be answered with. */
export async function storedReport(transaction: Transaction, id: string, timeZone: string, isNew = false): Promise<KeptReport> {
  const row = await readItem(transaction, collections.reports, id, null);
  if (!row) throw problem("not_found", { value: `reports ${id}` });
  return {
    id,
    villageCode: String(row.village_code),
    version: Number(row.version),
    isNew,
    text: featureOf("reports", row, timeZone).text,
  };
}

/** Keeps a new report. The same id with the same content is the same report; with other content it is refused. */
export async function createReport(transaction: Transaction, report: CheckedReport, person: Person, frame: Frame): Promise<KeptReport> {
  const id = report.properties.id?.toLowerCase() ?? randomUUID();
  await refuseUnknown(transaction, report, person);
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`report ${id}`]);
  const fresh = newReport(id, report);
  const existing = await lockReport(transaction, id);
  if (existing && (existing.contentHash !== fresh.contentHash || existing.withdrawnAt !== null))
    throw problem("id_taken", { field: "id", value: id });
  if (!existing) {
    await insertReport(transaction, fresh, report.properties.incident_ids, frame.now, person.name);
    await bumpDataVersion(transaction);
  }
  return storedReport(transaction, id, frame.timeZone, existing === null);
}

/** A report that this person may change; those who only file reports change their own. @throws not_found, gone. */
export async function lockOwnReport(transaction: Transaction, id: string, person: Person): Promise<StoredReport> {
  const existing = await lockReport(transaction, id);
  if (!existing || !maySee(person, existing.villageCode) || !mayChange(person, existing.recordedBy))
    throw problem("not_found", { value: `reports ${id}` });
  if (existing.withdrawnAt !== null) throw problem("gone", { value: `reports ${id}` });
  return existing;
}

/** Replaces a report if nobody changed it since it was read. Its status and its incidents stay unless they are sent. */
export async function changeReport(
  transaction: Transaction,
  id: string,
  sent: SentReport,
  ifMatch: string | undefined,
  person: Person,
  frame: Frame,
): Promise<KeptReport> {
  const existing = await lockOwnReport(transaction, id, person);
  refuseStale(existing, ifMatch);
  const properties = {
    ...sent.properties,
    id,
    status: sent.properties.status ?? existing.status,
    incident_ids: sent.properties.incident_ids ?? (sent.properties.nil === true ? [] : existing.incidentIds),
  };
  const report = readReport({ properties }, { ...frame, withoutIncidents: existing.incidentIds.length === 0 });
  const { status } = report.properties;
  if (status !== existing.status) refuseUnfitStatus(person, status, report.properties.village_code);
  const added = report.properties.incident_ids.filter((incident) => !existing.incidentIds.includes(incident));
  await refuseUnknown(transaction, { ...report, properties: { ...report.properties, incident_ids: added } }, person);
  const version = existing.version + 1;
  await replaceReport(transaction, newReport(id, report), report.properties.incident_ids, { version, at: frame.now, person: person.name });
  if (status !== existing.status) {
    await recordStep(transaction, "report", id, {
      version,
      fromStatus: existing.status,
      fromLevel: existing.level,
      toStatus: status,
      toLevel: status === "verified" ? "regency" : null,
      reason: null,
      decidedAt: frame.now,
      decidedBy: person.name,
    });
  }
  await bumpDataVersion(transaction);
  return storedReport(transaction, id, frame.timeZone);
}

/** Withdraws a report: kept in its history, counted nowhere; its incidents stay. */
export async function removeReport(
  transaction: Transaction,
  id: string,
  ifMatch: string | undefined,
  person: Person,
  frame: Frame,
): Promise<string> {
  const existing = await lockOwnReport(transaction, id, person);
  refuseStale(existing, ifMatch);
  await withdrawReport(transaction, id, { version: existing.version + 1, at: frame.now, person: person.name });
  await bumpDataVersion(transaction);
  return existing.villageCode;
}
