import { parentPort, workerData } from "node:worker_threads";
import { PGlite, parse, protocol } from "@electric-sql/pglite";
import { postgis } from "@electric-sql/pglite-postgis";
import type { StatementFault } from "./database.ts";
import { DurableFiles } from "./durableFiles.ts";
import { endOnForeignFailure } from "./engineGuard.ts";
import type { RoleSwitch } from "./roleSwitch.ts";
import { allParsers } from "./values.ts";

/** What the thread is asked; every request is answered once, in order. */
export type ThreadRequest =
  | { readonly kind: "query"; readonly sql: string; readonly values: readonly (string | null)[]; readonly actor: RoleSwitch }
  | { readonly kind: "script"; readonly sql: string; readonly actor: RoleSwitch }
  | { readonly kind: "copy"; readonly sql: string; readonly bytes: Uint8Array; readonly actor: RoleSwitch }
  | { readonly kind: "copyOut"; readonly sql: string; readonly actor: RoleSwitch }
  | { readonly kind: "close" };

/** `fatal`: the engine itself failed and the thread has ended. */
export type ThreadReply =
  | { readonly kind: "rows"; readonly rows: Record<string, unknown>[] }
  | { readonly kind: "fault"; readonly fault: StatementFault }
  | { readonly kind: "fatal"; readonly message: string };

/** What the thread is started with. */
export interface ThreadOptions {
  readonly folder: string;
  readonly timeZone: string;
}

const { folder, timeZone } = workerData as ThreadOptions;
const port = parentPort;
if (port === null) throw new Error("embeddedThread.ts runs in a worker thread only");

const parsers = allParsers();

// The engine's own start parameters but for -F, which turns fsync off.
const startParams = [
  "--single",
  "-O",
  "-j",
  "-c",
  "search_path=public",
  "-c",
  "exit_on_error=false",
  "-c",
  "log_checkpoints=false",
  "-c",
  "max_worker_processes=0",
  "-c",
  "max_parallel_workers=0",
  "-c",
  "max_parallel_workers_per_gather=0",
  "-c",
  "max_parallel_maintenance_workers=0",
  "-c",
  "io_method=sync",
  "-c",
  "fsync=on",
  "-c",
  "wal_sync_method=fsync",
  "-c",
  "jit=off",
  "-c",
  "work_mem=32MB",
  "-c",
  `TimeZone=${timeZone}`,
];

// The actor on the engine's one connection, now and when the open transaction began; null: not known, so that the next statement switches first.
let carried: RoleSwitch | null = null;
let carriedAtBegin: RoleSwitch | null = null;

async function putActorOn(engine: PGlite, wanted: RoleSwitch): Promise<void> {
  if (carried === wanted) return;
  carried = null;
  await engine.exec(wanted);
  carried = wanted;
}

async function answerAsActor(engine: PGlite, request: ThreadRequest): Promise<Record<string, unknown>[]> {
  const word = request.kind === "query" ? request.sql : "";
  const isEnd = word === "commit" || word === "rollback";
  // In a transaction that has failed nothing can be switched, and nothing but its end is obeyed.
  if (request.kind !== "close" && !isEnd) await putActorOn(engine, request.actor);
  if (word === "begin") carriedAtBegin = carried;
  try {
    return await answer(engine, request);
  } finally {
    // What was switched inside may have been taken back with the rest.
    if (isEnd && carried !== carriedAtBegin) carried = null;
  }
}

async function answer(engine: PGlite, request: ThreadRequest): Promise<Record<string, unknown>[]> {
  switch (request.kind) {
    case "query":
      return runStatement(engine, request.sql, request.values);
    case "script":
      await engine.exec(request.sql);
      return [];
    case "copy":
      await engine.query(request.sql, [], { blob: new Blob([request.bytes as Uint8Array<ArrayBuffer>]) });
      return [];
    case "copyOut": {
      const { blob } = await engine.query(request.sql);
      return [{ bytes: blob ? new Uint8Array(await blob.arrayBuffer()) : new Uint8Array() }];
    }
    case "close":
      await engine.close();
      return [];
  }
}

// One message there and back for parse, bind and execute together: values are text, so the engine need not be asked for their types first.
async function runStatement(engine: PGlite, sql: string, values: readonly (string | null)[]): Promise<Record<string, unknown>[]> {
  const { serialize } = protocol;
  const message = Buffer.concat([
    serialize.parse({ text: sql }),
    serialize.bind({ values: [...values] }),
    serialize.describe({ type: "P" }),
    serialize.execute({}),
    serialize.sync(),
  ]);
  const { messages } = await engine.execProtocol(message);
  return parse.parseResults(messages, parsers)[0]?.rows ?? [];
}

function faultOf(error: unknown): StatementFault | null {
  const { code, message, detail, hint, position, schema, table, column, constraint, severity } = error as StatementFault & {
    severity?: string;
  };
  const isStatementFault =
    error instanceof Error && typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && severity !== "PANIC" && severity !== "FATAL";
  return isStatementFault ? { code, message, detail, hint, position, schema, table, column, constraint } : null;
}

const engine = await PGlite.create({ fs: new DurableFiles(folder), extensions: { postgis }, startParams });
endOnForeignFailure(engine, (error) => {
  port.postMessage({ kind: "fatal", message: error.stack ?? error.message } satisfies ThreadReply);
  // Of this thread alone, at once: not a line of the engine runs any more.
  return process.exit(1);
});
let waiting: Promise<void> = Promise.resolve();

port.on("message", (request: ThreadRequest) => {
  waiting = waiting.then(async () => {
    let reply: ThreadReply;
    try {
      reply = { kind: "rows", rows: await answerAsActor(engine, request) };
    } catch (error) {
      const fault = faultOf(error);
      reply =
        fault === null
          ? { kind: "fatal", message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
          : { kind: "fault", fault };
    }
    port.postMessage(reply);
    if (request.kind === "close" || reply.kind === "fatal") port.close();
  });
});
port.postMessage({ kind: "rows", rows: [] } satisfies ThreadReply);
