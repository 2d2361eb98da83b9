import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A PostgreSQL cluster that belongs to this program alone: own folder, own port, own password, no other user. */
export interface PrivateCluster {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
}

/** Installed programs of a PostgreSQL with PostGIS. */
interface Installation {
  readonly version: number;
  readonly programs: string;
}

/** What to install where nothing suitable is found. */
export const neededPackages = ["postgresql", "postgresql-15-postgis-3"] as const;

const oldestVersion = 15;

/** The newest installed PostgreSQL (15 or later) that has PostGIS, as Debian lays it out; null when there is none. */
export function findInstallation(): Installation | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .filter((version) => version >= oldestVersion)
    : [];
  const suitable = versions
    .sort((a, b) => b - a)
    .find(
      (version) =>
        existsSync(join(root, String(version), "bin/initdb")) && existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`),
    );
  return suitable === undefined ? null : { version: suitable, programs: join(root, String(suitable), "bin") };
}

/**
 * Makes and starts a cluster with page checksums, reachable on 127.0.0.1 by password only, with an empty database `waspada`.
 * As root everything runs as the user postgres, who must be able to reach the folder.
 * @param settings further lines of postgresql.conf, such as `fsync = off` for tests
 */
export async function createCluster(
  folder: string,
  options: { port?: number; settings?: readonly string[] } = {},
): Promise<PrivateCluster> {
  if (existsSync(join(folder, "PG_VERSION")))
    throw new Error(`${folder} already holds a cluster; use start, or choose another folder with --folder`);
  const cluster = { folder, port: options.port ?? (await freePort()), password: randomBytes(24).toString("base64url") };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  giveToPostgres(folder, passwordFile);
  try {
    await runProgram("initdb", [
      "-D",
      folder,
      "-k",
      "-U",
      "waspada",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
    ]);
  } finally {
    rmSync(passwordFile);
  }
  const lines = [`port = ${cluster.port}`, "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", ...(options.settings ?? [])];
  writeFileSync(join(folder, "postgresql.conf"), `\n${lines.join("\n")}\n`, { flag: "a" });
  writeFileSync(notePath(folder), `${JSON.stringify(cluster)}\n`, { mode: 0o600 });
  // A base backup reads every file of the folder as the server's own user.
  giveToPostgres(notePath(folder));
  await startCluster(cluster);
  await createDatabase(cluster, "waspada");
  return cluster;
}

/** Makes and starts a streaming replica of a running cluster in a folder of its own, with a replication slot so that nothing it still needs is thrown away. */
export async function createReplica(primary: PrivateCluster, folder: string): Promise<PrivateCluster> {
  const replica = { ...primary, folder, port: await freePort() };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveToPostgres(folder);
  const from = ["-h", "127.0.0.1", "-p", String(primary.port), "-U", "waspada"];
  const how = ["-X", "stream", "-c", "fast", "-R", "-C", "-S", "waspada_replica"];
  await runProgram("pg_basebackup", [...from, "-D", folder, ...how], { PGPASSWORD: primary.password });
  const lines = [`port = ${replica.port}`, "hot_standby_feedback = on"];
  writeFileSync(join(folder, "postgresql.conf"), `\n${lines.join("\n")}\n`, { flag: "a" });
  writeFileSync(notePath(folder), `${JSON.stringify(replica)}\n`, { mode: 0o600 });
  await startCluster(replica);
  return replica;
}

/** Makes another empty database in a running cluster. */
export async function createDatabase({ port, password }: PrivateCluster, name: string): Promise<void> {
  await runProgram("createdb", ["-h", "127.0.0.1", "-p", String(port), "-U", "waspada", name], { PGPASSWORD: password });
}

/** The cluster made earlier in a folder. Throws when there is none. */
export function readCluster(folder: string): PrivateCluster {
  if (!existsSync(notePath(folder))) throw new Error(`no cluster of ours in ${folder}: make one with "npm run database -- create"`);
  return JSON.parse(readFileSync(notePath(folder), "utf8")) as PrivateCluster;
}

/** Starts the cluster and waits until it answers. Throws with the end of its log when it does not. */
export async function startCluster({ folder }: PrivateCluster): Promise<void> {
  const log = join(folder, "server.log");
  try {
    await runProgram("pg_ctl", ["-D", folder, "-l", log, "-w", "-t", "60", "start"]);
  } catch (error) {
    const end = existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-8).join("\n") : "";
    throw new Error(`the cluster in ${folder} did not start\n${end}`, { cause: error });
  }
}

/** Stops the cluster, cutting off whoever is connected. */
export async function stopCluster({ folder }: PrivateCluster): Promise<void> {
  await runProgram("pg_ctl", ["-D", folder, "-m", "fast", "-w", "stop"]);
}

/** Whether the cluster's server runs. */
export async function isClusterRunning({ folder }: PrivateCluster): Promise<boolean> {
  return runProgram("pg_ctl", ["-D", folder, "status"]).then(
    () => true,
    () => false,
  );
}

/** The address for `DATABASE_URL`. */
export function clusterUrl({ port, password }: PrivateCluster, database = "waspada"): string {
  return `postgres://waspada:${password}@127.0.0.1:${port}/${database}`;
}

const notePath = (folder: string): string => join(folder, "waspada.json");
const isRoot = (): boolean => process.getuid?.() === 0;

function giveToPostgres(...paths: string[]): void {
  if (!isRoot()) return;
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("postgres:"));
  const [, , user, group] = line?.split(":").map(Number) ?? [];
  if (user === undefined || group === undefined)
    throw new Error("there is no user postgres on this machine; install PostgreSQL from its package");
  for (const path of paths) chownSync(path, user, group);
}

// PostgreSQL refuses to run as root.
async function runProgram(
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const installation = findInstallation();
  if (installation === null) {
    throw new Error(
      `PostgreSQL ${oldestVersion} or later with PostGIS is not installed. On Debian: apt-get install ${neededPackages.join(" ")}`,
    );
  }
  const command = [join(installation.programs, program), ...parameters];
  const [file, ...rest] = isRoot() ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", ...command] : command;
  // From a folder the other user can reach; output is dropped, for pg_ctl's server would keep a pipe open.
  const cwd = "/";
  const env = { PATH: process.env.PATH, LANG: "C.UTF-8", ...environment };
  if (program === "pg_ctl" && parameters.includes("start")) {
    const status = await new Promise<number | null>((resolve, reject) => {
      spawn(file as string, rest, { cwd, env, stdio: "ignore" })
        .on("error", reject)
        .on("exit", resolve);
    });
    if (status !== 0) throw new Error(`pg_ctl start ended with status ${status}`);
    return;
  }
  await run(file as string, rest, { cwd, env });
}

/** A port of 127.0.0.1 that nothing uses now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port on 127.0.0.1");
  return address.port;
}
