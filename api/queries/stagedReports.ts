import type { CheckedReport } from "../contract/report.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { recordImportedReports } from "./reportHistory.ts";

/** A checked report as it is staged: the columns of its table, and the incidents it is tied to. */
export function stagedReport(
  { properties: p, obtainedAt, obtainedPrecision }: CheckedReport,
  incidentIds: readonly string[],
): Record<string, unknown> {
  return {
    village_code: p.village_code,
    obtained_at: obtainedAt.toISOString(),
    obtained_precision: obtainedPrecision,
    channel: p.channel ?? null,
    source_value: p.source_value,
    content_value: p.content_value,
    facts: p.facts ?? null,
    analysis: p.analysis ?? null,
    prediction: p.prediction ?? null,
    action_taken: p.action_taken ?? null,
    recommendation: p.recommendation ?? null,
    status: p.status,
    nil: p.nil,
    period_from: p.period_from ?? null,
    period_to: p.period_to ?? null,
    incident_ids: incidentIds,
  };
}

/** Takes reports whose id is stored already out of staging; the same content is no change, other content a fault. */
export async function unstageTakenReports(database: Queryable, importId: string): Promise<{ row: number; id: string; isSame: boolean }[]> {
  return database.query(
    `delete from staged_record s
      using report r
      where s.import_id = $1 and r.id = s.id
     returning s.row, s.id::text as id, r.withdrawn_at is null and s.content_hash = coalesce(
               (select first.content ->> 'content_hash'
                  from report_history first
                 where first.report_id = r.id
                 order by first.version
                 limit 1), r.content_hash) as "isSame"`,
    [importId],
  );
}

/** Takes reports out of staging that name an incident which is not there, is withdrawn, or lies outside of the scope (null: everywhere). */
export async function unstageStrayReports(
  database: Queryable,
  importId: string,
  scope: readonly string[] | null,
): Promise<{ row: number; incident: string }[]> {
  return database.query(
    `with stray as (
       select s.row, min(named.id) as incident
         from staged_record s
        cross join lateral jsonb_array_elements_text(s.record -> 'incident_ids') as named(id)
        where s.import_id = $1
          and not exists (select 1 from staged_incident made where made.import_id = $1 and made.row = s.row and made.id = named.id::uuid)
          and not exists (
                select 1
                  from incident i
                 where i.id = named.id::uuid and i.withdrawn_at is null
                   and ($2::text[] is null
                     or exists (select 1 from unnest($2::text[]) as allowed(code) where i.village_code = allowed.code or i.village_code like allowed.code || '.%')))
        group by s.row),
     gone as (
       delete from staged_record s using stray where s.import_id = $1 and s.row = stray.row)
     select row, incident from stray order by row`,
    [importId, scope],
  );
}

/** Takes the incidents out of staging whose report is no longer there. */
export async function unstageOrphans(database: Queryable, importId: string): Promise<void> {
  await database.query(
    `delete from staged_incident i
      where i.import_id = $1
        and not exists (select 1 from staged_record s where s.import_id = $1 and s.row = i.row)`,
    [importId],
  );
}

/** Takes rows out of staging. */
export async function unstageRows(database: Queryable, importId: string, rows: readonly number[]): Promise<void> {
  await database.query("delete from staged_record where import_id = $1 and row = any ($2::int[])", [importId, rows]);
}

const told = `obtained_at timestamptz, obtained_precision text, channel text, source_value text, content_value smallint, facts text, analysis text, prediction text,
              action_taken text, recommendation text, status text, nil boolean, period_from date, period_to date`;
const names = told.split(",").map((column) => column.trim().split(" ")[0] ?? "");

/** Stores the staged reports, after the incidents that they make: each of those came with a first report under the same id, which takes on what the row tells. Returns the villages. */
export async function storeStagedReports(
  transaction: Transaction,
  importId: string,
  entry: { readonly recordedAt: Date; readonly person: string },
): Promise<string[]> {
  await transaction.query(
    `insert into report (id, village_code, regency_code, recorded_at, recorded_by, import_id, content_hash, ${names.join(", ")})
     select s.id, s.area_codes[1], left(s.area_codes[1], 5), $2, $3, $1, s.content_hash, ${names.map((name) => `told.${name}`).join(", ")}
       from staged_record s
      cross join lateral jsonb_to_record(s.record) as told(${told})
      where s.import_id = $1
         on conflict (id) do update set content_hash = excluded.content_hash, ${names.map((name) => `${name} = excluded.${name}`).join(", ")}`,
    [importId, entry.recordedAt, entry.person],
  );
  await transaction.query(
    `insert into report_incident (report_id, incident_id)
     select s.id, named.id::uuid
       from staged_record s
      cross join lateral jsonb_array_elements_text(s.record -> 'incident_ids') as named(id)
      where s.import_id = $1
         on conflict do nothing`,
    [importId],
  );
  await recordImportedReports(transaction, importId, { at: entry.recordedAt, person: entry.person });
  const rows = await transaction.query<{ code: string }>("select distinct area_codes[1] as code from staged_record where import_id = $1", [
    importId,
  ]);
  return rows.map((row) => row.code);
}
