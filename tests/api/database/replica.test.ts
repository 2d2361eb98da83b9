import { describe, expect, it } from "vitest";
import { type Database, DatabaseAway, StatementError } from "../../../api/database/database.ts";
import { walPosition, withReplica } from "../../../api/database/replica.ts";

/** A server that only tells which one it is and how far its log goes. */
function server(name: string, state: { position: string | null; fails?: Error | null }): Database & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = async (sql: string): Promise<never[]> => {
    if (state.fails) throw state.fails;
    if (/lsn/.test(sql)) return [{ position: state.position }] as never[];
    asked.push(sql);
    return [{ from: name }] as never[];
  };
  return {
    kind: "postgres",
    asked,
    query: answer as Database["query"],
    transaction: async (work) => work({ query: answer } as never),
    notify: async () => undefined,
    listen: async () => async () => undefined,
    close: async () => undefined,
  };
}

const refused = (code: string): StatementError => new StatementError({ code, message: "refused" });

describe("a primary with a replica", () => {
  const make = (positions: { primary: string; replica: string | null; fails?: Error }) => {
    const behind = { position: positions.replica, fails: positions.fails ?? null };
    const [primary, replica] = [server("primary", { position: positions.primary }), server("replica", behind)];
    const database = withReplica(primary, replica);
    const read = (sql = "select"): Promise<unknown> => {
      if (!database.reading) throw new Error("no reading");
      return database.reading(async () => (await database.query(sql))[0]);
    };
    return { database, read, behind };
  };

  it.each([
    { why: "has all that was committed", primary: "0/10", replica: "0/10", from: "replica" },
    { why: "has more than was committed when it was asked", primary: "0/FF", replica: "1/0", from: "replica" },
    { why: "is one byte behind", primary: "0/11", replica: "0/10", from: "primary" },
    { why: "is no replica any more", primary: "0/10", replica: null, from: "primary" },
    { why: "is away", primary: "0/10", replica: "0/10", fails: new DatabaseAway("gone"), from: "primary" },
  ])("a read goes to the $from where the replica $why", async ({ from, why: _, ...positions }) => {
    expect(await make(positions).read()).toEqual({ from });
  });

  it("what is not inside a reading goes to the primary", async () => {
    const { database } = make({ primary: "0/1", replica: "0/1" });
    expect(await database.query("select")).toEqual([{ from: "primary" }]);
  });

  it("after a write the same work reads from the primary", async () => {
    const { database } = make({ primary: "0/1", replica: "0/1" });
    const seen = await database.reading?.(async () => {
      const before = await database.query("select");
      await database.transaction(async (transaction) => transaction.query("insert"));
      return [before, await database.query("select")];
    });
    expect(seen).toEqual([[{ from: "replica" }], [{ from: "primary" }]]);
  });

  it("work that goes on after the answer reads from the primary", async () => {
    const { database } = make({ primary: "0/1", replica: "0/1" });
    let later: Promise<unknown> = Promise.resolve();
    await database.reading?.(async () => {
      later = new Promise((resolve) => setTimeout(() => resolve(database.query("select")), 5));
    });
    expect(await later).toEqual([{ from: "primary" }]);
  });

  it.each(["25006", "40001", "57P01"])("a statement that the replica gives up with %s is asked of the primary", async (code) => {
    const { read, behind, database } = make({ primary: "0/1", replica: "0/1" });
    const seen = await database.reading?.(async () => {
      behind.fails = refused(code);
      return database.query("select");
    });
    expect(seen).toEqual([{ from: "primary" }]);
    behind.fails = null;
    expect(await read()).toEqual({ from: "replica" });
  });

  it("a fault of the statement itself is told, not asked twice", async () => {
    const { behind, database } = make({ primary: "0/1", replica: "0/1" });
    const work = database.reading?.(async () => {
      behind.fails = refused("22P02");
      return database.query("select");
    });
    await expect(work).rejects.toMatchObject({ code: "22P02" });
  });

  it("a replica that came back is read from again", async () => {
    const { read, behind } = make({ primary: "0/2", replica: "0/1" });
    expect(await read()).toEqual({ from: "primary" });
    behind.position = "0/2";
    await expect.poll(() => read()).toEqual({ from: "replica" });
  });

  it("places in the log compare as numbers, not as text", () => {
    expect(walPosition("2/FFFFFFFF") < walPosition("10/0")).toBe(true);
    expect(walPosition("16/B374D848")).toBe(0x16_b374_d848n);
  });
});
