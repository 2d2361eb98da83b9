import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { Trials } from "../../scripts/drive/crash/trial.ts";
import { seededRandom } from "../../scripts/drive/random.ts";
import { engines, openTestDatabase } from "../fixtures/database.ts";

// A slice of `npm run drive:crash`, which does hundreds.
const killed = { postgres: 2, embedded: 1 };

test.each(engines)(
  "killed at a random moment on %s while reports are filed, the service has each acknowledged one exactly once",
  { timeout: 400_000 },
  async (engine) => {
    const made = await openTestDatabase(engine);
    await made.database.close();
    const random = seededRandom(engine.length);
    const trials = new Trials(
      { DATA_DIR: `${made.options.dataDirectory || `/tmp/waspada-crash-${process.pid}`}`, ...made.environment },
      random,
    );
    await trials.begin();
    for (let kill = 0; kill < killed[engine]; kill++) expect(await trials.kill(random() * 300)).toMatchObject({ faults: [] });
    expect(await trials.sameAtOnce()).toMatchObject({ faults: [] });
    expect(await trials.end()).toEqual([]);
    expect(trials.ledger.acknowledged).toBeGreaterThan(killed[engine]);
    await made.remove();
    await rm(`/tmp/waspada-crash-${process.pid}`, { recursive: true, force: true });
  },
);
