import type { VillageCandidate } from "../contract/villageCandidates.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { candidateSource, incidentSource } from "./knownThen.ts";
import type { EventFilter } from "./samples.ts";

/** Keeps where an incident may have been, in place of what was kept of it before; none makes its place certain. */
export async function keepCandidates(transaction: Transaction, id: string, candidates: readonly VillageCandidate[]): Promise<void> {
  await transaction.query("delete from incident_candidate where incident_id = $1::uuid", [id]);
  if (candidates.length === 0) return;
  await transaction.query(
    `insert into incident_candidate (incident_id, village_code, probability)
     select $1::uuid, village_code, probability
       from unnest($2::text[], $3::float8[]) as told(village_code, probability)`,
    [id, candidates.map((candidate) => candidate.villageCode), candidates.map((candidate) => candidate.probability)],
  );
}

/** Where an incident may have been, likeliest first; nothing where its place is certain. */
export async function candidatesOf(database: Queryable, id: string): Promise<VillageCandidate[]> {
  return database.query(
    `select village_code as "villageCode", probability
       from incident_candidate
      where incident_id = $1::uuid
      order by probability desc, village_code collate "C"`,
    [id],
  );
}

/** The first of the villages that is not loaded; null where all are. */
export async function unknownVillage(database: Queryable, codes: readonly string[]): Promise<string | null> {
  const rows = await database.query<{ code: string }>(
    `select given.code
       from unnest($1::text[]) with ordinality as given(code, place)
      where not exists (select 1 from area where area.code = given.code and level = 'village')
      order by place
      limit 1`,
    [codes],
  );
  return rows[0]?.code ?? null;
}

export interface UncertainIncident {
  readonly id: string;
  /** The likeliest village, under which it is filed. */
  readonly code: string;
  readonly candidate: string;
  readonly probability: number;
}

/**
 * Incidents of the filter that may have been in several villages, any of them or the likeliest in the list: one row a candidate, all candidates of an incident
 * together, in an order that does not change.
 */
export async function uncertainIncidents(database: Queryable, codes: readonly string[], filter: EventFilter): Promise<UncertainIncident[]> {
  const incidents = incidentSource(database, 6);
  const candidates = candidateSource(database, 6 + incidents.values.length);
  return database.query(
    `with uncertain as (
       select incident.id, incident.village_code, candidate.village_code as candidate, candidate.probability
         from ${incidents.from} incident
         join ${candidates.from} candidate on candidate.incident_id = incident.id
        where withdrawn_at is null and occurred_on >= $2::date and occurred_on < $3::date
          and issue = any ($4::text[]) and status = any ($5::text[]))
     select id::text as id, village_code as code, candidate, probability
       from uncertain
      where id in (select id from uncertain where village_code = any ($1::text[]) or candidate = any ($1::text[]))
      order by id, probability desc, candidate collate "C"`,
    [codes, filter.from, filter.to, filter.issues, filter.statuses, ...incidents.values, ...candidates.values],
  );
}
