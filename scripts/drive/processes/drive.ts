import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { clusterUrl, createCluster, createReplica, isClusterRunning, startCluster, stopCluster } from "../../privateCluster.ts";
import { roundFile } from "../imports/files.ts";
import { driveToken, type Life, startLife } from "../service/life.ts";
import { membersOf } from "./members.ts";
import { type OwnReads, writeAndRead } from "./ownReads.ts";

/** What came of one run. `faults` is empty where all held. */
interface Verdict {
  readonly found: OwnReads;
  readonly lost: number;
  readonly doubled: number;
  readonly killedAtMs: readonly number[];
  /** Rows that the replica fetched for reads in each part of the run. */
  readonly replicaRows: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

interface RunOptions {
  readonly seconds: number;
  readonly ratePerSecond: number;
  readonly processes: number;
  readonly connections: number;
  readonly villages: number;
  readonly say: (line: string) => void;
}

// A connection may be handed to a process in the moment it is killed, before the supervisor knows: it hangs until the client gives it up.
const handedWithinMs = 1_000;

async function loadVillages(life: Life, count: number): Promise<string[]> {
  const file = roundFile("boundaries", 1, { villages: count, incidents: 0 });
  const form = new FormData();
  form.set("file", new Blob([file.text]), file.name);
  const location = (await life.ask("/api/imports/boundaries", { method: "POST", body: form })).headers.get("location") ?? "";
  for (;;) {
    const { status } = (await (await life.ask(location)).json()) as { status: string };
    if (status === "failed") throw new Error("the villages were not taken");
    if (status === "successful") break;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  const page = (await (await life.ask("/api/collections/villages/items?limit=10000")).json()) as { features: { id: string }[] };
  return page.features.map((feature) => feature.id);
}

/** Every id that is stored, as often as it is. */
async function storedIds(life: Life): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let path: string | undefined = "/api/collections/incidents/items?limit=5000";
  while (path !== undefined) {
    const page = (await (await life.ask(path)).json()) as { features: { id: string }[]; links: { rel: string; href: string }[] };
    for (const { id } of page.features) found.set(id, (found.get(id) ?? 0) + 1);
    const next = page.links.find((link) => link.rel === "next")?.href;
    path = next?.slice(next.indexOf("/api"));
  }
  return found;
}

/**
 * A primary, a streaming replica with a slot and several processes of the service, made here and used under load while the replica is held back, lags,
 * stops and comes again, and processes of the service are killed.
 */
export async function driveProcesses({ seconds, ratePerSecond, processes, connections, villages, say }: RunOptions): Promise<Verdict> {
  const scratch = await mkdtemp(join(tmpdir(), "waspada-processes-"));
  const place = process.getuid?.() === 0 ? `/var/lib/postgresql/${basename(scratch)}` : join(scratch, "postgres");
  const primary = await createCluster(`${place}-primary`);
  const made = [primary];
  let life: Life | null = null;
  let replica = primary;
  const onReplica = async <Row>(sql: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: clusterUrl(replica) });
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  };
  const rowsFetched = async (): Promise<number> =>
    Number((await onReplica<{ n: string }>("select tup_fetched as n from pg_stat_database where datname = current_database()"))[0]?.n ?? 0);
  try {
    replica = await createReplica(primary, `${place}-replica`);
    made.unshift(replica);
    life = await startLife({
      DATABASE_URL: clusterUrl(primary),
      REPLICA_URL: clusterUrl(replica),
      PROCESSES: String(processes),
      DATA_DIR: join(scratch, "data"),
    });
    const codes = await loadVillages(life, villages);
    say(
      `${processes} processes at ${life.url}, ${codes.length} villages, ${ratePerSecond} reports/s, each read back and replaced, ${seconds} s`,
    );
    const begun = performance.now();
    const killedAtMs: number[] = [];
    const replicaRows: Record<string, number> = {};
    const writing = writeAndRead(life.url, { token: driveToken, villages: codes, ratePerSecond, connections, begun });
    const part = async (name: string, share: number, before: () => Promise<unknown>, isCounted = true): Promise<void> => {
      await before();
      const rows = isCounted ? await rowsFetched() : 0;
      await new Promise((wait) => setTimeout(wait, share * seconds * 1000));
      replicaRows[name] = isCounted ? (await rowsFetched()) - rows : 0;
      say(
        `${(performance.now() - begun).toFixed(0).padStart(7)} ms  ${name.padEnd(34)} ${isCounted ? `${replicaRows[name]} rows read from the replica` : ""}`,
      );
    };
    const kill = async (which: number): Promise<void> => {
      const member = membersOf(life?.pid ?? 0).at(which);
      if (member === undefined) throw new Error("there is no process to kill");
      killedAtMs.push(Math.round(performance.now() - begun));
      process.kill(member, "SIGKILL");
    };
    await part("the replica follows", 0.2, async () => undefined);
    await part("the replica is held back", 0.15, () => onReplica("select pg_wal_replay_pause()"));
    await part("one process is killed, still held back", 0.15, () => kill(0));
    await part("the replica is let go", 0.1, () => onReplica("select pg_wal_replay_resume()"));
    await part("the replica lags 200 ms", 0.1, async () => {
      await onReplica("alter system set recovery_min_apply_delay = '200ms'");
      await onReplica("select pg_reload_conf()");
    });
    await part("the replica is stopped", 0.15, () => stopCluster(replica), false);
    await part("the replica comes again, the other process is killed", 0.15, async () => {
      await startCluster(replica);
      await kill(-1);
    });
    const found = await writing.stop();
    const stored = await storedIds(life);
    const lost = found.acknowledged.filter((id) => !stored.has(id)).length;
    const doubled = [...stored.values()].filter((times) => times > 1).length;
    const elsewhere = found.broken.filter(
      ({ sentMs, atMs }) => !killedAtMs.some((killed) => atMs >= killed && sentMs <= killed + handedWithinMs),
    );
    const faults = [
      ...(lost > 0 ? [`${lost} acknowledged reports are not there`] : []),
      ...(doubled > 0 ? [`${doubled} reports are there twice`] : []),
      ...found.stale.slice(0, 5).map((what) => `stale: ${what}`),
      ...found.wrong.slice(0, 5).map((what) => `wrong: ${what}`),
      ...elsewhere.slice(0, 5).map(({ atMs, what }) => `a connection broke at ${atMs} ms, where no process was killed: ${what}`),
      ...(found.broken.length > connections * killedAtMs.length ? [`${found.broken.length} requests were cut off`] : []),
      ...((replicaRows["the replica follows"] ?? 0) === 0 ? ["nothing was read from the replica"] : []),
    ];
    return { found, lost, doubled, killedAtMs, replicaRows, faults };
  } finally {
    await life?.stop();
    for (const cluster of made) {
      if (await isClusterRunning(cluster)) await stopCluster(cluster);
      await rm(cluster.folder, { recursive: true, force: true });
    }
    await rm(scratch, { recursive: true, force: true });
  }
}
