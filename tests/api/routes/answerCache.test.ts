import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../../api/endpoint.ts";
import { bumpDataVersion, bumpPublicationVersion } from "../../../api/queries/settings.ts";
import { AnswerCache } from "../../../api/routes/answerCache.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";

describe.each(engines)("kept answers on %s", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(async () => opened.remove());

  const person: Person = { name: "uji", role: "viewer", areas: ["35.17"], isDemo: false };
  const asker = () => {
    const cache = new AnswerCache(opened.database);
    let made = 0;
    const ask = async (madeFrom: "data" | "publications", who = person): Promise<unknown> =>
      (await cache.get(who, ["/api/values", {}, madeFrom], madeFrom, async () => ({ body: { made: ++made } }))).body;
    return ask;
  };
  const bump = (mark: typeof bumpDataVersion): Promise<void> => opened.database.transaction((transaction) => mark(transaction));

  it("the same question is answered once, and ready to send", async () => {
    const ask = asker();
    expect([await ask("data"), await ask("data")]).toEqual(['{"made":1}', '{"made":1}']);
  });

  it("who may see other areas is answered apart", async () => {
    const ask = asker();
    await ask("data");
    expect(await ask("data", { ...person, areas: ["35.18"] })).toBe('{"made":2}');
  });

  it("changed data are told at once, whatever the answer is made from", async () => {
    const ask = asker();
    await ask("data");
    await ask("publications");
    await bump(bumpDataVersion);
    expect([await ask("data"), await ask("publications")]).toEqual(['{"made":3}', '{"made":4}']);
  });

  it("a publication is told at once by what shows it, and leaves answers made from data alone as they are", async () => {
    const ask = asker();
    await ask("data");
    await ask("publications");
    await bump(bumpPublicationVersion);
    expect([await ask("data"), await ask("publications")]).toEqual(['{"made":1}', '{"made":3}']);
  });
});
