import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noteInAudit } from "../../../api/access/audit.ts";
import { sealWaiting, startSealing } from "../../../api/access/sealer.ts";
import { verifyTrail } from "../../../api/access/verifyTrail.ts";
import { actAs } from "../../../api/database/actor.ts";
import type { Database } from "../../../api/database/database.ts";
import { openDatabase } from "../../../api/database/open.ts";
import { auditHead } from "../../../api/queries/audit.ts";
import { engines, openTestDatabase, rolledBack, type TestDatabase } from "../../fixtures/database.ts";

const siti = { name: "siti", role: "verifier" };
const note = (database: Database, id: number) =>
  database.transaction((transaction) =>
    noteInAudit(transaction, { who: siti, what: "report.create", object: `reports/${id}`, objects: ["incidents/7"], detail: id }),
  );

describe.each(engines)("the chain of the audit trail on %s", (engine) => {
  let place: TestDatabase;
  let owner: Database;
  beforeAll(async () => {
    place = await openTestDatabase(engine);
    await place.database.close();
    owner = await openDatabase({ ...place.options, withoutRules: true });
    for (let id = 1; id <= 12; id++) await note(owner, id);
    await sealWaiting(owner);
  }, 600_000);
  afterAll(async () => {
    await owner?.close();
    await place?.remove();
  });

  /** What verifying says while a change by the owner of the tables stands; the change is then undone. */
  const foundAfter = (statements: readonly string[], kept: { sequence: number; hash: string } | null = null) =>
    rolledBack(owner, async (transaction) => {
      for (const table of ["audit_entry", "audit_seal"]) await transaction.query(`alter table ${table} disable trigger all`);
      for (const statement of statements) await transaction.query(statement);
      return (await verifyTrail(transaction, kept)).broken;
    });
  const entryAt = async (sequence: number): Promise<number> =>
    (await owner.query<{ id: number }>("select entry_id as id from audit_seal where sequence = $1", [sequence]))[0]?.id ?? 0;

  test("an untouched chain is whole", async () => {
    const { lines, broken, unsealed, head } = await verifyTrail(owner, await auditHead(owner));
    expect({ lines, broken, unsealed, sequence: head?.sequence }).toEqual({
      lines: 12,
      broken: null,
      unsealed: { count: 0, oldest: null },
      sequence: 12,
    });
  });

  test.each([
    ["noted_at", "noted_at + interval '1 millisecond'"],
    ["who", "'budi'"],
    ["role", "'admin'"],
    ["what", "'report.withdraw'"],
    ["object", "'reports/99'"],
    ["objects", "array['incidents/8']"],
    ["detail_hash", "repeat('a', 64)"],
    ["detail_hash", "null"],
  ])("a change of %s is told by the entry it was made in", async (column, value) => {
    const id = await entryAt(5);
    expect(await foundAfter([`update audit_entry set ${column} = ${value} where id = ${id}`])).toEqual({
      fault: "changed",
      sequence: 5,
      entryId: id,
    });
  });

  test.each([
    ["a changed hash", "update audit_seal set hash = repeat('b', 64) where sequence = 4", "changed", 4],
    ["another moment of sealing", "update audit_seal set sealed_at = sealed_at + interval '1 ms' where sequence = 4", "changed", 4],
    ["an entry removed", "delete from audit_entry where id = (select entry_id from audit_seal where sequence = 6)", "removed", 6],
    ["a line removed", "delete from audit_seal where sequence = 6", "missing_line", 6],
    [
      "an entry inserted and all after it renumbered",
      `update audit_seal set sequence = -sequence - 1 where sequence > 8;
       update audit_seal set sequence = -sequence where sequence < 0;
       insert into audit_entry (who, role, what, object) values ('budi', 'admin', 'item.read', 'reports/1');
       insert into audit_seal (sequence, entry_id, sealed_at, hash) select 9, max(id), now(), repeat('c', 64) from audit_entry`,
      "changed",
      9,
    ],
  ])("%s is told by the line where it begins", async (_what, statements, fault, sequence) => {
    const steps = statements.split(";").filter((step) => step.trim() !== "");
    const unchecked = "alter table audit_seal drop constraint audit_seal_sequence_check";
    expect(await foundAfter([unchecked, ...steps])).toMatchObject({ fault, sequence });
  });

  test("swapping two entries is told by the first of them", async () => {
    const [seven, eight] = [await entryAt(7), await entryAt(8)];
    const swap = [
      `update audit_seal set entry_id = 0 where sequence = 7`,
      `update audit_seal set entry_id = ${seven} where sequence = 8`,
      `update audit_seal set entry_id = ${eight} where sequence = 7`,
    ];
    expect(await foundAfter(swap)).toMatchObject({ fault: "changed", sequence: 7, entryId: eight });
  });

  test("a cut tail is seen against a head that was kept outside, and not without one", async () => {
    const head = await auditHead(owner);
    const cut = [
      "delete from audit_entry where id in (select entry_id from audit_seal where sequence > 9)",
      "delete from audit_seal where sequence > 9",
    ];
    expect(await foundAfter(cut)).toBeNull();
    expect(await foundAfter(cut, head)).toMatchObject({ fault: "cut", sequence: 12 });
    const other = { sequence: 12, hash: "d".repeat(64) };
    expect(await foundAfter([], other)).toMatchObject({ fault: "rewritten", sequence: 12 });
  });

  test("what was committed and not yet sealed when the service died is told, and sealed by the next life even if its place in line is gone", async () => {
    const before = (await auditHead(owner))?.sequence ?? 0;
    await note(owner, 100);
    await note(owner, 101);
    expect((await verifyTrail(owner, null)).unsealed.count).toBe(2);
    await owner.query("delete from audit_unsealed");
    const sealing = startSealing(owner, () => undefined);
    await expect.poll(async () => (await auditHead(owner))?.sequence).toBe(before + 2);
    await sealing.stop();
    expect(await verifyTrail(owner, null)).toMatchObject({ broken: null, unsealed: { count: 0 } });
  });

  test("many writers and several sealers at once make one chain without a fork", async () => {
    const before = (await auditHead(owner))?.sequence ?? 0;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let id = 0; id < 20; id++) {
        await actAs({ name: `penulis-${writer}`, role: "reporter", areas: [] }, () => note(owner, writer * 1000 + id));
      }
    });
    const sealers = Array.from({ length: 3 }, async () => {
      for (let pass = 0; pass < 15; pass++) await sealWaiting(owner);
    });
    await Promise.all([...writers, ...sealers]);
    await sealWaiting(owner);
    const { head, broken, unsealed } = await verifyTrail(owner, null);
    expect([head?.sequence, broken, unsealed.count]).toEqual([before + 120, null, 0]);
  });
});
