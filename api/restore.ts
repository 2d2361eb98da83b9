import { existsSync } from "node:fs";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { BackupHeader, Contents } from "./backup/format.ts";
import { checkBackup } from "./backup/read.ts";
import { refuseUnfit, restoreBackup } from "./backup/restore.ts";
import type { Config } from "./config.ts";
import { migrate, shippedMigrations } from "./database/migrate.ts";
import { ownDatabase } from "./database/open.ts";
import { problem } from "./problem.ts";

async function refuseOtherKey(path: string | null, key: Uint8Array | null): Promise<void> {
  if (key === null || path === null || !existsSync(path)) return;
  if (!(await readFile(path)).equals(key)) throw problem("restore_not_empty", { value: path });
}

async function keepKey(path: string, key: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "wx", 0o600);
  await file.writeFile(key);
  await file.sync();
  await file.close();
}

/**
 * Restores a backup into the empty place that the configuration names; the service must not run there. Read through and checked before anything is changed,
 * stored in one transaction: done as a whole or not at all.
 * @throws a problem of the group backupProblems, DatabaseRefused, DatabaseAway
 */
export async function restore(
  config: Pick<Config, "databaseUrl" | "ownerUrl" | "dataDirectory" | "timeZone" | "identityKeyFile">,
  path: string,
): Promise<{ header: BackupHeader; contents: Contents }> {
  const backup = await checkBackup(path);
  const shipped = shippedMigrations();
  refuseUnfit(backup, shipped);
  const keyPath = config.identityKeyFile;
  const { contents, identityKey } = await ownDatabase(config, async (owner) => {
    const restored = await restoreBackup(owner, backup, shipped, migrate);
    await refuseOtherKey(keyPath, restored.identityKey);
    return restored;
  });
  if (identityKey !== null && keyPath !== null && !existsSync(keyPath)) await keepKey(keyPath, identityKey);
  return { header: backup.header, contents };
}
