import { Worker } from "node:worker_threads";
import type { CutJob, EncodedTile } from "./cut.ts";

/** A thread that cuts tiles, so that the service goes on answering. */
export interface Cutter {
  cut(job: CutJob): Promise<readonly EncodedTile[]>;
  close(): Promise<void>;
}

// Threads do not inherit the loader of TypeScript on Node 20, so the thread registers it before it loads its own file.
const thread = JSON.stringify(new URL("./cutThread.ts", import.meta.url).href);
const start = `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(async ({ register }) => { register(); await import(${thread}); });`;

/** A block of Java takes under 100 MB; without a limit the thread's garbage grows to several times that before it is collected. */
const mostThreadMb = 512;
/** What a tile is made of lives as long as the tile: a nursery that holds several is collected less often. */
const nurseryMb = 96;

/** Starts the thread; jobs are done one after the other. A failure in the thread rejects the job that met it. */
export function startCutter(): Cutter {
  const worker = new Worker(start, {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: mostThreadMb, maxYoungGenerationSizeMb: nurseryMb },
  });
  let pending: { resolve: (tiles: readonly EncodedTile[]) => void; reject: (error: Error) => void } | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let failed: Error | null = null;
  const fail = (error: Error): void => {
    failed = error;
    pending?.reject(error);
    pending = null;
  };
  worker.on("message", (answer: { tiles?: readonly EncodedTile[]; failure?: string }) => {
    if (answer.tiles) pending?.resolve(answer.tiles);
    else pending?.reject(new Error(`cutting tiles failed: ${answer.failure}`));
    pending = null;
    // An idle thread keeps nobody from ending.
    worker.unref();
  });
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`the tile thread ended (${code})`)));
  worker.unref();
  const once = (job: CutJob): Promise<readonly EncodedTile[]> =>
    new Promise((resolve, reject) => {
      if (failed) reject(failed);
      else {
        pending = { resolve, reject };
        worker.ref();
        worker.postMessage(job);
      }
    });
  return {
    cut(job) {
      const result = queue.then(() => once(job));
      queue = result.catch(() => undefined);
      return result;
    },
    async close() {
      await worker.terminate();
    },
  };
}
