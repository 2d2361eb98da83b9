import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actAs } from "../../../api/database/actor.ts";
import { DatabaseRefused } from "../../../api/database/database.ts";
import { openDatabase } from "../../../api/database/open.ts";
import { clusterUrl, createCluster, type PrivateCluster, stopCluster } from "../../../scripts/privateCluster.ts";
import { someone } from "../../fixtures/rowsOfTwoAreas.ts";

/** An office whose database is looked after by others: an owner without rights over roles, and a login for the service that owns nothing. */
describe("a service that owns nothing", () => {
  let folder: string;
  let cluster: PrivateCluster;
  const urlOf = (login: string, database = "kantor"): string => {
    const url = new URL(clusterUrl(cluster, database));
    url.username = login;
    url.password = "uji";
    return url.href;
  };
  const asSuperuser = async (sql: string, database = "kantor"): Promise<pg.QueryResult> => {
    const client = new pg.Client({ connectionString: clusterUrl(cluster, database) });
    await client.connect();
    return client.query(sql).finally(() => client.end());
  };
  const open = (databaseUrl: string, ownerUrl: string | null) =>
    openDatabase({ databaseUrl, ownerUrl, dataDirectory: "", timeZone: "Asia/Jakarta" });
  const told = async (opening: Promise<unknown>): Promise<string> => {
    const error = await opening.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DatabaseRefused);
    return (error as Error).message.split("\n")[1] ?? "";
  };
  const sqlIn = (message: string): string => message.slice(message.indexOf(": ") + 2);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "waspada-service-role-"));
    await chmod(folder, 0o711);
    cluster = await createCluster(join(folder, "postgres"), { settings: ["fsync = off"] });
    await asSuperuser("create role pemilik login password 'uji'; create role layanan login password 'uji'", "waspada");
    await asSuperuser("create database kantor owner pemilik", "waspada");
    await asSuperuser("create extension postgis");
  });
  afterAll(async () => {
    await stopCluster(cluster);
    await rm(folder, { recursive: true, force: true });
  });

  test("the SQL that an owner without the right has to have run is told, and with it the service starts", async () => {
    const roles = await told(open(urlOf("layanan"), urlOf("pemilik")));
    expect(roles).toContain("create role waspada_area nologin noinherit;");
    await asSuperuser(sqlIn(roles).replace(" with admin option", ""));

    const admission = await told(open(urlOf("layanan"), urlOf("pemilik")));
    expect(sqlIn(admission)).toBe("grant waspada_service to layanan;");
    await asSuperuser(sqlIn(admission));

    const database = await open(urlOf("layanan"), urlOf("pemilik"));
    try {
      const owned = await database.query("select count(*)::int as n from pg_class where relowner = session_user::regrole");
      expect(owned).toEqual([{ n: 0 }]);
      await expect(database.query("select 1 from incident")).rejects.toMatchObject({ code: "42501" });
      expect(await actAs(someone("analyst", ["35.17"]), () => database.query("select 1 from incident"))).toEqual([]);
      // Statistics after much was written are the owner's to ask for, and are made all the same.
      await actAs("importer", () =>
        database.transaction(
          (transaction) => transaction.query("insert into indicator (id, name_id, name_en) values ('uji', 'uji', 'uji')"),
          { bulk: true },
        ),
      );
      const analyzed = await asSuperuser("select last_analyze is not null as done from pg_stat_user_tables where relname = 'indicator'");
      expect(analyzed.rows).toEqual([{ done: true }]);
    } finally {
      await database.close();
    }
  });

  test("the login itself reads nothing without taking an actor's role", async () => {
    const client = new pg.Client({ connectionString: urlOf("layanan") });
    await client.connect();
    try {
      await expect(client.query("select 1 from incident")).rejects.toMatchObject({ code: "42501" });
      await expect(client.query("select 1 from person")).rejects.toMatchObject({ code: "42501" });
    } finally {
      await client.end();
    }
  });

  test("an owner that may make roles makes and takes them itself, and obeys the rules while it serves", async () => {
    await asSuperuser("create role mandiri login createrole password 'uji'", "waspada");
    await asSuperuser("create database sendiri owner mandiri", "waspada");
    await asSuperuser("create extension postgis", "sendiri");
    const database = await open(urlOf("mandiri", "sendiri"), null);
    try {
      await expect(database.query("select 1 from incident")).rejects.toMatchObject({ code: "42501" });
      const [seen] = await actAs(someone("admin", ["35.17"]), () =>
        database.query<{ role: string; obeys: boolean }>("select current_user::text as role, row_security_active('incident') as obeys"),
      );
      expect(seen).toEqual({ role: "waspada_area", obeys: true });
    } finally {
      await database.close();
    }
  });
});
