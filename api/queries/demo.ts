import type { Transaction } from "../database/database.ts";

const inRegency = "regency_code = $1";

/**
 * Removes everything about one kabupaten: its areas with their neighbours, its incidents and reports, its assessments; and its province where nothing else
 * is left in it. Tiles are the caller's to make anew.
 */
export async function removeRegency(transaction: Transaction, regencyCode: string): Promise<void> {
  const under = `${regencyCode}.%`;
  for (const kind of ["incident", "report"])
    await transaction.query(
      `delete from verification_step using ${kind} where verification_step.kind = '${kind}' and verification_step.item_id = ${kind}.id and ${kind}.${inRegency}`,
      [regencyCode],
    );
  await transaction.query(`delete from agreement where ${inRegency}`, [regencyCode]);
  await transaction.query(`delete from visit where ${inRegency}`, [regencyCode]);
  for (const table of ["visit_plan", "visit_team", "mediator", "visit_work_history", "alert"])
    await transaction.query(`delete from ${table} where area_code = $1 or area_code like $2`, [regencyCode, under]);
  await transaction.query(`delete from report where ${inRegency}`, [regencyCode]);
  await transaction.query(
    `delete from attachment_part
      where not exists (select 1 from attachment where attachment.sha256 = attachment_part.sha256)
        and not exists (select 1 from visit_attachment file where file.sha256 = attachment_part.sha256)`,
  );
  await transaction.query(
    `delete from incident_history using incident where incident_history.incident_id = incident.id and incident.${inRegency}`,
    [regencyCode],
  );
  await transaction.query(`delete from incident where ${inRegency}`, [regencyCode]);
  await transaction.query(
    "delete from queued_row where exists (select 1 from unnest(area_codes) as listed(code) where listed.code like $1)",
    [under],
  );
  await transaction.query(
    `delete from potential_history using potential where potential_history.potential_id = potential.id and potential.${inRegency}`,
    [regencyCode],
  );
  await transaction.query(`delete from potential where ${inRegency}`, [regencyCode]);
  await transaction.query(
    `delete from roster_history using roster_line line
      where roster_history.line_id = line.id and (line.area_code = $1 or line.area_code like $2)`,
    [regencyCode, under],
  );
  await transaction.query("delete from roster_line where area_code = $1 or area_code like $2", [regencyCode, under]);
  await transaction.query(`delete from standing_value where ${inRegency}`, [regencyCode]);
  await transaction.query(`delete from standing where ${inRegency}`, [regencyCode]);
  await transaction.query(`delete from standing_due where ${inRegency}`, [regencyCode]);
  await transaction.query(
    `delete from run
      where (inputs -> 'areas') ? $1
        and not exists (select 1 from standing where standing.run_id = run.id)
        and not exists (select 1 from standing_value where standing_value.run_id = run.id)`,
    [regencyCode],
  );
  for (const table of ["indicator_value", "indicator_value_past"])
    await transaction.query(`delete from ${table} where area_code = $1 or area_code like $2`, [regencyCode, under]);
  await transaction.query("delete from area where code = $1 or code like $2", [regencyCode, under]);
  await transaction.query(
    `delete from area
      where code = left($1, 2)
        and not exists (select 1 from area inside where inside.regency_code is not null and inside.province_code = left($1, 2))`,
    [regencyCode],
  );
}

/** Ends the sessions of people who were signed in because the demo was there. */
export async function endDemoSessions(transaction: Transaction): Promise<void> {
  await transaction.query("delete from session where kind = 'demo'", []);
}

/** West, south, east, north of everything that a code covers, or null where nothing does. */
export async function boxOfRegency(
  transaction: Transaction,
  regencyCode: string,
): Promise<readonly [number, number, number, number] | null> {
  const rows = await transaction.query<{ box: [number, number, number, number] | null }>(
    `select case when count(*) > 0 then array[min(ST_XMin(geometry)), min(ST_YMin(geometry)), max(ST_XMax(geometry)), max(ST_YMax(geometry))]::float8[] end as box
       from area
      where code = $1 or code like $2`,
    [regencyCode, `${regencyCode}.%`],
  );
  return rows[0]?.box ?? null;
}
