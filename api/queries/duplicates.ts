import type { Database, Queryable } from "../database/database.ts";

/** Where and when pairs are looked for. Days are half-open. */
export interface PairSearch {
  readonly from: string;
  readonly to: string;
  /** Area codes each covering all inside; null is everywhere. */
  readonly areas: readonly string[] | null;
  /** The person's own areas; both of a pair lie inside. */
  readonly scope: readonly string[] | null;
  /** Only pairs with this incident. */
  readonly incident: string | null;
  readonly mostDaysApart: number;
  readonly mostMetres: number;
  readonly limit: number;
}

export interface CandidatePair {
  readonly first: string;
  readonly second: string;
  readonly metres: number;
  readonly daysApart: number;
}

const inside = (place: number): string =>
  `($${place}::text[] is null or exists (select 1 from unnest($${place}::text[]) as allowed(code) where i.village_code = allowed.code or i.village_code like allowed.code || '.%'))`;

/**
 * Pairs of incidents that are close enough in space and time to be asked about, the newest first. Blocked by cells of 0.1° and of `mostDaysApart` days: each
 * incident meets only those of its own and the neighbouring cells, so the cost grows with the pairs that are close, not with all pairs. Leans on incident_regency
 * and incident_time by way of the period. Merged, rejected and withdrawn incidents and pairs that a person found to be different are left out.
 */
export async function candidatePairs(database: Database, search: PairSearch): Promise<CandidatePair[]> {
  return database.transaction(async (transaction) => {
    // The cells are to be met by hash: without statistics, just after a load, the planner may try every pair.
    await transaction.query("set local enable_nestloop = off");
    return pairsInCells(transaction, search);
  });
}

async function pairsInCells(database: Queryable, search: PairSearch): Promise<CandidatePair[]> {
  return database.query(
    `with placed as materialized (
       select i.id, i.occurred_on, coalesce(i.geometry, village.label_point) as place,
              i.occurred_on >= $1::date and i.occurred_on < $2::date and ${inside(3)} and ($5::uuid is null or i.id = $5::uuid) as is_asked,
              floor((i.occurred_on - date '2000-01-01') / $6::float8)::int as days
         from incident i
         join area village on village.code = i.village_code
        where i.withdrawn_at is null and i.status in ('draft', 'reported', 'verified')
          and i.occurred_on >= $1::date - $6::int and i.occurred_on < $2::date + $6::int and ${inside(4)}),
     celled as (
       select placed.*, floor(ST_X(place) * 10)::int as x, floor(ST_Y(place) * 10)::int as y
         from placed)
     select least(a.id, b.id)::text as first, greatest(a.id, b.id)::text as second, ST_DistanceSphere(a.place, b.place) as metres, abs(a.occurred_on - b.occurred_on) as "daysApart"
       from celled a
      cross join generate_series(-1, 1) as east
      cross join generate_series(-1, 1) as north
      cross join generate_series(-1, 1) as later
       join celled b on b.x = a.x + east and b.y = a.y + north and b.days = a.days + later
      where a.is_asked and a.id <> b.id and (not b.is_asked or a.id < b.id)
        and abs(a.occurred_on - b.occurred_on) <= $6::int
        and ST_DistanceSphere(a.place, b.place) <= $7::float8
        and not exists (
              select 1
                from incident_not_duplicate different
               where different.first_id = least(a.id, b.id) and different.second_id = greatest(a.id, b.id))
      order by greatest(a.occurred_on, b.occurred_on) desc, 1, 2
      limit $8`,
    [search.from, search.to, search.areas, search.scope, search.incident, search.mostDaysApart, search.mostMetres, search.limit],
  );
}

export interface ComparedRow {
  readonly id: string;
  readonly villageCode: string;
  readonly day: number;
  readonly issue: string;
  readonly form: string;
  readonly text: string;
  readonly killed: number | null;
  readonly injured: number | null;
  readonly displaced: number | null;
}

/** What incidents are compared by; of their text the first 2,000 characters. */
export async function comparedIncidents(database: Queryable, ids: readonly string[]): Promise<ComparedRow[]> {
  return database.query(
    `select id::text as id, village_code as "villageCode", occurred_on - date '2000-01-01' as day, issue, form, left(concat_ws(' ', title, facts), 2000) as text,
            killed, injured, displaced
       from incident
      where id = any ($1::uuid[])`,
    [ids],
  );
}
