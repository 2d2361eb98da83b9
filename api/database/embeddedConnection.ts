import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { DatabaseAway, StatementError } from "./database.ts";
import type { ThreadOptions, ThreadReply, ThreadRequest } from "./embeddedThread.ts";

/** The thread that runs the embedded engine, seen from outside. */
export interface EmbeddedConnection {
  /** Sends one request; requests are answered in order. Throws `StatementError`, or `DatabaseAway` once the engine has failed. */
  ask(request: ThreadRequest): Promise<Record<string, unknown>[]>;
  readonly hasFailed: boolean;
  /** Shuts the engine down with a checkpoint and waits until the thread is gone. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(rows: Record<string, unknown>[]): void;
  reject(error: Error): void;
}

/** Starts the engine in a thread of its own on a folder and resolves when it is ready (cold 9–14 s, an existing folder 2–3 s). */
export async function connectEmbedded(options: ThreadOptions): Promise<EmbeddedConnection> {
  const worker = new Worker(threadStart(new URL("./embeddedThread.ts", import.meta.url)), { eval: true, workerData: options });
  const waiting: Waiting[] = [];
  let failure: Error | null = null;

  const fail = (error: unknown): void => {
    failure ??= new DatabaseAway(error);
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  const wait = (): Promise<Record<string, unknown>[]> => new Promise((resolve, reject) => waiting.push({ resolve, reject }));

  worker.on("message", (reply: ThreadReply) => {
    if (reply.kind === "fatal") return fail(new Error(reply.message));
    const next = waiting.shift();
    if (reply.kind === "rows") next?.resolve(reply.rows);
    else next?.reject(new StatementError(reply.fault));
  });
  worker.on("error", fail);
  const ended = new Promise<void>((resolve) => {
    worker.on("exit", (status) => {
      fail(new Error(`the engine's thread ended with status ${status}`));
      resolve();
    });
  });

  const ask = async (request: ThreadRequest): Promise<Record<string, unknown>[]> => {
    if (failure !== null) throw failure;
    const answer = wait();
    worker.postMessage(request, request.kind === "copy" ? [request.bytes.buffer as ArrayBuffer] : []);
    return answer;
  };

  await wait();
  return {
    ask,
    get hasFailed() {
      return failure !== null;
    },
    async close() {
      if (failure === null) await ask({ kind: "close" }).catch(() => undefined);
      const grace = setTimeout(() => void worker.terminate(), 10_000);
      await ended;
      clearTimeout(grace);
    },
  };
}

// A worker does not inherit the loader of TypeScript from --import on Node 20, so its first line registers it.
function threadStart(file: URL): string {
  const loader = pathToFileURL(join(dirname(createRequire(import.meta.url).resolve("tsx/package.json")), "dist/esm/api/index.mjs")).href;
  return `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); })`;
}
