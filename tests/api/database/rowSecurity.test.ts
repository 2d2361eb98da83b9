import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Actor, actAs, type SystemActor } from "../../../api/database/actor.ts";
import type { Database } from "../../../api/database/database.ts";
import { engines, openTestDatabase, rolledBack, type TestDatabase } from "../../fixtures/database.ts";
import { fillTwoAreas, insertIncident, jombang, kediri, someone } from "../../fixtures/rowsOfTwoAreas.ts";

/** Tables of ours that neither have rules by row, nor are open to all, nor are what an import prepares. */
const tablesWithoutRule = `select c.relname as name
   from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    and not (c.relrowsecurity and c.relforcerowsecurity)
    and not has_table_privilege('waspada_nobody', c.oid, 'select')
    and not has_table_privilege('waspada_importer', c.oid, 'insert')
  order by 1`;
const secret = [
  "incident",
  "incident_history",
  "report",
  "report_incident",
  "attachment",
  "potential",
  "roster_line",
  "roster_reporter",
  "queued_row",
  "run",
];

describe.each(engines)("rules of the rows, on %s", (engine) => {
  let made: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    made = await openTestDatabase(engine, { withRules: true });
    database = made.database;
    await fillTwoAreas(database);
  });
  afterAll(() => made?.remove());

  const count = async (actor: Actor | SystemActor, table: string): Promise<number> =>
    actAs(actor, async () => (await database.query<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n ?? -1);
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "",
      (error: { code?: string }) => error.code ?? String(error),
    );

  test("every table has a rule, and one without is noticed", async () => {
    const without = await actAs("keeper", () => database.query(tablesWithoutRule));
    expect(without).toEqual([]);
    const bare = await openTestDatabase("postgres");
    await bare.database.query("create table forgotten (number int)");
    expect(await bare.database.query(tablesWithoutRule)).toEqual([{ name: "forgotten" }]);
    await bare.remove();
  });

  test("what is open to all is places and lists, and only the system writes shapes", async () => {
    const open = await actAs("keeper", () =>
      database.query<{ name: string }>(
        `select c.relname as name from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege('waspada_nobody', c.oid, 'select')
            and not c.relrowsecurity and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
          order by 1`,
      ),
    );
    expect(open.map(({ name }) => name)).toEqual([
      "area",
      "area_link",
      "area_unknown",
      "column_mapping",
      "indicator",
      "migration",
      "neighbour",
      "power",
      "standing_due",
      "tile",
      "vintage",
      "vintage_area",
    ]);
    expect(await refusal(actAs(someone("admin", null), () => database.query("delete from area")))).toBe("42501");
  });

  test.each(["analyst", "leader", "verifier", "admin"] as const)(
    "the %s of a kabupaten reads its rows and none of another",
    async (role) => {
      for (const table of secret) expect([table, await count(someone(role, [jombang.regency]), table)]).toEqual([table, 1]);
      expect(await count(someone(role, ["35.17.09"]), "incident")).toBe(1);
      expect(await count(someone(role, ["35.1"]), "incident")).toBe(0);
      expect(await count(someone(role, ["35.17.08", "36"]), "incident")).toBe(0);
      expect(await count(someone(role, ["35.06", "35.17.09.2001", "31"]), "incident")).toBe(2);
      expect(await count(someone(role, ["35", "35.17"]), "incident")).toBe(2);
    },
  );

  test("whoever is bound to no area reads all, whoever has none reads nothing", async () => {
    for (const table of secret) {
      expect([table, await count(someone("analyst", null), table)]).toEqual([table, 2]);
      expect([table, await count(someone("analyst", []), table)]).toEqual([table, 0]);
      expect([table, await count(someone("viewer", null), table)]).toEqual([table, 0]);
    }
  });

  test("reporters and partners read what they filed, in their areas", async () => {
    for (const role of ["reporter", "partner"] as const) {
      expect(await count(someone(role, [jombang.regency], "siti"), "report")).toBe(1);
      expect(await count(someone(role, [jombang.regency], "siti"), "incident_history")).toBe(1);
      expect(await count(someone(role, null, "siti"), "report")).toBe(1);
      expect(await count(someone(role, [kediri.regency], "siti"), "report")).toBe(0);
      expect(await count(someone(role, [jombang.regency], "budi"), "report")).toBe(0);
      expect(await count(someone(role, [jombang.regency], ""), "report")).toBe(0);
      expect(await count(someone(role, [jombang.regency], "siti"), "potential")).toBe(0);
    }
  });

  test("a job is seen by who asked for it, and by admins of everything", async () => {
    expect(await count(someone("analyst", null, "siti"), "job")).toBe(1);
    expect(await count(someone("admin", [jombang.regency], "budi"), "job")).toBe(0);
    expect(await count(someone("admin", null, "budi"), "job")).toBe(2);
    expect(await count("keeper", "job")).toBe(2);
  });

  test("without an actor nothing is seen and nothing is stored", async () => {
    for (const table of [...secret, "person", "session", "staged_incident", "audit_entry"])
      expect([table, await refusal(database.query(`select 1 from ${table}`))]).toEqual([table, "42501"]);
    expect(await refusal(database.query(insertIncident, [crypto.randomUUID(), jombang.village, "x"]))).toBe("42501");
    expect(await database.query("select 1 as found from area limit 1")).toEqual([]);
  });

  const outside: readonly (readonly [string, Actor])[] = [
    ["an admin of Jombang", someone("admin", [jombang.regency])],
    ["a reporter of Jombang", someone("reporter", [jombang.regency], "siti")],
    ["a viewer", someone("viewer", null)],
    ["an admin of nowhere", someone("admin", [])],
  ];
  test.each(outside)("%s changes nothing of Kediri", async (_who, actor) => {
    for (const table of ["incident", "report", "potential", "roster_line"]) {
      const changed = await actAs(actor, () =>
        database.query(`update ${table} set content_hash = 'y' where id = $1::uuid returning 1`, [kediri.incident]),
      ).catch(() => []);
      expect([table, changed]).toEqual([table, []]);
      const gone = await actAs(actor, () =>
        database.query(`delete from ${table} where id = $1::uuid returning 1`, [kediri.incident]),
      ).catch(() => []);
      expect([table, gone]).toEqual([table, []]);
    }
    expect(await refusal(actAs(actor, () => database.query(insertIncident, [crypto.randomUUID(), kediri.village, actor.name])))).toBe(
      "42501",
    );
    expect(await count("archivist", "incident")).toBe(2);
  });

  test("nobody moves a row out of the own areas, or files in another's name", async () => {
    const move = (actor: Actor) =>
      actAs(actor, () => database.query("update incident set village_code = $2 where id = $1::uuid", [jombang.incident, kediri.village]));
    expect(await refusal(move(someone("analyst", [jombang.regency])))).toBe("42501");
    expect(
      await refusal(
        actAs(someone("reporter", null, "siti"), () => database.query(insertIncident, [crypto.randomUUID(), jombang.village, "agus"])),
      ),
    ).toBe("42501");
  });

  test("an import stores nothing outside the areas of who sent it, and sees that an id is taken there", async () => {
    const importer = someone("importer", [jombang.regency]);
    expect(await count(importer, "incident")).toBe(2);
    expect(await refusal(actAs(importer, () => database.query(insertIncident, [crypto.randomUUID(), kediri.village, "budi"])))).toBe(
      "42501",
    );
  });

  test("the assessor and the aggregator read figures everywhere and no word that somebody wrote", async () => {
    for (const actor of ["assessor", "aggregator"] as const) {
      const figures = await actAs(actor, () => database.query("select village_code, severity from incident order by 1"));
      expect(figures).toEqual([kediri, jombang].map(({ village }) => ({ village_code: village, severity: 3 })));
      for (const sql of [
        "select facts from incident",
        "select title from incident",
        "select facts from report",
        "select facts from potential",
        "select 1 from roster_reporter",
        "select 1 from attachment",
      ])
        expect([sql, await refusal(actAs(actor, () => database.query(sql)))]).toEqual([sql, "42501"]);
      expect(await refusal(actAs(actor, () => database.query("update incident set severity = 1")))).toBe("42501");
    }
  });

  test("no actor passes the rules by being a superuser or an owner", async () => {
    const actors = [
      someone("admin", null),
      someone("analyst", ["35"]),
      someone("reporter", null),
      someone("viewer", null),
      "assessor",
      "aggregator",
      "importer",
      "archivist",
    ] as const;
    for (const actor of actors) {
      const [seen] = await actAs(actor, () =>
        database.query<{ role: string; obeys: boolean }>(
          `select current_user::text as role, row_security_active('incident') and not rolsuper and not rolbypassrls and
                  not exists (select from pg_class where relowner = pg_roles.oid) as obeys
             from pg_roles where rolname = current_user`,
        ),
      );
      expect(seen).toMatchObject({ obeys: true });
    }
  });

  test("people who ask at the same moment each see their own", async () => {
    const asked = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? jombang : i % 3 === 1 ? kediri : null));
    const seen = await Promise.all(
      asked.map((place) =>
        actAs(someone("analyst", place ? [place.regency] : []), () => database.query("select village_code from incident")),
      ),
    );
    expect(seen).toEqual(asked.map((place) => (place ? [{ village_code: place.village }] : [])));
  });

  test("inside a transaction another actor may act, and after its end or its failure nobody keeps that actor's rights", async () => {
    const analyst = someone("analyst", [jombang.regency]);
    const peek = (transaction: { query(sql: string): Promise<unknown[]> }) => transaction.query("select 1 from incident");
    await actAs(analyst, () =>
      database.transaction(async (transaction) => {
        const seen = await Promise.all([peek(transaction), actAs("archivist", () => peek(transaction)), peek(transaction)]);
        expect(seen.map((rows) => rows.length)).toEqual([1, 2, 1]);
        await actAs("archivist", () => peek(transaction));
      }),
    );
    expect(await count(analyst, "incident")).toBe(1);
    await actAs(analyst, () => rolledBack(database, (transaction) => actAs("archivist", () => peek(transaction))));
    expect(await count(analyst, "incident")).toBe(1);
    await actAs("archivist", () => rolledBack(database, (transaction) => actAs(analyst, () => peek(transaction))));
    expect(await count("archivist", "incident")).toBe(2);
    const broken = actAs("archivist", () =>
      database.transaction(async (transaction) => {
        await actAs(analyst, () => transaction.query("select 1 / 0")).catch(() => undefined);
        await transaction.query("select 1");
      }),
    );
    await expect(broken).rejects.toMatchObject({ code: "25P02" });
    expect(await count(analyst, "incident")).toBe(1);
    expect(await refusal(database.query("select 1 from incident"))).toBe("42501");
  });

  test("a name with quotes and backslashes stays a name", async () => {
    const name = `o'\\'; reset role; --`;
    const [row] = await actAs(someone("reporter", [jombang.regency], name), () =>
      database.query("select current_setting('waspada.person') as name, current_user::text as role"),
    );
    expect(row).toEqual({ name, role: "waspada_reporter" });
  });
});
