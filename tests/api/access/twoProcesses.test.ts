import type { Request } from "express";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Identities } from "../../../api/access/identities.ts";
import { asKeeper } from "../../../api/access/keeper.ts";
import { hashOf } from "../../../api/access/people.ts";
import { SignInSlowDown } from "../../../api/access/slowDown.ts";
import { openDatabase } from "../../../api/database/open.ts";
import type { Problem } from "../../../api/problem.ts";
import { problem } from "../../../api/problem.ts";
import { openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { signIn } from "../../fixtures/signedIn.ts";

// Two connections to one database stand for two processes of the service: they share nothing else.
describe("two processes on one PostgreSQL", () => {
  let place: TestDatabase;
  let other: TestDatabase["database"];
  beforeAll(async () => {
    place = await openTestDatabase("postgres");
    other = await openDatabase(place.options);
  });
  afterAll(async () => {
    await other?.close();
    await place?.remove();
  });

  test("tries at the same moment in both count each other: five are made, the rest wait", async () => {
    const [here, there] = [new SignInSlowDown(place.database, true), new SignInSlowDown(other, true)];
    let made = 0;
    const guess = async () => {
      made += 1;
      throw problem("bad_credentials");
    };
    const tries = Array.from({ length: 30 }, (_, i) => (i % 2 ? here : there).try("Korban", `10.0.${i}.1`, guess));
    const codes = (await Promise.allSettled(tries)).map((one) => ((one as PromiseRejectedResult).reason as Problem).code);
    expect(made).toBe(5);
    expect(codes.filter((code) => code === "too_many_requests")).toHaveLength(25);
  });

  test("who waited and goes on failing waits twice as long each time, up to a quarter of an hour", async () => {
    const { countTry } = await import("../../../api/queries/signInFailures.ts");
    const rule = { failuresInARow: 5, firstSeconds: 60, mostSeconds: 900, forgottenAfterSeconds: 3600 };
    const waits: number[] = [];
    let now = new Date("2025-06-27T08:00:00Z");
    for (let i = 0; i < 36; i += 1) {
      const seconds = await asKeeper(() => other.transaction((transaction) => countTry(transaction, "sama", now, rule)));
      if (seconds > 0) waits.push(seconds);
      now = new Date(now.getTime() + seconds * 1000);
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
  });

  test("what one process changes about a person, the other knows within a second, though it had just read it", async () => {
    await signIn(place.database, [{ name: "Ratna", role: "analyst", areas: ["35.17"], isDemo: false }]);
    const [here, there] = [place.database, other].map((database) => new Identities(database, null, () => false)) as [
      Identities,
      Identities,
    ];
    await Promise.all([here.start(), there.start()]);
    const headers: Record<string, string> = { cookie: "waspada_session=sesi-Ratna" };
    const request = { header: (name: string) => headers[name], method: "GET", protocol: "http" } as unknown as Request;
    expect((await there.identify(request))?.role).toBe("analyst");
    let isEnded = false;
    const stop = there.watch(request, await there.identify(request), () => {
      isEnded = true;
    });
    await asKeeper(() =>
      place.database.transaction((transaction) => transaction.query("update person set role = 'viewer' where name = 'Ratna'")),
    );
    await here.changed();
    await expect.poll(async () => [(await there.identify(request))?.role, isEnded]).toEqual(["viewer", true]);
    await asKeeper(() =>
      place.database.transaction((transaction) => transaction.query("delete from session where token_hash = $1", [hashOf("sesi-Ratna")])),
    );
    // Even where no word of it arrives: what was read is believed for half a second.
    await expect.poll(() => there.identify(request)).toBe(null);
    stop();
    await Promise.all([here.stop(), there.stop()]);
  });

  test("an idle session and an old one have ended, whatever its cookie says", async () => {
    await signIn(
      place.database,
      ["Diam", "Tua"].map((name) => ({ name, role: "viewer" as const, areas: ["35.17"], isDemo: false })),
    );
    await asKeeper(() =>
      place.database.transaction(async (transaction) => {
        await transaction.query("update session set last_seen_at = now() - interval '61 minutes' where person_name = 'Diam'");
        await transaction.query("update session set expires_at = now() - interval '1 second' where person_name = 'Tua'");
      }),
    );
    const identities = new Identities(place.database, null, () => false);
    for (const name of ["Diam", "Tua"]) {
      const request = {
        header: (key: string) => (key === "cookie" ? `waspada_session=sesi-${name}` : undefined),
        method: "GET",
        protocol: "http",
      };
      expect(await identities.identify(request as unknown as Request)).toBe(null);
    }
  });

  test("of secrets only hashes are kept", async () => {
    const rows = await asKeeper(() => place.database.query<{ token_hash: string }>("select token_hash from session"));
    for (const { token_hash } of rows) expect(token_hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
