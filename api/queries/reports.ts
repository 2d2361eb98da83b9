import type { Transaction } from "../database/database.ts";

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

/** The content hash of the report that has this id, or null where it is free. */
export async function reportHash(transaction: Transaction, id: string): Promise<string | null> {
  const rows = await transaction.query<{ hash: string }>("select content_hash as hash from report where id = $1::uuid", [id]);
  return rows[0]?.hash ?? null;
}

/** Keeps a report and ties it to the incidents it tells of. */
export async function insertReport(
  transaction: Transaction,
  report: NewReport,
  incidentIds: readonly string[],
  recordedAt: Date,
  person: string,
): Promise<void> {
  const r = report;
  await transaction.query(
    `insert into report (id, village_code, regency_code, obtained_at, obtained_precision, recorded_at, recorded_by, channel, source_value, content_value, facts,
                         analysis, prediction, action_taken, recommendation, status, nil, period_from, period_to, content_hash)
     values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      r.id,
      r.villageCode,
      r.villageCode.slice(0, 5),
      r.obtainedAt,
      r.obtainedPrecision,
      recordedAt,
      person,
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
      r.contentHash,
    ],
  );
  for (const incidentId of incidentIds) {
    await transaction.query("insert into report_incident (report_id, incident_id) values ($1::uuid, $2::uuid)", [r.id, incidentId]);
  }
}
