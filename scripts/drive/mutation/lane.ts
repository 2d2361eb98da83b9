import { Worker } from "node:worker_threads";
import type { Answer, Order, ThreadData } from "./thread.ts";

/** One thread that runs test files, replaced when a mutant makes it run for ever or out of memory. */
export interface Lane {
  /** The answer, or null when it was ended: past its time, or out of memory. */
  run(order: Order, limitMs: number): Promise<Answer | null>;
  close(): Promise<void>;
}

const longestWait = 120_000;
const watchEveryMs = 50;
const loader = import.meta.resolve("tsx/esm/api");
const threadFile = new URL("./thread.ts", import.meta.url).href;

/** Opens a lane. The limit is in processor time of the whole process shared by `lanes`, so that a busy machine does not pass for an endless loop. */
export function openLane(data: ThreadData, lanes: number): Lane {
  let worker = start(data);
  return {
    async run(order, limitMs) {
      const answer = await new Promise<Answer | null>((resolve) => {
        const begun = { cpu: processorMs(), wall: performance.now() };
        const settle = (value: Answer | null): void => {
          clearInterval(watch);
          worker.off("message", answered).off("error", giveUp).off("exit", giveUp);
          resolve(value);
        };
        const giveUp = (): void => settle(null);
        const watch = setInterval(() => {
          const isPast = processorMs() - begun.cpu > limitMs * lanes || performance.now() - begun.wall > longestWait;
          if (isPast) giveUp();
        }, watchEveryMs);
        // In processor time too, so that nothing that is made of it depends on how busy the machine was.
        const answered = (told: Answer): void => settle({ ...told, milliseconds: processorMs() - begun.cpu });
        worker.on("message", answered).on("error", giveUp).on("exit", giveUp);
        worker.postMessage(order);
      });
      if (answer === null) {
        await worker.terminate();
        worker = start(data);
      }
      return answer;
    },
    close: async () => void (await worker.terminate()),
  };
}

function start(data: ThreadData): Worker {
  // A worker does not inherit the loader of TypeScript on Node 20.
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(threadFile)}); })`;
  return new Worker(code, { eval: true, workerData: data, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
