import cluster, { type Worker } from "node:cluster";
import type { Logger } from "pino";
import { isCountMessage } from "./requestCounts.ts";

/** What tells a process which of several it is; absent in a service that is alone. */
const memberVariable = "WASPADA_MEMBER";

/** Which of the processes behind one port this one is: the first redoes standing assessments for all. A service that is alone is its own first. */
interface Member {
  readonly isFirst: boolean;
  /** True: takes connections only when it is ready, since others answer meanwhile. */
  readonly isLate: boolean;
}

export function readMember(environment: Readonly<Record<string, string | undefined>>): Member {
  const [place, when] = (environment[memberVariable] ?? "first early").split(" ");
  return { isFirst: place === "first", isLate: when === "late" };
}

/** Says to whoever supervises that this process answers now; nothing happens where nobody does. */
export function tellReady(url: string): void {
  if (cluster.isWorker) process.send?.({ ready: url });
}

/** Whether this process is one of several behind a port. */
export const isSupervised = (): boolean => cluster.isWorker;

const shortLifeMilliseconds = 5_000;

/**
 * Keeps several processes of the service behind one port: each takes connections as it can, one that ends is replaced, and what it had under way is all
 * that is cut off. The first begins alone, so that the database is migrated and the demo loaded once.
 * @returns the address when all answer, and how to stop them.
 * @throws the status with which the first ended before it ever answered.
 */
export async function superviseProcesses(count: number, log: Logger): Promise<{ url: string; close: () => Promise<void> }> {
  // Members take connections themselves. Handed out in turn, one that was on its way to a member in the moment it was killed hung until its client gave up.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const members = new Map<Worker, boolean>();
  let isStopping = false;

  const begin = (isFirst: boolean, isLate: boolean): Promise<string> => {
    const worker = cluster.fork({ [memberVariable]: `${isFirst ? "first" : "further"} ${isLate ? "late" : "early"}` });
    const begunAt = Date.now();
    members.set(worker, isFirst);
    return new Promise((ready, fail) => {
      let isReady = false;
      worker.on("message", (message: { ready?: string }) => {
        // What one counted, the others hear.
        if (isCountMessage(message)) for (const other of members.keys()) if (other !== worker && other.isConnected()) other.send(message);
        if (message.ready === undefined) return;
        isReady = true;
        ready(message.ready);
      });
      worker.once("exit", (status, signal) => {
        members.delete(worker);
        if (isStopping) return;
        if (!isReady && !isLate) {
          fail(new ProcessEnded(status));
          return;
        }
        log.error({ process: worker.process.pid, status, signal }, "a process of the service ended and is replaced");
        const isShort = Date.now() - begunAt < shortLifeMilliseconds;
        setTimeout(() => isStopping || void begin(isFirst, true).then(ready), isShort ? 1000 : 0);
      });
    });
  };

  const url = await begin(true, false);
  await Promise.all(Array.from({ length: count - 1 }, () => begin(false, true)));
  return {
    url,
    async close() {
      isStopping = true;
      const ends = [...members.keys()].map(
        (worker) =>
          new Promise<void>((ended) => {
            worker.once("exit", () => ended());
            worker.process.kill("SIGTERM");
          }),
      );
      await Promise.all(ends);
    },
  };
}

/** A process ended before it answered once; it has said why itself. */
export class ProcessEnded extends Error {
  readonly status: number;
  constructor(status: number | null) {
    super(`the service ended with status ${status}`);
    this.status = status ?? 1;
  }
}
