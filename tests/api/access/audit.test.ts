import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noteInAudit } from "../../../api/access/audit.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";

describe.each(engines)("the audit trail on %s", (engine) => {
  let place: TestDatabase;
  beforeAll(async () => {
    place = await openTestDatabase(engine);
  }, 600_000);
  afterAll(() => place?.remove());
  const siti = { name: "siti", role: "verifier" };
  const count = async (): Promise<number> =>
    (await place.database.query<{ n: number }>("select count(*) as n from audit_entry"))[0]?.n ?? 0;

  test("a note stands and falls with the transaction of what it tells", async () => {
    await place.database.transaction((transaction) => noteInAudit(transaction, { who: siti, what: "report.create", object: "reports/1" }));
    const before = await count();
    await expect(
      place.database.transaction(async (transaction) => {
        await noteInAudit(transaction, { who: siti, what: "report.withdraw", object: "reports/1" });
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect([before, await count()]).toEqual([1, 1]);
  });

  test.each(["update audit_entry set who = 'budi'", "delete from audit_entry", "truncate audit_entry", "delete from audit_seal"])(
    "nobody may %s",
    async (statement) => {
      await expect(place.database.query(statement)).rejects.toMatchObject({ code: "42501" });
    },
  );

  test("an object is an id, never a sentence", async () => {
    await expect(
      place.database.transaction((transaction) =>
        noteInAudit(transaction, { who: siti, what: "item.read", object: "reports/Budi dari Jombang" }),
      ),
    ).rejects.toMatchObject({ code: "23514" });
  });
});
