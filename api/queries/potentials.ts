import type { CheckedPotential } from "../contract/potential.ts";
import type { Queryable, Transaction } from "../database/database.ts";

/** A checked dispute whose place is known, ready to be kept. */
export interface PlacedPotential extends CheckedPotential {
  readonly id: string;
  readonly villageCode: string;
  readonly contentHash: string;
}

export interface StoredPotential {
  readonly id: string;
  readonly version: number;
  readonly villageCode: string;
  readonly status: "open" | "closed";
  readonly contentHash: string;
  readonly withdrawnAt: string | null;
}

/** The version, hash and state of a dispute, locked until the transaction ends; null where the id is free. */
export async function lockPotential(transaction: Transaction, id: string): Promise<StoredPotential | null> {
  const rows = await transaction.query<StoredPotential>(
    `select id::text as id, version, village_code as "villageCode", status, content_hash as "contentHash", withdrawn_at as "withdrawnAt"
       from potential
      where id = $1::uuid
        for update`,
    [id],
  );
  return rows[0] ?? null;
}

/** The columns of a dispute as its table has them, for JSON. */
export function potentialRecord(p: CheckedPotential & { readonly villageCode: string }): Record<string, unknown> {
  return {
    village_code: p.villageCode,
    village_codes: p.villageCodes,
    regency_code: p.villageCode.slice(0, 5),
    title: p.title,
    issue: p.issue,
    stage: p.stage,
    status: p.status,
    owner: p.owner,
    opened_on: p.openedOn,
    review_due: p.reviewDue,
    closed_on: p.closedOn,
    closing_note: p.closingNote,
    actors: p.actors,
    facts: p.facts,
    opinion: p.opinion,
    lon: p.point?.[0] ?? null,
    lat: p.point?.[1] ?? null,
  };
}

/** What stands in a `from` for the records of disputes in `source`: their columns by name, with the point made of lon and lat. */
export const toldPotential = (source: string): string => `jsonb_to_record(${source}) as told(
       village_code text, village_codes text[], regency_code text, title text, issue text, stage text, status text, owner text, opened_on date, review_due date,
       closed_on date, closing_note text, actors jsonb, facts text, opinion text, lon float8, lat float8)`;

export const toldColumns = `village_code, village_codes, regency_code, title, issue, stage, status, owner, opened_on, review_due, closed_on, closing_note, actors, facts, opinion`;

export const toldGeometry = "case when told.lon is null then null else ST_SetSRID(ST_MakePoint(told.lon, told.lat), 4326) end";

/** SQL that takes all that is told over in an update. */
export const toldReplaced = [...toldColumns.split(", "), "geometry", "content_hash"]
  .map((column) => `${column} = excluded.${column}`)
  .join(", ");

export type PotentialOperation = "create" | "replace" | "close" | "reopen" | "withdraw";

/** Keeps a new dispute, or the next version of one; when and by whom it was first recorded stays. */
export async function keepPotential(
  transaction: Transaction,
  potential: PlacedPotential,
  version: number,
  entry: { readonly at: Date; readonly person: string; readonly operation: PotentialOperation },
): Promise<void> {
  await transaction.query(
    `insert into potential (id, version, ${toldColumns}, geometry, recorded_at, recorded_by, content_hash)
     select $1::uuid, $2, told.${toldColumns.replaceAll(", ", ", told.")}, ${toldGeometry}, $4, $5, $6
       from ${toldPotential("$3::jsonb")}
     on conflict (id) do update set version = excluded.version, ${toldReplaced}`,
    [potential.id, version, JSON.stringify(potentialRecord(potential)), entry.at, entry.person, potential.contentHash],
  );
  await recordPotentialChange(transaction, potential.id, entry);
}

/** Withdraws a dispute: kept in its history, shown nowhere. */
export async function withdrawPotential(transaction: Transaction, id: string, entry: { at: Date; person: string }): Promise<void> {
  await transaction.query("update potential set withdrawn_at = $2, version = version + 1 where id = $1::uuid", [id, entry.at]);
  await recordPotentialChange(transaction, id, { ...entry, operation: "withdraw" });
}

/** What of a dispute its history keeps, as SQL. */
export const potentialHistoryOf = (table: string): string =>
  `to_jsonb(${table}) || jsonb_build_object('geometry', ${table}.geometry::text)`;

async function recordPotentialChange(
  transaction: Transaction,
  id: string,
  { at, person, operation }: { at: Date; person: string; operation: PotentialOperation },
): Promise<void> {
  await transaction.query(
    `insert into potential_history (potential_id, version, operation, changed_at, changed_by, record)
     select id, version, $2, $3, $4, ${potentialHistoryOf("potential")}
       from potential
      where id = $1::uuid`,
    [id, operation, at, person],
  );
}

export interface PotentialVersion {
  readonly version: number;
  readonly operation: string;
  readonly changedAt: string;
  readonly changedBy: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Every version of a dispute, the first one first. */
export async function potentialVersions(database: Queryable, id: string): Promise<PotentialVersion[]> {
  return database.query(
    `select version, operation, changed_at as "changedAt", changed_by as "changedBy", record
       from potential_history
      where potential_id = $1::uuid
      order by version`,
    [id],
  );
}
