import type { Queryable } from "../database/database.ts";

/** Settles open and owned alerts of one kind about villages of a kabupaten of which it is true no longer. */
export async function settleFallen(
  transaction: Queryable,
  kind: string,
  regency: string,
  standing: readonly string[],
  at: Date,
): Promise<void> {
  await transaction.query(
    `update alert
        set state = 'settled', settled_at = $4, version = version + 1
      where kind = $1 and subject_kind = 'villages' and area_code like $2 || '.%'
        and state in ('open', 'owned') and subject_id <> all ($3::text[])`,
    [kind, regency, standing, at],
  );
}

/** Clusters of a kabupaten that alerts have told of since a moment. */
export async function toldClusters(
  database: Queryable,
  regency: string,
  since: Date,
): Promise<{ readonly codes: readonly string[]; readonly from: string; readonly to: string }[]> {
  const rows = await database.query<{ details: { codes: string[]; from: string; to: string } }>(
    `select details
       from alert
      where kind = 'scan_cluster' and area_code = $1 and raised_at >= $2`,
    [regency, since],
  );
  return rows.map(({ details }) => details);
}
