import pg from "pg";

/** What PostGIS says of the villages that a service has stored, by its own operators and as slowly as it takes. */
export interface PostgisCounts {
  readonly overlaps: number;
  readonly overlapSquareMetres: number;
  readonly gaps: number;
  readonly gapSquareMetres: number;
  /** Pairs that are rook neighbours by the definition for one side only, and for both. */
  readonly rookOnlyOurs: number;
  readonly rookOnlyPostgis: number;
  readonly rookBoth: number;
}

const overlapsSql = `
select count(*)::int as overlaps, sum(m2) as "overlapSquareMetres"
  from (select ST_Area(ST_Intersection(a.geometry, b.geometry)::geography) as m2
          from area a join area b on a.geometry && b.geometry and a.code < b.code
         where a.level = 'village' and b.level = 'village' and ST_Intersects(a.geometry, b.geometry)) pair
 where m2 >= $1`;

const gapsSql = `
select count(*)::int as gaps, sum(m2) as "gapSquareMetres"
  from (select ST_Area(ST_MakePolygon(ST_ExteriorRing(ring.geom))::geography) as m2
          from (select ST_Union(geometry) as geometry from area where level = 'village') whole,
               lateral ST_Dump(whole.geometry) polygon,
               lateral ST_DumpRings(polygon.geom) ring
         where ring.path[1] > 0) hole
 where m2 >= $1`;

// Each pair in metres around its own middle, so that lengths are true: at most 10 m apart, and 100 m of border within 30 m of each other.
const rookSql = `
with pair as (
  select a.code as one, b.code as other, a.geometry as ga, b.geometry as gb, ST_Centroid(ST_Envelope(a.geometry)) as middle
    from area a join area b on b.geometry && ST_Expand(a.geometry, 0.0002) and a.code < b.code
   where a.level = 'village' and b.level = 'village'),
scaled as (
  select one, other, ga, gb, ST_X(middle) as x, ST_Y(middle) as y,
         100 * ST_Distance(ST_Translate(middle, -0.005, 0)::geography, ST_Translate(middle, 0.005, 0)::geography) as east,
         100 * ST_Distance(ST_Translate(middle, 0, -0.005)::geography, ST_Translate(middle, 0, 0.005)::geography) as north
    from pair),
drawn as (
  select one, other, ST_Scale(ST_Translate(ST_SetSRID(ga, 0), -x, -y), east, north) as a, ST_Scale(ST_Translate(ST_SetSRID(gb, 0), -x, -y), east, north) as b
    from scaled),
near as materialized (
  select one, other, ST_ClipByBox2D(ST_Boundary(a), ST_Expand(b::box2d, 40)) as a, ST_ClipByBox2D(ST_Boundary(b), ST_Expand(a::box2d, 40)) as b
    from drawn
   where ST_DWithin(a, b, 10)),
theirs as (
  select one, other,
         (ST_Length(ST_Intersection(a, ST_Buffer(b, 30, 16))) + ST_Length(ST_Intersection(b, ST_Buffer(a, 30, 16)))) / 2 >= 100 as is_rook
    from near),
ours as (select from_code as one, to_code as other, is_rook from neighbour where from_code < to_code)
select count(*) filter (where ours.is_rook and not coalesce(theirs.is_rook, false))::int as "rookOnlyOurs",
       count(*) filter (where theirs.is_rook and not coalesce(ours.is_rook, false))::int as "rookOnlyPostgis",
       count(*) filter (where ours.is_rook and theirs.is_rook)::int as "rookBoth"
  from ours full join theirs using (one, other)`;

/** Asks PostGIS; some minutes for East Java. */
export async function askPostgis(
  databaseUrl: string,
  least: { readonly overlapSquareMetres: number; readonly gapSquareMetres: number },
  say: (what: string) => void,
): Promise<PostgisCounts> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const timed = async (what: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>> => {
    const start = performance.now();
    const { rows } = await client.query(sql, values);
    say(`PostGIS, ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return rows[0];
  };
  try {
    return {
      ...(await timed("overlaps", overlapsSql, [least.overlapSquareMetres])),
      ...(await timed("gaps", gapsSql, [least.gapSquareMetres])),
      ...(await timed("rook neighbours", rookSql)),
    } as unknown as PostgisCounts;
  } finally {
    await client.end();
  }
}
