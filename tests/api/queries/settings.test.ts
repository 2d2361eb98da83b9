import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bumpDataVersion, bumpPublicationVersion, setSetting, versions } from "../../../api/queries/settings.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";

describe.each(engines)("versions of the data on %s", (engine) => {
  let made: TestDatabase;
  beforeAll(async () => {
    made = await openTestDatabase(engine);
  }, 120_000);
  afterAll(() => made.remove());

  test("each change counts once, whatever connection it came by, also on top of what was counted in one row", async () => {
    const { database } = made;
    await setSetting(database, "data_version", 7);
    const before = await versions(database);
    expect(before.data).toBeGreaterThanOrEqual(7);
    await Promise.all(Array.from({ length: 30 }, () => database.transaction((transaction) => bumpDataVersion(transaction))));
    await database.transaction((transaction) => bumpPublicationVersion(transaction));
    expect(await versions(database)).toEqual({ ...before, data: before.data + 30, publications: before.publications + 1 });
  });

  test("what was given up is not counted", async () => {
    const { database } = made;
    const before = await versions(database);
    const givenUp = database.transaction(async (transaction) => {
      await bumpDataVersion(transaction);
      throw new Error("given up");
    });
    await expect(givenUp).rejects.toThrow("given up");
    expect(await versions(database)).toEqual(before);
  });
});
