import type { Queryable, Transaction } from "../database/database.ts";

/** One kind of what leaders keep of their visits: its table, what is told of it, and the column by which it is seen. */
interface Kept {
  readonly table: string;
  readonly columns: readonly string[];
  readonly areaColumn: string;
  /** Columns that only plans of visits write; a change by hand leaves them. */
  readonly planned: readonly string[];
  readonly hasHistory: boolean;
}

export const visitWork = {
  teams: {
    table: "visit_team",
    areaColumn: "area_code",
    hasHistory: true,
    planned: [],
    columns: [
      ...["area_code", "name", "base_code", "base_lon", "base_lat", "hours_per_day", "starts_at", "weekdays", "skills", "languages"],
      "members",
    ],
  },
  visits: {
    table: "visit",
    areaColumn: "village_code",
    hasHistory: true,
    planned: ["plan_id", "position", "exploration", "gain", "reason", "alternative"],
    columns: [
      ...[
        "village_code",
        "regency_code",
        "sequence",
        "team_id",
        "team",
        "day",
        "starts_at",
        "ends_at",
        "status",
        "locked",
        "purpose",
        "issue",
      ],
      ...["potential_id", "participants", "interests", "minutes", "assessment", "outcome", "next_review"],
    ],
  },
  agreements: {
    table: "agreement",
    areaColumn: "village_code",
    hasHistory: true,
    planned: [],
    columns: [
      ...["visit_id", "village_code", "regency_code", "title", "issue", "facts", "parties", "agreed_on", "review_on", "status"],
      ...["closing_note", "items"],
    ],
  },
  mediators: {
    table: "mediator",
    areaColumn: "area_code",
    hasHistory: false,
    planned: [],
    columns: [
      ...["area_code", "name", "role", "contact", "skills", "languages", "issues", "serves", "consent_on", "consent_until", "consent_how"],
      ...["available", "note"],
    ],
  },
} as const satisfies Record<string, Kept>;
export type VisitWorkKind = keyof typeof visitWork;

export interface KeptState {
  readonly version: number;
  readonly areaCode: string;
  readonly contentHash: string;
  readonly withdrawnAt: string | null;
}
export interface Entry {
  readonly at: Date;
  readonly person: string;
  readonly operation: "create" | "replace" | "assign" | "withdraw";
}

/** The version, hash and state of one of them, locked until the transaction ends; null where the id is free or not seen. */
export async function lockVisitWork(transaction: Transaction, kind: VisitWorkKind, id: string): Promise<KeptState | null> {
  const { table, areaColumn } = visitWork[kind];
  const rows = await transaction.query<KeptState>(
    `select version, ${areaColumn} as "areaCode", content_hash as "contentHash", withdrawn_at as "withdrawnAt"
       from ${table}
      where id = $1::uuid
        for update`,
    [id],
  );
  return rows[0] ?? null;
}

/** Keeps a new one, or the next version of one; when and by whom it was first recorded stays. `record` is told by the names of the columns. */
export async function keepVisitWork(
  transaction: Transaction,
  kind: VisitWorkKind,
  kept: { readonly id: string; readonly version: number; readonly contentHash: string; readonly record: Readonly<Record<string, unknown>> },
  entry: Entry,
): Promise<void> {
  const { table, columns, planned }: Kept = visitWork[kind];
  const told = entry.operation === "assign" ? [...columns, ...planned] : columns;
  await transaction.query(
    `insert into ${table} (id, version, recorded_at, recorded_by, content_hash, ${told.join(", ")})
     select $1::uuid, $2, $4, $5, $6, ${told.map((column) => `told.${column}`).join(", ")}
       from jsonb_populate_record(null::${table}, $3::jsonb) as told
     on conflict (id) do update set version = excluded.version, content_hash = excluded.content_hash, ${told.map((column) => `${column} = excluded.${column}`).join(", ")}`,
    [kept.id, kept.version, JSON.stringify(kept.record), entry.at, entry.person, kept.contentHash],
  );
  await noteVersion(transaction, kind, kept.id, entry);
}

/** Withdraws one: kept in its history, shown nowhere. Of a mediator nothing of the person is left. */
export async function withdrawVisitWork(transaction: Transaction, kind: VisitWorkKind, id: string, entry: Entry): Promise<void> {
  const { table } = visitWork[kind];
  const forgotten =
    kind === "mediators"
      ? ", name = null, role = null, contact = null, note = null, consent_how = null, skills = '{}', languages = '{}', issues = '{}', serves = '{}', content_hash = ''"
      : "";
  await transaction.query(`update ${table} set withdrawn_at = $2, version = version + 1${forgotten} where id = $1::uuid`, [id, entry.at]);
  await noteVersion(transaction, kind, id, entry);
}

async function noteVersion(transaction: Transaction, kind: VisitWorkKind, id: string, { at, person, operation }: Entry): Promise<void> {
  const { table, areaColumn, hasHistory } = visitWork[kind];
  if (!hasHistory) return;
  await transaction.query(
    `insert into visit_work_history (kind, item_id, version, area_code, operation, changed_at, changed_by, record)
     select $2, id, version, ${areaColumn}, $3, $4, $5, to_jsonb(${table})
       from ${table}
      where id = $1::uuid`,
    [id, kind, operation, at, person],
  );
}

export interface WorkVersion {
  readonly version: number;
  readonly operation: string;
  readonly changedAt: string;
  readonly changedBy: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Every version of one of them, the first one first. */
export async function visitWorkVersions(database: Queryable, kind: VisitWorkKind, id: string): Promise<WorkVersion[]> {
  return database.query(
    `select version, operation, changed_at as "changedAt", changed_by as "changedBy", record
       from visit_work_history
      where kind = $1 and item_id = $2::uuid
      order by version`,
    [kind, id],
  );
}
