import type { Queryable, Transaction } from "../database/database.ts";

export interface VisitPlan {
  readonly id: string;
  readonly version: number;
  readonly run: string;
  readonly title: string;
  readonly areaCode: string | null;
  readonly startsOn: string;
  readonly endsBefore: string;
  readonly assignedAt: string;
  readonly assignedBy: string;
  readonly contentHash: string;
  readonly withdrawnAt: string | null;
}

const columns = `id::text as id, version, run_id as run, title, area_code as "areaCode", starts_on as "startsOn", ends_before as "endsBefore", assigned_at as "assignedAt",
            assigned_by as "assignedBy", content_hash as "contentHash", withdrawn_at as "withdrawnAt"`;

/** One assigned plan; null where there is none that the asker may see. */
export async function findVisitPlan(database: Queryable, id: string): Promise<VisitPlan | null> {
  return (await database.query<VisitPlan>(`select ${columns}\n  from visit_plan\n where id = $1::uuid`, [id]))[0] ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockVisitPlan(transaction: Transaction, id: string): Promise<VisitPlan | null> {
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`visit_plan ${id}`]);
  return (await transaction.query<VisitPlan>(`select ${columns}\n  from visit_plan\n where id = $1::uuid\n   for update`, [id]))[0] ?? null;
}

/** The newest plans that the asker may see and how many there are. */
export async function listVisitPlans(database: Queryable, limit: number): Promise<{ plans: VisitPlan[]; numberMatched: number }> {
  const plans = await database.query<VisitPlan>(
    `select ${columns}
       from visit_plan
      where withdrawn_at is null
      order by starts_on desc, id
      limit $1`,
    [limit],
  );
  const count = await database.query<{ n: number }>("select count(*) as n from visit_plan where withdrawn_at is null");
  return { plans, numberMatched: Number(count[0]?.n ?? 0) };
}

/** Keeps a plan, or the run that it follows now. */
export async function keepVisitPlan(
  transaction: Transaction,
  plan: Omit<VisitPlan, "withdrawnAt" | "assignedAt">,
  at: Date,
): Promise<void> {
  await transaction.query(
    `insert into visit_plan (id, version, run_id, title, area_code, starts_on, ends_before, assigned_at, assigned_by, content_hash)
     values ($1::uuid, $2, $3, $4, $5, $6::date, $7::date, $8, $9, $10)
     on conflict (id) do update
        set version = excluded.version, run_id = excluded.run_id, title = excluded.title, area_code = excluded.area_code, starts_on = excluded.starts_on,
            ends_before = excluded.ends_before, assigned_at = excluded.assigned_at, assigned_by = excluded.assigned_by, content_hash = excluded.content_hash`,
    [
      ...[plan.id, plan.version, plan.run, plan.title, plan.areaCode, plan.startsOn, plan.endsBefore, at, plan.assignedBy],
      plan.contentHash,
    ],
  );
}

export async function withdrawVisitPlan(transaction: Transaction, id: string, at: Date): Promise<void> {
  await transaction.query("update visit_plan set withdrawn_at = $2, version = version + 1 where id = $1::uuid", [id, at]);
}

/** A visit of a plan by the names of its columns. */
export type PlannedVisit = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly version: number;
  readonly sequence: number;
  readonly village_code: string;
  readonly status: string;
  readonly locked: boolean;
};

/** All visits of a plan, in the order of teams, days and stops. */
export async function visitsOfPlan(database: Queryable, id: string, { withWithdrawn = false } = {}): Promise<PlannedVisit[]> {
  return database.query<PlannedVisit>(
    `select v.id::text as id, v.version, v.sequence, v.plan_id::text as plan_id, v.village_code, v.regency_code, village.name as village_name, v.team_id::text as team_id, v.team,
            v.day, v.position, v.starts_at, v.ends_at, v.status, v.locked, v.exploration, v.gain, v.reason, v.alternative, v.purpose, v.issue,
            v.potential_id::text as potential_id, v.participants, v.interests, v.minutes, v.assessment, v.outcome, v.next_review, v.withdrawn_at
       from visit v
       left join area village on village.code = v.village_code
      where v.plan_id = $1::uuid and ($2::boolean or v.withdrawn_at is null)
      order by v.team, v.day, v.position, v.id`,
    [id, withWithdrawn],
  );
}

/** Teams by their names, in lower case, that the asker may see. */
export async function teamsByName(database: Queryable, names: readonly string[]): Promise<Map<string, { id: string; name: string }>> {
  const rows = await database.query<{ id: string; name: string }>(
    `select id::text as id, name
       from visit_team
      where lower(name) = any ($1::text[]) and withdrawn_at is null
      order by recorded_at, id`,
    [names.map((name) => name.toLowerCase())],
  );
  return new Map(rows.map((row) => [row.name.toLowerCase(), row]));
}

/** Which of the codes are loaded villages. */
export async function loadedVillages(database: Queryable, codes: readonly string[]): Promise<Set<string>> {
  const rows = await database.query<{ code: string }>("select code from area where level = 'village' and code = any ($1::text[])", [codes]);
  return new Set(rows.map(({ code }) => code));
}
