import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { clusterUrl, createCluster, stopCluster } from "../../privateCluster.ts";
import { type Life, startLife } from "../service/life.ts";
import type { AskDatabase } from "./ledger.ts";

/** An engine of the drive's own with a service on it. */
export interface EnginePlace {
  readonly engine: "postgres" | "embedded";
  readonly service: Life;
  /** SQL as the owner; null on the embedded engine, whose folder only the service may open. */
  readonly askDatabase: AskDatabase | null;
  readonly remove: () => Promise<void>;
}

/** Makes a private database, starts the service on it, and knows how to remove both. */
export async function openPlace(engine: EnginePlace["engine"], environment: Readonly<Record<string, string>> = {}): Promise<EnginePlace> {
  const folder = await mkdtemp(join(tmpdir(), "waspada-fuzz-"));
  const clusterFolder = process.getuid?.() === 0 ? `/var/lib/postgresql/${folder.split("/").at(-1)}` : join(folder, "postgres");
  const cluster = engine === "postgres" ? await createCluster(clusterFolder) : null;
  const sweep = async (): Promise<void> => {
    if (cluster) await stopCluster(cluster);
    await rm(folder, { recursive: true, force: true });
    if (cluster) await rm(clusterFolder, { recursive: true, force: true });
  };
  const service = await startLife({
    DATA_DIR: join(folder, "data"),
    IDENTITY_KEY_FILE: join(folder, "identity-keys.json"),
    ...(cluster ? { DATABASE_URL: clusterUrl(cluster) } : {}),
    ...environment,
  }).catch(async (error) => {
    await sweep();
    throw error;
  });
  const client = cluster ? new pg.Client({ connectionString: clusterUrl(cluster) }) : null;
  await client?.connect();
  return {
    engine,
    service,
    askDatabase: client && (async <Row>(sql: string) => (await client.query(sql)).rows as Row[]),
    async remove() {
      await service.stop();
      await client?.end();
      await sweep();
    },
  };
}
