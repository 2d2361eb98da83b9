import type { Queryable, Transaction } from "../database/database.ts";

/** Whether an area of that code is loaded. */
export async function isArea(database: Queryable, code: string): Promise<boolean> {
  return (await database.query("select 1 as found from area where code = $1", [code])).length > 0;
}

/** The name of a team that the asker may see; null where there is none. */
export async function teamName(database: Queryable, id: string): Promise<string | null> {
  const rows = await database.query<{ name: string }>("select name from visit_team where id = $1::uuid and withdrawn_at is null", [id]);
  return rows[0]?.name ?? null;
}

/** Whether another team of the area has the name. */
export async function isTeamNameTaken(transaction: Transaction, areaCode: string, name: string, id: string): Promise<boolean> {
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`visit_team ${areaCode}`]);
  const rows = await transaction.query(
    `select 1 as found
       from visit_team
      where area_code = $1 and lower(name) = lower($2) and id <> $3::uuid and withdrawn_at is null`,
    [areaCode, name, id],
  );
  return rows.length > 0;
}

/** How a mediator is reached, whatever their consent: for keeping it as it is. */
export async function mediatorContact(transaction: Transaction, id: string): Promise<string | null> {
  const rows = await transaction.query<{ contact: string | null }>("select contact from mediator where id = $1::uuid", [id]);
  return rows[0]?.contact ?? null;
}

/** Whether there is a standing dispute of that id that the asker may see. */
export async function isPotential(database: Queryable, id: string): Promise<boolean> {
  return (await database.query("select 1 as found from potential where id = $1::uuid and withdrawn_at is null", [id])).length > 0;
}

export interface VisitOfAgreement {
  readonly villageCode: string;
  readonly day: string;
  readonly issue: string | null;
}

/** Where, when and about what a visit was, locked against withdrawal; null where there is none that the asker may see. */
export async function visitOfAgreement(transaction: Transaction, id: string): Promise<VisitOfAgreement | null> {
  const rows = await transaction.query<VisitOfAgreement>(
    `select village_code as "villageCode", day, issue
       from visit
      where id = $1::uuid and withdrawn_at is null
        for share`,
    [id],
  );
  return rows[0] ?? null;
}

/** Where and when a visit is, by which calendars know that it moved; null where the id is free. */
export async function visitAppointment(
  transaction: Transaction,
  id: string,
): Promise<({ sequence: number } & Record<string, unknown>) | null> {
  const rows = await transaction.query<{ sequence: number } & Record<string, unknown>>(
    "select sequence, village_code, team_id, team, day, starts_at, ends_at, status, purpose from visit where id = $1::uuid",
    [id],
  );
  return rows[0] ?? null;
}
