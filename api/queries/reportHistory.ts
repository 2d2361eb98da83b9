import type { Queryable, Transaction } from "../database/database.ts";

export type ReportOperation =
  | "create"
  | "replace"
  | "withdraw"
  | "import"
  | "verify"
  | "merge"
  | "unmerge"
  | "attach"
  | "detach"
  | "attachment";

const content = `to_jsonb(r) || jsonb_build_object('incident_ids',
           (select coalesce(jsonb_agg(tied.incident_id order by tied.incident_id), '[]'::jsonb) from report_incident tied where tied.report_id = r.id))`;

/** Keeps the reports as they stand now, each under its version; nothing is ever taken from the history. */
export async function recordReports(
  transaction: Transaction,
  reportIds: readonly string[],
  change: { operation: ReportOperation; at: Date; person: string },
): Promise<void> {
  await transaction.query(
    `insert into report_history (report_id, version, operation, changed_at, changed_by, content)
     select r.id, r.version, $2, $3, $4, ${content}
       from report r
      where r.id = any ($1::uuid[])`,
    [reportIds, change.operation, change.at, change.person],
  );
}

/** The same for all reports that an import made. Leans on report_import. */
export async function recordImportedReports(
  transaction: Transaction,
  importId: string,
  change: { at: Date; person: string },
): Promise<void> {
  await transaction.query(
    `insert into report_history (report_id, version, operation, changed_at, changed_by, content)
     select r.id, r.version, 'import', $2, $3, ${content}
       from report r
      where r.import_id = $1::uuid
         on conflict (report_id, version) do update set content = excluded.content`,
    [importId, change.at, change.person],
  );
}

/** The next version of reports that changed, kept in their history. */
export async function advanceReports(
  transaction: Transaction,
  reportIds: readonly string[],
  change: { operation: ReportOperation; at: Date; person: string },
): Promise<void> {
  if (reportIds.length === 0) return;
  await transaction.query("update report set version = version + 1 where id = any ($1::uuid[])", [reportIds]);
  await recordReports(transaction, reportIds, change);
}

/** One line of a history. `content` is what stood then. */
export interface HistoryLine {
  readonly version: number;
  readonly operation: string;
  readonly changedAt: string;
  readonly changedBy: string;
  readonly content: Record<string, unknown>;
}

/**
 * The history of a report or an incident after a version, oldest first, and the village it lies in now, withdrawn or not; null where it never was.
 * `total` counts all of the history, `isMore` tells whether some is left after these lines.
 */
export async function readHistory(
  database: Queryable,
  kind: "incident" | "report",
  id: string,
  page: { after: number; limit: number },
): Promise<{ villageCode: string; total: number; lines: HistoryLine[]; isMore: boolean } | null> {
  const kept = kind === "incident" ? "feature" : "content";
  const found = await database.query<{ villageCode: string; total: number }>(
    `select village_code as "villageCode", (select count(*) from ${kind}_history where ${kind}_id = ${kind}.id) as total
       from ${kind}
      where id = $1::uuid`,
    [id],
  );
  if (!found[0]) return null;
  const lines = await database.query<HistoryLine>(
    `select version, operation, changed_at as "changedAt", changed_by as "changedBy", ${kept} as content
       from ${kind}_history
      where ${kind}_id = $1::uuid and version > $2
      order by version
      limit $3`,
    [id, page.after, page.limit + 1],
  );
  return { ...found[0], lines: lines.slice(0, page.limit), isMore: lines.length > page.limit };
}
