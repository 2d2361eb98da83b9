import type { Database, Queryable } from "../database/database.ts";
import { stagedProperties, uuidFrom } from "./stagedIncidents.ts";

// A village is as likely as it is near: half as likely every 500 m further.
const queueNearStatement = `
  insert into staged_queued_row (import_id, row, id, reason, details, place, record, candidates, area_codes, choice_group, content_hash)
  select s.import_id, s.row, ${uuidFrom("'near ' || s.id || s.content_hash")}, 'point_near',
         jsonb_build_object('field', 'geometry', 'value', jsonb_build_array(ST_X(s.geometry), ST_Y(s.geometry)), 'metres', round(near.metres)), null,
         ${stagedProperties("$3")} || jsonb_build_object('point', jsonb_build_array(ST_X(s.geometry), ST_Y(s.geometry))),
         near.candidates, near.codes, s.id, s.content_hash
    from staged_incident s
    cross join lateral (
         select jsonb_agg(jsonb_build_object('village_code', code, 'probability', weight / total) order by weight desc, code) as candidates,
                array_agg(code) as codes, min(metres) as metres
           from (select code, metres, weight, sum(weight) over () as total
                   from (select a.code, ST_Distance(a.geometry::geography, s.geometry::geography) as metres,
                                power(0.5, ST_Distance(a.geometry::geography, s.geometry::geography) / 500) as weight
                           from area a
                          where a.level = 'village' and a.geometry && ST_Expand(s.geometry, 0.1)
                          order by 2, 1
                          limit 5) nearest) weighed
          where weight / total >= 0.001) near
   where s.import_id = $1 and s.row = any ($2::int[])
  on conflict do nothing`;

/** A point that lies in no loaded village. */
export interface PointOutside {
  readonly row: number;
  readonly lon: number;
  readonly lat: number;
  /** How far the nearest loaded village lies that is near enough to be asked about; null where none is. */
  readonly metres: number | null;
  /** The kabupaten that holds the point and has no villages loaded; null where that is not known. */
  readonly regencyCode: string | null;
}

/**
 * Takes points that lie in no village out of staging. Those with a village nearer than `nearMetres`, such as on a beach or in a gap, are put aside for the
 * queue with the five nearest as candidates, the nearer the likelier. Leans on area_geometry.
 */
export async function unstagePointsOutside(
  database: Database,
  importId: string,
  nearMetres: number,
  timeZone: string,
): Promise<PointOutside[]> {
  return database.transaction(
    async (transaction) => {
      const rows = await transaction.query<PointOutside>(
        `select s.row, ST_X(s.geometry) as lon, ST_Y(s.geometry) as lat, near.metres,
                (select r.code
                   from area r
                  where r.level = 'regency' and r.geometry && s.geometry and ST_Covers(r.geometry, s.geometry)
                    and not exists (select 1 from area v where v.level = 'village' and v.regency_code = r.code)
                  limit 1) as "regencyCode"
           from staged_incident s
           left join lateral (
                select ST_Distance(a.geometry::geography, s.geometry::geography) as metres
                  from area a
                 where a.level = 'village' and a.geometry && ST_Expand(s.geometry, 0.1)
                 order by 1
                 limit 1) near on near.metres < $2
          where s.import_id = $1 and s.village_code is null
          order by s.row`,
        [importId, nearMetres],
      );
      const near = rows.filter(({ metres, regencyCode }) => metres !== null && regencyCode === null).map(({ row }) => row);
      if (near.length > 0) await transaction.query(queueNearStatement, [importId, near, timeZone]);
      await transaction.query("delete from staged_incident where import_id = $1 and village_code is null", [importId]);
      return rows;
    },
    { durable: false },
  );
}

/** Whether a loaded village lies nearer to a point than so many metres, at most about 11 km. Leans on area_geometry. */
export async function isNearVillage(database: Queryable, point: readonly [number, number], metres: number): Promise<boolean> {
  const rows = await database.query<{ isNear: boolean }>(
    `select exists (
              select 1
                from area a
               where a.level = 'village' and a.geometry && ST_Expand(ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326), 0.1)
                 and ST_Distance(a.geometry::geography, ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326)::geography) < $3) as "isNear"`,
    [point[0], point[1], metres],
  );
  return rows[0]?.isNear ?? false;
}

/** The kabupaten that holds a point and has no villages loaded; null where none is known. Leans on area_geometry. */
export async function regencyWithoutVillages(database: Queryable, point: readonly [number, number]): Promise<string | null> {
  const rows = await database.query<{ code: string }>(
    `select r.code
       from area r
      where r.level = 'regency' and ST_Covers(r.geometry, ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326))
        and not exists (select 1 from area v where v.level = 'village' and v.regency_code = r.code)
      limit 1`,
    [point[0], point[1]],
  );
  return rows[0]?.code ?? null;
}
