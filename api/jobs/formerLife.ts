import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Database } from "../database/database.ts";
import { endLeases, runningJobs } from "../queries/jobs.ts";

/** The name under which this process works on jobs: it tells the machine and the process, so that a later one sees whether it still lives. */
export function workerName(): string {
  return `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
}

function isGone(worker: string, isAlone: boolean): boolean {
  if (isAlone) return true;
  const [, host, processNumber] = /^(.+)\/(\d+)\/[^/]*$/.exec(worker) ?? [];
  if (host !== hostname()) return false;
  // This process has not begun to work: whoever had its number before is gone.
  if (Number(processNumber) === process.pid) return true;
  try {
    process.kill(Number(processNumber), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/**
 * Sets free the jobs on which a dead process of this machine worked, so that nobody waits for their lease to run out. Call it before working on jobs.
 * @param isAlone whether no other process can use the database: then whoever worked before is gone.
 * @returns ids of the imports that others are still working on.
 */
export async function releaseFormerJobs(database: Database, isAlone: boolean, now: Date): Promise<string[]> {
  const running = await runningJobs(database);
  const gone = running.filter((job) => isGone(job.worker, isAlone));
  if (gone.length > 0) await endLeases(database, [...new Set(gone.map((job) => job.worker))], now);
  return running.filter((job) => job.kind === "import" && !gone.includes(job) && new Date(job.leaseUntil) >= now).map((job) => job.id);
}
