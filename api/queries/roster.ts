import type { CheckedRosterLine } from "../contract/roster.ts";
import type { Queryable, Transaction } from "../database/database.ts";

/** A line of the roster as it stands in the database, without who the reporter is. */
export interface RosterRow extends Omit<CheckedRosterLine, "reporter" | "id"> {
  readonly id: string;
  readonly version: number;
  readonly areaName: string | null;
  readonly recordedAt: string;
  readonly contentHash: string;
  /** Only where it was asked for with names. */
  readonly reporter: string | null;
}

const columns = `line.id::text as id, line.version, line.area_code as "areaCode", area.name as "areaName", line.cadence, line.every_days as "everyDays",
            line.grace_days as "graceDays", line.valid_from as "validFrom", line.valid_to as "validTo", line.reporter_role as "reporterRole",
            line.recorded_at as "recordedAt", line.content_hash as "contentHash"`;

/** SQL that is true for lines inside the scope, or above it where they bear on a village of it and `isBearing`. */
const inScope = (place: string, isBearing: boolean): string =>
  `(${place}::text[] is null or exists (
          select 1 from unnest(${place}::text[]) as allowed(code)
           where line.area_code = allowed.code or line.area_code like allowed.code || '.%'${isBearing ? " or allowed.code like line.area_code || '.%'" : ""}))`;

export interface RosterPage {
  readonly numberMatched: number;
  readonly rows: readonly RosterRow[];
}

/** Lines with who reports, by area and first day; keyset: those after `after`. For verifiers and admins only. */
export async function listRoster(
  database: Queryable,
  asked: {
    readonly within: string | null;
    readonly on: string | null;
    readonly after: { readonly areaCode: string; readonly id: string } | null;
    readonly limit: number;
  },
  scope: readonly string[] | null,
): Promise<RosterPage> {
  const where = `line.removed_at is null
        and ($1::text is null or line.area_code = $1 or line.area_code like $1 || '.%')
        and ($2::date is null or (line.valid_from <= $2::date and (line.valid_to is null or line.valid_to >= $2::date)))
        and ${inScope("$3", false)}`;
  const counted = await database.query<{ n: number }>(`select count(*) as n from roster_line line where ${where}`, [
    asked.within,
    asked.on,
    scope,
  ]);
  const rows = await database.query<RosterRow>(
    `select ${columns}, named.reporter
       from roster_line line
       left join area on area.code = line.area_code
       left join roster_reporter named on named.line_id = line.id
      where ${where}
        and ($4::text is null or (line.area_code collate "C", line.id) > ($4::text collate "C", $5::uuid))
      order by line.area_code collate "C", line.id
      limit $6`,
    [asked.within, asked.on, scope, asked.after?.areaCode ?? null, asked.after?.id ?? null, asked.limit],
  );
  return { numberMatched: Number(counted[0]?.n ?? 0), rows };
}

/** One line with who reports, locked until the transaction ends; null where there is none. */
export async function lockRosterLine(transaction: Transaction, id: string): Promise<(RosterRow & { isRemoved: boolean }) | null> {
  const rows = await transaction.query<RosterRow & { isRemoved: boolean }>(
    `select ${columns}, named.reporter, line.removed_at is not null as "isRemoved"
       from roster_line line
       left join area on area.code = line.area_code
       left join roster_reporter named on named.line_id = line.id
      where line.id = $1::uuid
        for update of line`,
    [id],
  );
  return rows[0] ?? null;
}

type Entry = { readonly at: Date; readonly person: string; readonly operation: "create" | "replace" | "remove" };

