import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseFormerJobs, workerName } from "../../api/jobs/formerLife.ts";
import { claimJob, createJob } from "../../api/queries/jobs.ts";
import { engines, openTestDatabase, type TestDatabase } from "../fixtures/database.ts";

describe.each(engines)("jobs of a former life on %s", (engine) => {
  let made: TestDatabase;
  const now = new Date("2025-07-01T03:00:00Z");
  beforeAll(async () => {
    made = await openTestDatabase(engine);
  });
  afterAll(() => made?.remove());

  /** A job of which a worker has the lease; its id. */
  async function heldBy(worker: string): Promise<string> {
    await made.database.query("delete from job");
    const id = randomUUID();
    await createJob(made.database, { id, kind: "import", subject: "incidents", request: {}, person: "penguji" }, now);
    await claimJob(made.database, "import", worker, now, 30);
    return id;
  }

  // 2^22 is the most that a process number can be on Linux.
  test.each([
    ["a process of this machine that is gone", `${hostname()}/4194305/abc-import`, false, true],
    ["the process that had this one's number before", `${hostname()}/${process.pid}/abc-import`, false, true],
    ["a process of this machine that lives", `${hostname()}/${process.ppid}/abc-import`, false, false],
    ["another machine", "elsewhere/4194305/abc-import", false, false],
    ["anybody, where nobody else can use the database", "elsewhere/1/abc-import", true, true],
    ["a worker named as in an older version", "4194305-abc-import", false, false],
  ])("of %s are free at once, or wait for their lease", async (_, worker, isAlone, isFree) => {
    const id = await heldBy(worker);
    expect(await releaseFormerJobs(made.database, isAlone, now)).toEqual(isFree ? [] : [id]);
    expect((await claimJob(made.database, "import", workerName(), now, 30))?.id ?? null).toBe(isFree ? id : null);
  });

  test("whose lease has run out do not keep their staging", async () => {
    await heldBy("elsewhere/1/abc-import");
    expect(await releaseFormerJobs(made.database, false, new Date(now.getTime() + 31_000))).toEqual([]);
  });
});
