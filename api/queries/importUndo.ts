import type { Database, Queryable, Transaction } from "../database/database.ts";
import { advanceReports } from "./reportHistory.ts";
import { uuidFrom } from "./stagedIncidents.ts";

/** What taking an import back changed. */
export interface ImportUndo {
  readonly incidents: number;
  readonly indicatorValues: number;
  readonly undoneAt: string;
}

export async function findUndo(database: Queryable, importId: string): Promise<ImportUndo | null> {
  const rows = await database.query<ImportUndo>(
    `select incidents, indicator_values as "indicatorValues", undone_at as "undoneAt"
       from import_undo
      where import_id = $1::uuid`,
    [importId],
  );
  return rows[0] ?? null;
}

/** Incidents of an import that somebody has worked on since: changed, verified, merged, tied, given files. At most three of them by name, and how many. */
export async function builtUpon(database: Queryable, importId: string): Promise<{ count: number; examples: string[] }> {
  const rows = await database.query<{ id: string; total: number }>(
    `select i.id::text as id, count(*) over () as total
       from incident i
      where i.import_id = $1::uuid and i.withdrawn_at is null
        and (i.version > 1
             or exists (select 1 from incident other where other.merged_into = i.id)
             or exists (select 1
                          from report_incident tied
                          join report r on r.id = tied.report_id
                         where tied.incident_id = i.id and (r.version > 1 or r.import_id is distinct from i.import_id)))
      order by i.id
      limit 3`,
    [importId],
  );
  return { count: Number(rows[0]?.total ?? 0), examples: rows.map(({ id }) => id) };
}

/** Withdraws the incidents of an import with their reports: a new version of each, the last one stays in the history. Returns their villages, one an incident. */
export async function withdrawImported(
  transaction: Transaction,
  importId: string,
  change: { at: Date; person: string },
): Promise<string[]> {
  const gone = await transaction.query<{ id: string; code: string }>(
    `update incident
        set withdrawn_at = $2, version = version + 1
      where import_id = $1::uuid and withdrawn_at is null
     returning id::text as id, village_code as code`,
    [importId, change.at],
  );
  await transaction.query(
    `insert into incident_history (incident_id, version, operation, changed_at, changed_by, feature)
     select i.id, i.version, 'withdraw', $2, $3, h.feature
       from incident i
       join incident_history h on h.incident_id = i.id and h.version = i.version - 1
      where i.import_id = $1::uuid and i.withdrawn_at = $2`,
    [importId, change.at, change.person],
  );
  const reports = await transaction.query<{ id: string }>(
    `update report
        set withdrawn_at = $2
      where import_id = $1::uuid and withdrawn_at is null
     returning id::text as id`,
    [importId, change.at],
  );
  await advanceReports(
    transaction,
    reports.map(({ id }) => id),
    { operation: "withdraw", ...change },
  );
  return gone.map(({ code }) => code);
}

/**
 * Gives the numbers that an import brought, and that nobody replaced since, back the values of before; those that were new are known no longer. What the import said
 * is kept as known until now. Returns the areas, one a number.
 */
export async function restoreValues(transaction: Transaction, importId: string, at: Date): Promise<string[]> {
  const rows = await transaction.query<{ code: string }>(
    `insert into indicator_value_past (area_code, indicator, year, value, recorded_at, replaced_at)
     select area_code, indicator, year, value, recorded_at, $2
       from indicator_value
      where import_id = $1::uuid
     returning area_code as code`,
    [importId, at],
  );
  await transaction.query(
    `with before as (
       select v.area_code, v.indicator, v.year, past.value
         from indicator_value v
         join indicator_value_past past on past.area_code = v.area_code and past.indicator = v.indicator and past.year = v.year and past.replaced_at = v.recorded_at
        where v.import_id = $1::uuid),
     restored as (
       update indicator_value v
          set value = before.value, import_id = null, recorded_at = $2
         from before
        where v.area_code = before.area_code and v.indicator = before.indicator and v.year = before.year
       returning v.area_code)
     delete from indicator_value v
      where v.import_id = $1::uuid
        and not exists (select 1 from before where before.area_code = v.area_code and before.indicator = v.indicator and before.year = v.year)`,
    [importId, at],
  );
  return rows.map(({ code }) => code);
}

/**
 * Gives staged incidents whose number belongs to one that an undo withdrew a number of their own, always the same: so the file, or a better one, can be loaded again and
 * what was withdrawn stays as it was. Repeated, as the number may have been through that before.
 */
export async function renumberUndone(database: Database, importId: string): Promise<void> {
  for (;;) {
    const moved = await database.query<{ id: string; next: string }>(
      `select s.id::text as id, ${uuidFrom("'undone ' || i.import_id || s.id")}::text as next
         from staged_incident s
         join incident i on i.id = s.id
         join import_undo u on u.import_id = i.import_id and u.undone_at = i.withdrawn_at
        where s.import_id = $1::uuid`,
      [importId],
    );
    if (moved.length === 0) return;
    const values = [importId, moved.map(({ id }) => id), moved.map(({ next }) => next)];
    await database.transaction(
      async (transaction) => {
        await transaction.query(
          `update staged_incident s
              set id = moved.next, report_id = ${uuidFrom("'report of ' || moved.next")}
             from unnest($2::uuid[], $3::uuid[]) as moved (id, next)
            where s.import_id = $1::uuid and s.id = moved.id`,
          values,
        );
        await transaction.query(
          `update staged_incident_candidate c
              set incident_id = moved.next
             from unnest($2::uuid[], $3::uuid[]) as moved (id, next)
            where c.import_id = $1::uuid and c.incident_id = moved.id`,
          values,
        );
      },
      { durable: false },
    );
  }
}

export async function keepUndo(
  transaction: Transaction,
  importId: string,
  undo: { at: Date; reason: string | null; incidents: number; indicatorValues: number },
): Promise<void> {
  await transaction.query(
    `insert into import_undo (import_id, undone_at, reason, incidents, indicator_values)
     values ($1::uuid, $2, $3, $4, $5)`,
    [importId, undo.at, undo.reason, undo.incidents, undo.indicatorValues],
  );
}

/** One import as the history lists it. */
export interface KeptImport {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly fileName: string | null;
  readonly person: string;
  readonly createdAt: string;
  readonly isCheck: boolean;
  readonly undoneAt: string | null;
  readonly total: number;
}

/** Imports, newest first; null for everybody's. */
export async function listImports(database: Queryable, person: string | null, limit: number): Promise<KeptImport[]> {
  return database.query(
    `select j.id::text as id, j.subject as kind, j.status, j.request ->> 'name' as "fileName", j.person, j.created_at as "createdAt",
            coalesce((j.request -> 'options' ->> 'dryRun')::boolean, false) as "isCheck", u.undone_at as "undoneAt", count(*) over () as total
       from job j
       left join import_undo u on u.import_id = j.id
      where j.kind = 'import' and ($1::text is null or j.person = $1)
      order by j.created_at desc, j.id
      limit $2`,
    [person, limit],
  );
}
