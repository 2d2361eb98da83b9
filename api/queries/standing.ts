import type { Queryable, Transaction } from "../database/database.ts";

/**
 * Marks the kabupaten of these villages, and of their neighbours across the border, as behind their data.
 * Written in the transaction that changes the data, so that a killed service finds them at its next start.
 */
export async function markDue(transaction: Transaction, villageCodes: readonly string[], since: Date): Promise<void> {
  await transaction.query(
    `insert into standing_due (regency_code, due_since)
     select distinct left(code, 5), $2::timestamptz
       from (select unnest($1::text[]) as code
             union
             select to_code from neighbour where from_code = any ($1::text[])) touched
      -- In one order, so that two reports at a border do not wait for each other.
      order by 1
     on conflict (regency_code) do update set due_since = excluded.due_since`,
    [villageCodes, since],
  );
}

/** Kabupaten that wait for a new assessment, longest waiting first. */
export async function listDue(database: Queryable): Promise<{ regencyCode: string; dueSince: string }[]> {
  return database.query(`select regency_code as "regencyCode", due_since as "dueSince" from standing_due order by due_since, regency_code`);
}

/** Marks every kabupaten that has villages, as at the beginning of a new day. */
export async function markAllDue(transaction: Transaction, since: Date): Promise<void> {
  await transaction.query(
    `insert into standing_due (regency_code, due_since)
     select distinct regency_code, $1::timestamptz from area where level = 'village'
      -- The order in which reports mark them.
      order by 1
     on conflict (regency_code) do update set due_since = excluded.due_since`,
    [since],
  );
}

/** Marks one kabupaten whose data are as they were, but whose assessment can say more now. A mark that is there already stays as it is. */
export async function markRegencyDue(transaction: Transaction, regencyCode: string, since: Date): Promise<void> {
  await transaction.query(
    "insert into standing_due (regency_code, due_since) values ($1, $2::timestamptz) on conflict (regency_code) do nothing",
    [regencyCode, since],
  );
}

/** Takes the mark away unless the data changed again since it was read. */
export async function clearDue(transaction: Transaction, regencyCode: string, dueSince: string): Promise<void> {
  await transaction.query("delete from standing_due where regency_code = $1 and due_since <= $2::timestamptz", [regencyCode, dueSince]);
}

/** The document of the risk run that was published before this one, on which its bands lean; undefined where this one was not published. */
export async function riskBefore(database: Queryable, runId: string): Promise<{ result: string | null } | undefined> {
  const rows = await database.query<{ result: string | null }>(
    `select (select run.result
               from standing earlier join run on run.id = earlier.run_id
              where earlier.kind = 'risk' and earlier.regency_code = this.regency_code and earlier.published_at < this.published_at
              order by earlier.published_at desc
              limit 1) as result
       from standing this
      where this.kind = 'risk' and this.run_id = $1`,
    [runId],
  );
  return rows[0];
}

export interface PublishedRun {
  readonly regencyCode: string;
  readonly runId: string;
  readonly publishedAt: string;
  readonly result: string;
}

/** The newest published run of each kabupaten in the list, at most as new as `until`. */
export async function latestStanding(
  database: Queryable,
  kind: "risk" | "hotspots",
  regencies: readonly string[],
  until: Date | null,
): Promise<PublishedRun[]> {
  return database.query(
    `select distinct on (s.regency_code) s.regency_code as "regencyCode", s.run_id as "runId", s.published_at as "publishedAt", run.result
       from standing s join run on run.id = s.run_id
      where s.kind = $1 and s.regency_code = any ($2::text[]) and ($3::timestamptz is null or s.published_at <= $3)
      order by s.regency_code, s.published_at desc`,
    [kind, regencies, until],
  );
}

/** Publishes a run as the newest of its kabupaten and puts its values where the collections read them. */
export async function publishStanding(
  transaction: Transaction,
  published: {
    kind: "risk" | "hotspots";
    regencyCode: string;
    runId: string;
    at: Date;
    codes: readonly string[];
    values: readonly unknown[];
  },
): Promise<void> {
  const { kind, regencyCode, runId, at, codes, values } = published;
  await transaction.query("insert into standing (kind, regency_code, run_id, published_at) values ($1, $2, $3, $4)", [
    kind,
    regencyCode,
    runId,
    at,
  ]);
  await transaction.query("delete from standing_value where kind = $1 and regency_code = $2", [kind, regencyCode]);
  await transaction.query(
    `insert into standing_value (kind, area_code, regency_code, run_id, values)
     select $1, code, $2, $3, value::jsonb
       from unnest($4::text[], $5::text[]) as given(code, value)`,
    [kind, regencyCode, runId, codes, values.map((value) => JSON.stringify(value))],
  );
}
