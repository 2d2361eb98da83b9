import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { openDatabase } from "../../../api/database/open.ts";
import { engines, openTestDatabase } from "../../fixtures/database.ts";
import { startProgram } from "../../fixtures/program.ts";
import { seededRandom } from "../../fixtures/random.ts";

const kills = { embedded: 5, postgres: 20 };

test.each(engines)(
  "a process killed at random moments on %s loses nothing acknowledged and leaves nothing half done or doubled",
  { timeout: 240_000 },
  async (engine) => {
    const made = await openTestDatabase(engine);
    await made.database.query("create table written (number int not null, part int not null)");
    await made.database.close();
    const random = seededRandom(engine.length);
    const acknowledged: number[] = [];
    // Each writer starts on what the one killed before it left, so every start is a recovery.
    for (let kill = 0; kill < kills[engine]; kill++) {
      const writer = startProgram("writer.ts", [JSON.stringify(made.options), String(kill * 1_000_000)]);
      await expect.poll(() => writer.lines.length, { timeout: 400_000, interval: 5 }).toBeGreaterThan(1);
      await wait(random() * 300);
      writer.process.kill("SIGKILL");
      await writer.ended;
      acknowledged.push(...writer.lines.slice(1).map(Number));
    }
    const database = await openDatabase(made.options);
    const written = await database.query<{ number: number; parts: number }>(
      "select number, count(*) as parts from written group by number",
    );
    await database.close();
    const partsOf = new Map(written.map(({ number, parts }) => [number, parts]));
    expect(acknowledged.filter((number) => partsOf.get(number) !== 2)).toEqual([]);
    expect(written.filter(({ parts }) => parts !== 2)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(kills[engine]);
    // Beyond what was acknowledged there may be what was under way at a kill: at most the four writers' one each.
    expect(written.length - acknowledged.length).toBeLessThanOrEqual(4 * kills[engine]);
    await made.remove();
  },
);

test("a first start killed half way is made again by the next", { timeout: 400_000 }, async () => {
  const dataDirectory = join(tmpdir(), `waspada-half-${process.pid}`);
  const options = { databaseUrl: null, ownerUrl: null, dataDirectory, timeZone: "Asia/Jakarta" };
  const random = seededRandom(3);
  for (let kill = 0; kill < 2; kill++) {
    const writer = startProgram("writer.ts", [JSON.stringify(options)]);
    await wait(300 + random() * 1500);
    writer.process.kill("SIGKILL");
    await writer.ended;
  }
  const database = await openDatabase(options);
  expect(await database.query("select count(*) > 0 as done from migration")).toEqual([{ done: true }]);
  await database.close();
  await rm(dataDirectory, { recursive: true });
});

test("after a power cut the embedded engine has all that was acknowledged, from fsynced writes alone", { timeout: 240_000 }, async () => {
  const made = await openTestDatabase("embedded");
  await made.database.query("create table written (number int not null, part int not null)");
  await made.database.close();
  const image = await mkdtemp(join(tmpdir(), "waspada-image-"));
  await cp(made.options.dataDirectory, image, { recursive: true });
  const writer = startProgram("writer.ts", [JSON.stringify(made.options)], {
    NODE_OPTIONS: `--require ${resolve(import.meta.dirname, "../../fixtures/powerCut.cjs")}`,
    POWER_CUT: `${made.options.dataDirectory}/engine:${image}/engine`,
  });
  await expect.poll(() => writer.lines.length, { timeout: 400_000, interval: 5 }).toBeGreaterThan(40);
  writer.process.kill("SIGKILL");
  await writer.ended;
  const database = await openDatabase({ ...made.options, dataDirectory: image });
  const written = await database.query<{ number: number; parts: number }>("select number, count(*) as parts from written group by number");
  await database.close();
  const partsOf = new Map(written.map(({ number, parts }) => [number, parts]));
  const acknowledged = writer.lines.slice(1).map(Number);
  expect(acknowledged.filter((number) => partsOf.get(number) !== 2)).toEqual([]);
  await rm(image, { recursive: true });
  await made.remove();
});
