import { expect, test } from "vitest";
import { openDatabase } from "../../api/database/open.ts";
import { type Kind, kinds, roundFile } from "../../scripts/drive/imports/files.ts";
import { Trials } from "../../scripts/drive/imports/trial.ts";
import { engines, openTestDatabase } from "../fixtures/database.ts";
import { seededRandom } from "../fixtures/random.ts";

const killed = { postgres: kinds, embedded: ["boundaries", "incidents"] } as const satisfies Record<string, readonly Kind[]>;

// A slice of `npm run drive:imports`, which does a hundred.
test.each(engines)(
  "an import killed at a random moment on %s is whole or not there, and leaves nothing in staging",
  { timeout: 400_000 },
  async (engine) => {
    const made = await openTestDatabase(engine);
    await made.database.close();
    const trials = new Trials(made.environment, { villages: 50, incidents: 400 });
    const random = seededRandom(engine.length);
    await trials.begin();
    for (const kind of killed[engine])
      expect(await trials.kill(kind, random())).toMatchObject({ kind, job: expect.stringMatching(/successful|none/), faults: [] });
    await trials.end();
    const database = await openDatabase(made.options);
    const tables = (await database.query<{ name: string }>("select tablename as name from pg_tables where tablename like 'staged%'")).map(
      ({ name }) => name,
    );
    expect(tables.length).toBeGreaterThan(4);
    for (const table of tables) expect([table, (await database.query(`select 1 from ${table} limit 1`)).length]).toEqual([table, 0]);
    expect(await database.query("select id from job where status in ('accepted', 'running')")).toEqual([]);
    await database.close();
    await made.remove();
  },
);

test("the files of two rounds have the same villages and other content, and a round's file is always the same", () => {
  const size = { villages: 30, incidents: 60 };
  for (const kind of kinds) {
    const [one, again, other] = [roundFile(kind, 1, size), roundFile(kind, 1, size), roundFile(kind, 2, size)];
    expect(one).toEqual(again);
    expect(other.text).not.toBe(one.text);
    expect([one.rows, other.rows]).toEqual(kind === "incidents" ? [60, 60] : [30, 30]);
  }
});