/** Keeps a new line, or the next version of one, with its line in the history. Who reports goes to a table of its own and into no history. */
export async function keepRosterLine(
  transaction: Transaction,
  line: CheckedRosterLine & { readonly id: string; readonly version: number; readonly contentHash: string },
  { at, person, operation }: Entry,
): Promise<void> {
  await transaction.query(
    `insert into roster_line (id, version, area_code, cadence, every_days, grace_days, valid_from, valid_to, reporter_role, recorded_at, recorded_by, content_hash)
     values ($1::uuid, $2, $3, $4, $5, $6, $7::date, $8::date, $9, $10, $11, $12)
     on conflict (id) do update
        set version = excluded.version, area_code = excluded.area_code, cadence = excluded.cadence, every_days = excluded.every_days,
            grace_days = excluded.grace_days, valid_from = excluded.valid_from, valid_to = excluded.valid_to, reporter_role = excluded.reporter_role,
            content_hash = excluded.content_hash`,
    [
      line.id,
      line.version,
      line.areaCode,
      line.cadence,
      line.everyDays,
      line.graceDays,
      line.validFrom,
      line.validTo,
      line.reporterRole,
      at,
      person,
      line.contentHash,
    ],
  );
  await keepReporter(transaction, line.id, line.reporter);
  await recordVersion(transaction, line.id, { at, person, operation });
}

async function keepReporter(transaction: Transaction, id: string, reporter: string | null): Promise<void> {
  if (reporter === null) await transaction.query("delete from roster_reporter where line_id = $1::uuid", [id]);
  else
    await transaction.query(
      "insert into roster_reporter (line_id, reporter) values ($1::uuid, $2) on conflict (line_id) do update set reporter = excluded.reporter",
      [id, reporter],
    );
}

/** Copies a line as it stands now into its history. */
async function recordVersion(transaction: Transaction, id: string, { at, person, operation }: Entry): Promise<void> {
  await transaction.query(
    `insert into roster_history (line_id, version, operation, changed_at, changed_by, line)
     select id, version, $2, $3, $4, ${historyOf("roster_line")}
       from roster_line
      where id = $1::uuid`,
    [id, operation, at, person],
  );
}

/** What of a line its history keeps, as SQL. */
export const historyOf = (table: string): string =>
  `jsonb_build_object('area_code', ${table}.area_code, 'cadence', ${table}.cadence, 'every_days', ${table}.every_days, 'grace_days', ${table}.grace_days,
            'valid_from', ${table}.valid_from, 'valid_to', ${table}.valid_to, 'reporter_role', ${table}.reporter_role, 'content_hash', ${table}.content_hash)`;

/** Removes a line: it stays in its history, who reported does not. */
export async function removeRosterLine(transaction: Transaction, id: string, entry: { at: Date; person: string }): Promise<void> {
  await transaction.query("update roster_line set removed_at = $2, version = version + 1 where id = $1::uuid", [id, entry.at]);
  await transaction.query("delete from roster_reporter where line_id = $1::uuid", [id]);
  await recordVersion(transaction, id, { ...entry, operation: "remove" });
}

/** Whether an area is loaded at all. */
export async function isLoadedArea(database: Queryable, code: string): Promise<boolean> {
  return (await database.query("select 1 from area where code = $1", [code])).length > 0;
}

/** The lines that bear on villages inside the areas (null: everywhere) on some day of a half-open period, without who reports. */
export async function linesBearingOn(
  database: Queryable,
  areas: readonly string[] | null,
  period: { readonly from: string; readonly to: string },
): Promise<RosterRow[]> {
  return database.query(
    `select ${columns}, null::text as reporter
       from roster_line line
       left join area on area.code = line.area_code
      where line.removed_at is null and line.valid_from < $3::date and (line.valid_to is null or line.valid_to >= $2::date)
        and ${inScope("$1", true)}
      order by line.area_code collate "C", line.id`,
    [areas, period.from, period.to],
  );
}

/** Who reports by the lines of these ids. For verifiers and admins only. */
export async function reportersOf(database: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await database.query<{ id: string; reporter: string }>(
    "select line_id::text as id, reporter from roster_reporter where line_id = any ($1::uuid[])",
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.reporter]));
}
