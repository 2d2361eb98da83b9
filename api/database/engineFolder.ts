import { existsSync } from "node:fs";
import { chmod, cp, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { DatabaseRefused } from "./database.ts";

/** Where the embedded engine keeps its files, and whether they were there before. */
export interface EngineFolder {
  readonly path: string;
  /** False: the engine must make its files anew, and `finishEngineFolder` be called once they are complete. */
  readonly isMade: boolean;
}

const cacheFolder = resolve(import.meta.dirname, "../../node_modules/.cache/waspada");
const marker = "engine.json";

/**
 * Makes the folder ready before the engine opens it. A folder without its marker was left half made by a start that was cut off, so
 * nothing was ever acknowledged from it: it is made again. A new one is copied from the seed kept in node_modules/.cache if there is one.
 * Throws `DatabaseRefused` for a folder made by another major version of PostgreSQL.
 */
export async function prepareEngineFolder(dataDirectory: string): Promise<EngineFolder> {
  const path = join(dataDirectory, "engine");
  if (existsSync(join(dataDirectory, marker))) {
    await refuseOtherVersion(dataDirectory, path);
    return { path, isMade: true };
  }
  await rm(path, { recursive: true, force: true });
  if (!existsSync(seedFolder())) return { path, isMade: false };
  await cp(seedFolder(), path, { recursive: true });
  await mark(dataDirectory, path);
  return { path, isMade: true };
}

/** Puts a freshly made engine, idle and after a checkpoint, on the disk for good, and keeps a copy as the seed of later ones. */
export async function finishEngineFolder(dataDirectory: string, path: string): Promise<void> {
  await mark(dataDirectory, path);
  await keepSeed(path).catch(() => undefined); // the cache may be read-only; the next first start is slower, nothing else
}

/** Where the seed for the installed versions of the engine is or would be. */
export function seedFolder(): string {
  return join(cacheFolder, `engine-${versionOf("@electric-sql/pglite")}-${versionOf("@electric-sql/pglite-postgis")}`);
}

async function keepSeed(path: string): Promise<void> {
  const seed = seedFolder();
  const draft = `${seed}.${process.pid}`;
  await mkdir(cacheFolder, { recursive: true });
  await cp(path, draft, { recursive: true, filter: (source) => !source.endsWith("postmaster.pid") });
  await rename(draft, seed).catch(() => rm(draft, { recursive: true, force: true }));
}

async function mark(dataDirectory: string, path: string): Promise<void> {
  await syncTree(path);
  const draft = join(dataDirectory, `.${marker}`);
  const file = await open(draft, "w", 0o600);
  await file.writeFile(`${JSON.stringify({ postgres: await majorVersion(path), engine: versionOf("@electric-sql/pglite") })}\n`);
  await file.sync();
  await file.close();
  await rename(draft, join(dataDirectory, marker));
  await syncFile(dataDirectory);
}

const majorVersion = async (path: string): Promise<string> => (await readFile(join(path, "PG_VERSION"), "utf8")).trim();

async function refuseOtherVersion(dataDirectory: string, path: string): Promise<void> {
  const made = await majorVersion(path);
  const seed = join(seedFolder(), "PG_VERSION");
  const known = existsSync(seed) ? (await readFile(seed, "utf8")).trim() : made;
  if (made === known) return;
  throw new DatabaseRefused(
    "database_unsuitable",
    `Folder data ${dataDirectory} dibuat oleh PostgreSQL ${made}, program ini memakai ${known}. Pulihkan dari cadangan ke folder baru.`,
    `The data folder ${dataDirectory} was made by PostgreSQL ${made}, this program uses ${known}. Restore a backup into a new folder.`,
  );
}

async function syncTree(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(path, entry.name));
  // As many at once as Node has threads for files, and some waiting.
  for (let first = 0; first < files.length; first += 32) await Promise.all(files.slice(first, first + 32).map(secureFile));
  for (const entry of entries) if (entry.isDirectory()) await syncTree(join(path, entry.name));
  await chmod(path, 0o700);
  await syncFile(path);
}

async function secureFile(path: string): Promise<void> {
  await chmod(path, 0o600);
  await syncFile(path);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync();
  await file.close();
}

function versionOf(packageName: string): string {
  const require = createRequire(import.meta.url);
  // The package does not export its package.json; its main file lies in dist/ beside it.
  return (require(join(dirname(require.resolve(packageName)), "../package.json")) as { version: string }).version;
}
