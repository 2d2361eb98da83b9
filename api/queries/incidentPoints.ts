import type { Queryable } from "../database/database.ts";
import { incidentSource } from "./knownThen.ts";
import type { EventFilter } from "./samples.ts";

/** Where and when one incident was, as far as it is known. */
export interface IncidentPoint {
  readonly id: string;
  readonly villageCode: string;
  readonly day: string;
  readonly lon: number;
  readonly lat: number;
  /** The village's label point stands for a place that is known no better. */
  readonly isLabelPoint: boolean;
  /** Not even the village is certain, only the kecamatan. */
  readonly isDistrictOnly: boolean;
}

/**
 * Points of the incidents of the villages in the list whose first day lies in the half-open period, by id: an incident's own point where it is known to the hamlet
 * (location_precision 1 or 2), else its village's label point, since a point that means "somewhere in the village" says no more than that.
 * Own points have six decimals of a degree, a decimetre, as the history keeps them, so that a replay reads the same ones.
 */
export async function incidentPoints(database: Queryable, codes: readonly string[], filter: EventFilter): Promise<IncidentPoint[]> {
  const incidents = incidentSource(database, 6);
  return database.query(
    `select found.id::text as id, village_code as "villageCode", occurred_on as day, ST_X(point) as lon, ST_Y(point) as lat,
            is_label_point as "isLabelPoint", location_precision = 4 as "isDistrictOnly"
       from (select id, village_code, occurred_on, location_precision,
                    location_precision > 2 or incident.geometry is null as is_label_point,
                    case when location_precision <= 2 and incident.geometry is not null then ST_SetSRID(ST_GeomFromGeoJSON(ST_AsGeoJSON(incident.geometry, 6)), 4326) else label_point end as point
               from ${incidents.from} as incident
               join area on area.code = village_code
              where withdrawn_at is null and occurred_on >= $2::date and occurred_on < $3::date
                and issue = any ($4::text[]) and status = any ($5::text[]) and village_code = any ($1::text[])) found
      order by found.id`,
    [codes, filter.from, filter.to, filter.issues, filter.statuses, ...incidents.values],
  );
}
