import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseRefused } from "./database.ts";

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** Start of that process in clock ticks since the machine started; null where the system does not tell. */
  readonly processStart: string | null;
  /** Which run of the machine. */
  readonly boot: string | null;
  /** Which set of process numbers: two containers have two. */
  readonly processNamespace: string | null;
  readonly isReleased: boolean;
}

export interface FolderLock {
  /** Gives the folder free. Idempotent. */
  release(): void;
}

const heartbeatMs = 10_000;
const silenceMs = 60_000;

/**
 * Takes a folder for this process alone, before anything in it is opened.
 *
 * The holder of the file `lock-N` with the highest N has the folder. Taking it over from a process that is gone means creating `lock-(N+1)`,
 * which the system lets only one succeed in; the highest file is never deleted, so a process that was slow to look finds a higher one and
 * steps back. Works on any file system with hard links; a process that was killed, is a zombie or whose number was reused holds nothing.
 * Throws `DatabaseRefused` naming folder and process when the folder is held.
 */
export function lockFolder(folder: string): FolderLock {
  for (;;) {
    const highest = highestLock(folder);
    const holder = highest === 0 ? null : readHolder(folder, highest);
    if (holder !== null && isHeld(holder, lockPath(folder, highest))) throw refusal(folder, holder.pid);
    const taken = highest + 1;
    if (!create(folder, taken, { ...thisProcess(), isReleased: false })) continue;
    if (highestLock(folder) > taken) {
      unlinkSync(lockPath(folder, taken));
      continue;
    }
    removeBelow(folder, taken);
    return held(folder, taken);
  }
}

function held(folder: string, number: number): FolderLock {
  // A folder that somebody removed is told by the next statement, not by the heartbeat.
  const heartbeat = setInterval(() => ignoring("ENOENT", () => utimesSync(lockPath(folder, number), new Date(), new Date())), heartbeatMs);
  heartbeat.unref();
  let isReleased = false;
  return {
    release() {
      if (isReleased) return;
      isReleased = true;
      clearInterval(heartbeat);
      const replacement = write(folder, { ...thisProcess(), isReleased: true });
      renameSync(replacement, lockPath(folder, number));
    },
  };
}

function refusal(folder: string, pid: number): DatabaseRefused {
  return new DatabaseRefused(
    "database_locked",
    `Folder data ${folder} sedang dipakai Waspada lain (proses ${pid}). Hentikan proses itu dahulu, atau pilih folder lain dengan DATA_DIR.`,
    `The data folder ${folder} is in use by another Waspada (process ${pid}). Stop that process first, or choose another folder with DATA_DIR.`,
  );
}

const lockPath = (folder: string, number: number): string => join(folder, `lock-${String(number).padStart(6, "0")}`);

function lockNumbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => (/^lock-\d+$/.test(name) ? [Number(name.slice(5))] : []));
}

const highestLock = (folder: string): number => Math.max(0, ...lockNumbers(folder));

function removeBelow(folder: string, number: number): void {
  for (const older of lockNumbers(folder)) if (older < number) ignoring("ENOENT", () => unlinkSync(lockPath(folder, older)));
}

function create(folder: string, number: number, holder: Holder): boolean {
  const written = write(folder, holder);
  try {
    linkSync(written, lockPath(folder, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(written);
  }
}

function write(folder: string, holder: Holder): string {
  const path = join(folder, `.lock-${randomUUID()}`);
  const descriptor = openSync(path, "wx", 0o600);
  writeSync(descriptor, `${JSON.stringify(holder)}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  return path;
}

// Null when the file went away or is damaged (a power cut): nobody can be said to hold it.
function readHolder(folder: string, number: number): Holder | null {
  try {
    return JSON.parse(readFileSync(lockPath(folder, number), "utf8")) as Holder;
  } catch {
    return null;
  }
}

function isHeld(holder: Holder, path: string): boolean {
  if (holder.isReleased) return false;
  const here = thisProcess();
  if (holder.boot !== here.boot) return false;
  // The process numbers of another container say nothing here; its heartbeat does.
  if (holder.processNamespace !== here.processNamespace) return Date.now() - statSync(path).mtimeMs < silenceMs;
  return isRunning(holder);
}

function isRunning(holder: Holder): boolean {
  if (holder.processStart !== null) return processStart(holder.pid) === holder.processStart;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Start of a living process in clock ticks; null when it is gone, a zombie, or the system does not tell. */
function processStart(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function thisProcess(): Omit<Holder, "isReleased"> {
  return {
    pid: process.pid,
    processStart: processStart(process.pid),
    boot: readOrNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    processNamespace: readOrNull(() => readlinkSync("/proc/self/ns/pid")),
  };
}

function readOrNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function ignoring(code: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== code) throw error;
  }
}
