import type { CheckedIncident } from "../contract/incident.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { toldColumns, toldValues } from "./incidentColumns.ts";
import { type Level, levelSql } from "./verification.ts";

/** A checked incident whose place is known, ready to be kept. */
export interface PlacedIncident extends CheckedIncident {
  readonly id: string;
  readonly villageCode: string;
  readonly vintage: string;
  readonly contentHash: string;
}

export interface StoredIncident {
  readonly status: string;
  readonly id: string;
  readonly version: number;
  readonly contentHash: string;
  readonly withdrawnAt: string | null;
  readonly villageCode: string;
  readonly recordedBy: string;
  readonly level: Level | null;
  readonly mergedInto: string | null;
}

/** The version, hash and state of an incident, locked until the transaction ends; null where the id is free. */
export async function lockIncident(transaction: Transaction, id: string): Promise<StoredIncident | null> {
  const rows = await transaction.query<StoredIncident>(
    `select id::text as id, version, content_hash as "contentHash", withdrawn_at as "withdrawnAt", village_code as "villageCode", status,
            recorded_by as "recordedBy", ${levelSql("incident")} as level, merged_into::text as "mergedInto"
       from incident
      where id = $1::uuid
        for update`,
    [id],
  );
  return rows[0] ?? null;
}

const columns: readonly string[] = [
  "id",
  "version",
  "village_code",
  "regency_code",
  "vintage",
  ...toldColumns,
  "recorded_at",
  "recorded_by",
  "content_hash",
];

function valuesOf(incident: PlacedIncident, version: number, recordedAt: Date, person: string): unknown[] {
  const { id, villageCode, vintage, contentHash } = incident;
  return [id, version, villageCode, villageCode.slice(0, 5), vintage, ...toldValues(incident), recordedAt, person, contentHash];
}

const pointSql = (first: number): string =>
  `case when $${first}::float8 is null then null else ST_SetSRID(ST_MakePoint($${first}::float8, $${first + 1}::float8), 4326) end`;

/** Keeps a new incident with version 1. */
export async function insertIncident(transaction: Transaction, incident: PlacedIncident, recordedAt: Date, person: string): Promise<void> {
  const places = columns.map((_, index) => `$${index + 1}`).join(", ");
  await transaction.query(
    `insert into incident (${columns.join(", ")}, geometry)
     values (${places}, ${pointSql(columns.length + 1)})`,
    [...valuesOf(incident, 1, recordedAt, person), incident.point?.[0] ?? null, incident.point?.[1] ?? null],
  );
}

/** Replaces all that was told of an incident; when and by whom it was first recorded stays. */
export async function replaceIncident(transaction: Transaction, incident: PlacedIncident, version: number): Promise<void> {
  const changing = columns.filter((column) => !["id", "recorded_at", "recorded_by"].includes(column));
  const all = valuesOf(incident, version, new Date(0), "");
  const values = changing.map((column) => all[columns.indexOf(column)]);
  await transaction.query(
    `update incident
        set ${changing.map((column, index) => `${column} = $${index + 2}`).join(", ")}, geometry = ${pointSql(changing.length + 2)}
      where id = $1::uuid`,
    [incident.id, ...values, incident.point?.[0] ?? null, incident.point?.[1] ?? null],
  );
}

export async function withdrawIncident(transaction: Transaction, id: string, version: number, withdrawnAt: Date): Promise<void> {
  await transaction.query("update incident set withdrawn_at = $3, version = $2 where id = $1::uuid", [id, version, withdrawnAt]);
}

export type IncidentOperation = "create" | "replace" | "withdraw" | "verify" | "merge" | "unmerge" | "attach" | "detach";

/** Adds one line to the history of an incident; nothing is ever taken from it. */
export async function recordChange(
  transaction: Transaction,
  change: { id: string; version: number; operation: IncidentOperation; at: Date; person: string; feature: unknown },
): Promise<void> {
  await transaction.query(
    `insert into incident_history (incident_id, version, operation, changed_at, changed_by, feature)
     values ($1::uuid, $2, $3, $4, $5, $6::jsonb)`,
    [change.id, change.version, change.operation, change.at, change.person, JSON.stringify(change.feature)],
  );
}

export interface FoundVillage {
  readonly code: string;
  readonly vintage: string;
  /** Metres from the village to the point that was asked with; 0 inside; null without a point. */
  readonly metres: number | null;
}

/** The village of a code, with how far a point lies from it; null where it is not loaded. */
export async function findVillage(
  database: Queryable,
  code: string,
  point: readonly [number, number] | null,
): Promise<FoundVillage | null> {
  const rows = await database.query<FoundVillage>(
    `select code, vintage,
            case when $2::float8 is null then null else ST_Distance(geometry::geography, ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4326)::geography) end as metres
       from area
      where code = $1 and level = 'village'`,
    [code, point?.[0] ?? null, point?.[1] ?? null],
  );
  return rows[0] ?? null;
}

/** The village that holds a point; of overlapping ones the smallest, then the first by code. */
export async function villageAt(database: Queryable, point: readonly [number, number]): Promise<FoundVillage | null> {
  const rows = await database.query<FoundVillage>(
    `select code, vintage, 0 as metres
       from area
      where level = 'village' and geometry && ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326)
        and ST_Covers(geometry, ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326))
      order by area_km2, code
      limit 1`,
    [point[0], point[1]],
  );
  return rows[0] ?? null;
}
