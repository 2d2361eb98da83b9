import type { Queryable } from "../database/database.ts";

/** A visit that was made, as one compares it with others: no minutes and no names of persons. */
export interface PastCase {
  readonly id: string;
  readonly village: string;
  readonly villageName: string | null;
  readonly day: string;
  readonly issue: string | null;
  readonly outcome: string | null;
  readonly actors: readonly string[];
  readonly lon: number | null;
  readonly lat: number | null;
  readonly agreements: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: string;
    readonly items: number;
    readonly itemsDone: number;
  }[];
}

/** The last visits that were made before a day, the latest first, at most `limit`, with their agreements: of those that the asker may see. */
export async function pastCases(
  database: Queryable,
  { before, limit }: { readonly before: string; readonly limit: number },
): Promise<PastCase[]> {
  return database.query<PastCase>(
    `select v.id::text as id, v.village_code as village, area.name as "villageName", v.day::text as day,
            coalesce(v.issue, (select min(g.issue) from agreement g where g.visit_id = v.id and g.withdrawn_at is null)) as issue, v.outcome,
            (select coalesce(jsonb_agg(distinct told ->> 'type'), '[]'::jsonb)
               from jsonb_array_elements(v.participants) as told
              where told ->> 'type' is not null and told ->> 'side' in ('first', 'second')) as actors,
            ST_X(area.label_point) as lon, ST_Y(area.label_point) as lat,
            (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'title', g.title, 'status', g.status, 'items', jsonb_array_length(g.items),
                      'itemsDone', (select count(*) from jsonb_array_elements(g.items) as item where item ->> 'status' = 'done')) order by g.agreed_on, g.id), '[]'::jsonb)
               from agreement g
              where g.visit_id = v.id and g.withdrawn_at is null) as agreements
       from visit v
       left join area on area.code = v.village_code
      where v.status = 'done' and v.withdrawn_at is null and v.day < $1::date
      order by v.day desc, v.id
      limit $2`,
    [before, limit],
  );
}
