import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../api/config.ts";
import {
  clusterUrl,
  createCluster,
  findInstallation,
  isClusterRunning,
  neededPackages,
  readCluster,
  startCluster,
  stopCluster,
} from "./privateCluster.ts";

const usage = `npm run database -- create|start|stop|status [--folder FOLDER] [--port PORT]

A PostgreSQL of your own for Waspada, from the installed PostgreSQL and PostGIS: own folder, own port, own password, checksums on.
The folder is DATA_DIR/postgres, or /var/lib/postgresql/waspada when run as root (the server then runs as the user postgres).`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { folder: { type: "string" }, port: { type: "string" } } });

// As root the server's own user must reach the folder, which a private DATA_DIR would not let it.
function clusterFolder(): string {
  if (values.folder !== undefined) return resolve(values.folder);
  return process.getuid?.() === 0 ? "/var/lib/postgresql/waspada" : resolve(readConfig(process.env).dataDirectory, "postgres");
}

async function main(verb: string | undefined): Promise<number> {
  const folder = clusterFolder();
  if (findInstallation() === null) {
    console.error(`PostgreSQL 15 or later with PostGIS is not installed. On Debian:\n\n  apt-get install ${neededPackages.join(" ")}\n`);
    return 1;
  }
  switch (verb) {
    case "create": {
      const cluster = await createCluster(folder, values.port === undefined ? {} : { port: Number(values.port) });
      console.log(`Made and started in ${folder}. Start Waspada with:\n\n  DATABASE_URL=${clusterUrl(cluster)} npm start\n`);
      return 0;
    }
    case "start": {
      const cluster = readCluster(folder);
      if (!(await isClusterRunning(cluster))) await startCluster(cluster);
      console.log(`DATABASE_URL=${clusterUrl(cluster)}`);
      return 0;
    }
    case "stop": {
      const cluster = readCluster(folder);
      if (await isClusterRunning(cluster)) await stopCluster(cluster);
      console.log(`stopped: ${folder}`);
      return 0;
    }
    case "status": {
      const cluster = readCluster(folder);
      const isRunning = await isClusterRunning(cluster);
      console.log(`${isRunning ? "running" : "stopped"}: ${folder}\nDATABASE_URL=${clusterUrl(cluster)}`);
      return isRunning ? 0 : 3;
    }
    default:
      console.error(usage);
      return 2;
  }
}

try {
  process.exitCode = await main(positionals[0]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
