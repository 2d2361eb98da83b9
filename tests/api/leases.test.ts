import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimJob, createJob, findJob, finishJob, handBackJob, reportProgress } from "../../api/queries/jobs.ts";
import { engines, openTestDatabase, type TestDatabase } from "../fixtures/database.ts";

const start = Date.parse("2025-07-01T03:00:00Z");
const at = (seconds: number): Date => new Date(start + seconds * 1000);
const done = { status: "successful", result: "{}", problem: null, message: "" } as const;

describe.each(engines)("leases of jobs on %s", (engine) => {
  let made: TestDatabase;
  beforeAll(async () => {
    made = await openTestDatabase(engine);
  });
  afterAll(() => made?.remove());
  beforeEach(() => made.database.query("delete from job"));

  async function newJob(seconds = 0): Promise<string> {
    const id = randomUUID();
    await createJob(made.database, { id, kind: "process", subject: "rates", request: {}, person: "penguji" }, at(seconds));
    return id;
  }
  const claim = (worker: string, seconds: number) => claimJob(made.database, "process", worker, at(seconds), 30);

  test("many workers at once get each job once", async () => {
    const jobs = await Promise.all([newJob(1), newJob(2), newJob(3)]);
    const claimed = await Promise.all(Array.from({ length: 8 }, (_, worker) => claim(`w${worker}`, 10)));
    expect(claimed.flatMap((job) => job?.id ?? []).sort()).toEqual(jobs.sort());
  });

  test("whoever lost the lease can neither go on nor finish, and the next finishes once", async () => {
    await newJob();
    const first = (await claim("a", 0))!;
    expect(await claim("b", 29)).toBeNull();
    const second = (await claim("a", 31))!;
    expect(second.id).toBe(first.id);
    expect(await reportProgress(made.database, first, 50, "", at(90))).toBe(false);
    expect(await finishJob(made.database, first, done, at(40))).toBe(false);
    expect(await reportProgress(made.database, second, 60, "", at(90))).toBe(true);
    expect(await finishJob(made.database, second, done, at(41))).toBe(true);
    expect(await finishJob(made.database, second, done, at(42))).toBe(false);
  });

  test("a lease that is renewed is not taken over", async () => {
    await newJob();
    const job = (await claim("a", 0))!;
    await reportProgress(made.database, job, 10, "", at(60));
    expect(await claim("b", 59)).toBeNull();
    expect((await claim("b", 61))?.id).toBe(job.id);
  });

  test("a job that is handed back is taken up at once, and that turn does not count", async () => {
    await newJob();
    for (let time = 0; time < 7; time++) await handBackJob(made.database, (await claim("a", time))!);
    const job = (await claim("b", 8))!;
    expect(job.attempt).toBe(1);
    expect(await finishJob(made.database, job, done, at(9))).toBe(true);
  });

  test("a job that ended five workers is given up and says so", async () => {
    const id = await newJob();
    for (let time = 0; time < 5; time++) expect((await claim("a", time * 40))?.id).toBe(id);
    expect(await claim("a", 200)).toBeNull();
    expect(await findJob(made.database, id)).toMatchObject({
      status: "failed",
      problem: { code: "job_given_up", details: { attempts: 5 } },
    });
  });

  test("a job that was dismissed cannot be finished in the transaction that stores, which is taken back", async () => {
    const id = await newJob();
    const job = (await claim("a", 0))!;
    await made.database.query("update job set status = 'dismissed' where id = $1::uuid", [id]);
    expect(await finishJob(made.database, job, done, at(1))).toBe(false);
  });
});
