import type { Queryable, Transaction } from "../database/database.ts";
import { recordReports } from "./reportHistory.ts";
import { levelSql } from "./verification.ts";

export interface NewReport {
  readonly id: string;
  readonly villageCode: string;
  readonly obtainedAt: string;
  readonly obtainedPrecision: "day" | "moment";
  readonly channel: string | null;
  readonly sourceValue: string;
  readonly contentValue: number;
  readonly facts: string | null;
  readonly analysis: string | null;
  readonly prediction: string | null;
  readonly actionTaken: string | null;
  readonly recommendation: string | null;
  readonly status: string;
  readonly nil: boolean;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly contentHash: string;
}

export interface StoredReport {
  readonly id: string;
  readonly version: number;
  readonly contentHash: string;
  readonly withdrawnAt: string | null;
  readonly villageCode: string;
  readonly status: string;
  readonly level: "district" | "regency" | null;
  readonly nil: boolean;
  readonly recordedBy: string;
  readonly incidentIds: readonly string[];
}

const stateSql = `select r.id::text as id, r.version, r.content_hash as "contentHash", r.withdrawn_at as "withdrawnAt", r.village_code as "villageCode", r.status,
            ${levelSql("r")} as level, r.nil, r.recorded_by as "recordedBy",
            array(select incident_id::text from report_incident where report_id = r.id order by 1) as "incidentIds"
       from report r
      where r.id = $1::uuid`;

/** The state of a report, locked until the transaction ends; null where the id is free. */
export async function lockReport(transaction: Transaction, id: string): Promise<StoredReport | null> {
  const rows = await transaction.query<StoredReport>(`${stateSql}\n        for update of r`, [id]);
  return rows[0] ?? null;
}

/** The state of a report, withdrawn or not; null where there is none. */
export async function readReportState(database: Queryable, id: string): Promise<StoredReport | null> {
  const rows = await database.query<StoredReport>(stateSql, [id]);
  return rows[0] ?? null;
}

/** Ties a report to incidents, to these and to no others. */
async function tie(transaction: Transaction, reportId: string, incidentIds: readonly string[]): Promise<void> {
  await transaction.query("delete from report_incident where report_id = $1::uuid and not (incident_id = any ($2::uuid[]))", [
    reportId,
    incidentIds,
  ]);
  await addTies(transaction, reportId, incidentIds);
}

async function addTies(transaction: Transaction, reportId: string, incidentIds: readonly string[]): Promise<void> {
  if (incidentIds.length === 0) return;
  await transaction.query(
    `insert into report_incident (report_id, incident_id)
     select $1::uuid, incident_id
       from unnest($2::uuid[]) as incident_id
         on conflict do nothing`,
    [reportId, incidentIds],
  );
}

/** Ties one report to one incident or, with `isTied` false, unties it; whether that changed anything. */
export async function setTie(transaction: Transaction, reportId: string, incidentId: string, isTied: boolean): Promise<boolean> {
  const rows = await transaction.query(
    isTied
      ? "insert into report_incident (report_id, incident_id) values ($1::uuid, $2::uuid) on conflict do nothing returning report_id"
      : "delete from report_incident where report_id = $1::uuid and incident_id = $2::uuid returning report_id",
    [reportId, incidentId],
  );
  return rows.length > 0;
}

/** Replaces all that was told in a report; when and by whom it was first recorded stays. */
export async function replaceReport(
  transaction: Transaction,
  report: NewReport,
  incidentIds: readonly string[],
  change: { version: number; at: Date; person: string },
): Promise<void> {
  const r = report;
  await transaction.query(
    `update report
        set village_code = $2, regency_code = $3, obtained_at = $4, obtained_precision = $5, channel = $6, source_value = $7, content_value = $8, facts = $9, analysis = $10,
            prediction = $11, action_taken = $12, recommendation = $13, status = $14, nil = $15, period_from = $16, period_to = $17, content_hash = $18, version = $19
      where id = $1::uuid`,
    [r.id, ...toldOf(r), r.contentHash, change.version],
  );
  await tie(transaction, r.id, incidentIds);
  await recordReports(transaction, [r.id], { operation: "replace", at: change.at, person: change.person });
}

/** Withdraws a report: kept in its history, counted nowhere. */
export async function withdrawReport(
  transaction: Transaction,
  id: string,
  change: { version: number; at: Date; person: string },
): Promise<void> {
  await transaction.query("update report set withdrawn_at = $3, version = $2 where id = $1::uuid", [id, change.version, change.at]);
  await recordReports(transaction, [id], { operation: "withdraw", at: change.at, person: change.person });
}

const toldOf = (r: NewReport): unknown[] => [
  r.villageCode,
  r.villageCode.slice(0, 5),
  r.obtainedAt,
  r.obtainedPrecision,
  r.channel,
  r.sourceValue,
  r.contentValue,
  r.facts,
  r.analysis,
  r.prediction,
  r.actionTaken,
  r.recommendation,
  r.status,
  r.nil,
  r.periodFrom,
  r.periodTo,
];

/** Keeps a report with the first line of its history and ties it to the incidents it tells of. */
export async function insertReport(
  transaction: Transaction,
  report: NewReport,
  incidentIds: readonly string[],
  recordedAt: Date,
  person: string,
): Promise<void> {
  await transaction.query(
    `insert into report (id, village_code, regency_code, obtained_at, obtained_precision, channel, source_value, content_value, facts,
                         analysis, prediction, action_taken, recommendation, status, nil, period_from, period_to, content_hash, recorded_at, recorded_by)
     values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [report.id, ...toldOf(report), report.contentHash, recordedAt, person],
  );
  await addTies(transaction, report.id, incidentIds);
  await recordReports(transaction, [report.id], { operation: "create", at: recordedAt, person });
}
