import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Actor, actAs } from "../../../api/database/actor.ts";
import { openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { someone } from "../../fixtures/rowsOfTwoAreas.ts";

// A rule by list of areas once made a national map 85 times slower: what compares boxes was not trusted before the rule had had its say on every row.
describe("plans of a map's question under the rules", () => {
  let made: TestDatabase;
  beforeAll(async () => {
    made = await openTestDatabase("postgres", { withRules: true });
    await actAs("archivist", () =>
      made.database.transaction(
        (transaction) =>
          transaction.query(
            `insert into incident (id, village_code, regency_code, vintage, occurred_from, occurred_precision, occurred_on, recorded_at, issue, form, field,
               severity, status, source_value, content_value, facts, location_precision, recorded_by, content_hash, geometry)
             select lpad(to_hex(n), 32, '0')::uuid, code, left(code, 5), '2025', now(), 'day', '2025-06-27', now(), '404', 'F6', 'sosial', 3, 'reported',
                    'B', 2, 'x', 1, 'siti', 'x', ST_SetSRID(ST_Point(95 + n % 400 * 0.1, -10 + n % 211 * 0.08), 4326)
               from (select n, format('%s.%s.01.2001', 11 + n % 400 / 40, lpad((n % 40 + 1)::text, 2, '0')) as code
                       from generate_series(1, 40000) as n) as made`,
          ),
        { bulk: true },
      ),
    );
  });
  afterAll(() => made?.remove());

  const planOf = async (actor: Actor): Promise<string> => {
    const lines = await actAs(actor, () =>
      made.database.query<{ "QUERY PLAN": string }>(
        `explain select id
           from incident i
          where withdrawn_at is null
            and ($5::text[] is null or exists (select from unnest($5::text[]) as allowed(code) where i.village_code like allowed.code || '%'))
            and i.geometry && ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4326)
            and ST_Intersects(i.geometry, ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4326))`,
        [99, -9, 99.5, -8.5, actor.areas],
      ),
    );
    return lines.map((line) => line["QUERY PLAN"]).join("\n");
  };

  test("a national person's box is read by the index of the shapes", async () => {
    const plan = await planOf(someone("analyst", null));
    expect(plan).toContain("incident_geometry");
    expect(plan).not.toMatch(/Seq Scan on incident/);
  });

  test.each([["35.17"], ["11.01"], ["11"]])("a box asked by a person of %s is read by an index", async (area) => {
    const plan = await planOf(someone("analyst", [area]));
    expect(plan).toMatch(/incident_geometry|incident_village_code_idx/);
    expect(plan).not.toMatch(/Seq Scan on incident/);
  });

  test("where boxes are not trusted, a person of a kabupaten is served by the index of its codes", async () => {
    const plain = await import("pg").then(({ default: pg }) => new pg.Client({ connectionString: made.options.databaseUrl ?? "" }));
    await plain.connect();
    await plain.query("alter function geometry_overlaps(geometry, geometry) not leakproof");
    const plan = await planOf(someone("analyst", ["11.01"]));
    await plain.query("alter function geometry_overlaps(geometry, geometry) leakproof");
    await plain.end();
    expect(plan).toContain("incident_village_code_idx");
  });
});
