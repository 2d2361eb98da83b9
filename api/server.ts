import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { offerSetup } from "./access/firstAdmin.ts";
import { Identities } from "./access/identities.ts";
import { asKeeper } from "./access/keeper.ts";
import { startKeeping } from "./access/retention.ts";
import { startSealing } from "./access/sealer.ts";
import { SignInSlowDown } from "./access/slowDown.ts";
import { openVault } from "./access/vault.ts";
import { makeApp } from "./app.ts";
import { boundaryChecksOn } from "./assessments/boundaryChecks.ts";
import { software } from "./assessments/frame.ts";
import { openPool } from "./assessments/pool.ts";
import { checkInputs, processOf, runProcess } from "./assessments/processes.ts";
import { preparePower, redoStanding } from "./assessments/standing.ts";
import { watchRegency } from "./assessments/watch.ts";
import { type Config, ConfigurationError, readConfig } from "./config.ts";
import type { ImportKind } from "./contract/importReport.ts";
import { dayOf } from "./contract/time.ts";
import { actAs, databaseOf } from "./database/actor.ts";
import { DatabaseRefused } from "./database/database.ts";
import { openDatabase } from "./database/open.ts";
import { drainOf } from "./drain.ts";
import { Announcer } from "./events/announcer.ts";
import { loadDemo, removeDemo } from "./imports/demoLoad.ts";
import type { ImportOutcome, ImportParts, ImportRequest } from "./imports/request.ts";
import { cleanStaging, runImport } from "./imports/run.ts";
import type { Unite } from "./imports/unions.ts";
import { Afterwards } from "./jobs/afterwards.ts";
import { AlertKeeper } from "./jobs/alertKeeper.ts";
import { releaseFormerJobs, workerName } from "./jobs/formerLife.ts";
import { hearOthers, RemoteScheduler } from "./jobs/remoteScheduler.ts";
import { type JobContext, type JobOutcome, JobRunner } from "./jobs/runner.ts";
import { StandingScheduler } from "./jobs/scheduler.ts";
import { listen, whilePreparing } from "./listening.ts";
import { makeLog } from "./log.ts";
import { problem } from "./problem.ts";
import { isSupervised, ProcessEnded, readMember, superviseProcesses, tellReady } from "./processes.ts";
import { listAreas } from "./queries/areaList.ts";
import type { Job } from "./queries/jobs.ts";
import { getSetting } from "./queries/settings.ts";
import type { Parts } from "./routes/parts.ts";

/** How long a request may still take once the service stops, and how long stopping may take as a whole. */
const answerMilliseconds = 10_000;
const stopMilliseconds = 20_000;
/** How long a connection may stay idle: longer than proxies keep theirs (60 s), so that none takes up one that is being closed. */
const idleMilliseconds = 75_000;
const version = software.split(" ")[1] ?? "";

export interface Service {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the service from its configuration: listens at once (503 while it prepares), opens and migrates the database, loads the demo
 * into an empty one where that is wanted, and takes up the work that a former life left.
 * @throws ConfigurationError or DatabaseRefused with a message for a person; nothing is left open then.
 */
export async function startService(config: Config, log: Logger = makeLog(config)): Promise<Service> {
  const state = { reason: "membuka basis data / opening the database" };
  const server = createServer();
  server.keepAliveTimeout = idleMilliseconds;
  whilePreparing(state)(server);
  const member = readMember(process.env);
  if (!member.isLate) await listen(server, config);
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    ownerUrl: config.ownerUrl,
    replicaUrl: config.replicaUrl,
    dataDirectory: config.dataDirectory,
    timeZone: config.timeZone,
  }).catch((error) => {
    server.close();
    server.closeAllConnections();
    throw error;
  });

  const pool = openPool();
  const announcer = new Announcer(database);
  await announcer.start();
  const frame = (scope: readonly string[] | null, signal?: AbortSignal) => ({
    database: databaseOf(database, "assessor"),
    pool,
    timeZone: config.timeZone,
    now: new Date(),
    scope,
    ...(config.roadServiceUrl ? { roadService: config.roadServiceUrl } : {}),
    ...(signal ? { signal } : {}),
  });

  const afterwards = new Afterwards(log);
  const scheduler = new StandingScheduler(
    database,
    async (regency, dueSince) => {
      for (const { kind, run, refused, isPowerPending, raised } of await redoStanding(frame(null), regency, dueSince)) {
        await alerts.tell(raised);
        if (isPowerPending) {
          afterwards.add(regency, async (signal) => {
            await preparePower(frame(null, signal), regency);
            scheduler.nudge();
          });
        }
        if (run) await announcer.announce({ event: "run", area: regency, data: { kind, regency, run } });
        else log.info({ kind, regency, reason: refused?.message }, "no standing assessment");
      }
      afterwards.add(`watch ${regency}`, async (signal) => alerts.tell(await watchRegency(frame(null, signal), regency)));
    },
    () => dayOf(new Date(), config.timeZone),
    log,
  );
  const remote = new RemoteScheduler(database);
  const due = member.isFirst ? scheduler : remote;
  const importParts = ({ onProgress, signal }: Pick<JobContext, "onProgress" | "signal">) => ({
    database,
    findNeighbours: ({
      polygons,
      changed,
    }: {
      polygons: Parameters<typeof import("./analysis/neighbours/contiguity.ts").findNeighbours>[0];
      changed: Uint8Array;
    }) => pool.run("findNeighbours", [polygons, { changed }], signal),
    matchByNames: async (...given: Parameters<typeof import("./analysis/crosswalk/matchLists.ts").matchLists>) =>
      pool.run("matchLists", given, signal),
    findCrosswalks: async (...given: Parameters<typeof import("./analysis/crosswalk/allPairs.ts").crosswalksOfAllPairs>) =>
      pool.run("crosswalksOfAllPairs", given, signal),
    boundaryChecks: boundaryChecksOn(pool),
    unite: (...asked: Parameters<Unite>) => pool.run("dissolve", asked, signal),
    onProgress,
    signal,
    now: new Date(),
    timeZone: config.timeZone,
  });
  const runner = new JobRunner(
    database,
    {
      process: async (job: Job, { signal, onProgress }) => {
        const { inputs, scope } = job.request as { inputs: unknown; scope: readonly string[] | null };
        const id = processOf(job.subject);
        return {
          result: JSON.stringify(
            await runProcess({ ...frame(scope, signal), onProgress }, id, checkInputs(id, inputs) as never, job.person),
          ),
        };
      },
      import: async (job: Job, context) => {
        const { path, ...request } = job.request as Omit<ImportRequest, "id" | "kind" | "person" | "file"> & { path: string };
        if (!existsSync(path)) throw problem("import_file_lost", { value: request.name });
        const told = ({ report, isRejected }: ImportOutcome): JobOutcome => ({
          result: JSON.stringify(
            job.subject === "boundaries" ? { ...report, boundaryReport: `/api/imports/${job.id}/boundary-report` } : report,
          ),
          isFailed: isRejected,
        });
        const onStored: ImportParts["onStored"] = (transaction, outcome) => context.finishInside(transaction, told(outcome));
        const outcome = await actAs({ name: job.person, role: "importer", areas: request.areas }, () =>
          runImport(
            { ...request, id: job.id, kind: job.subject as ImportKind, file: path, person: job.person },
            { ...importParts(context), onStored },
          ),
        );
        await rm(path, { force: true });
        due.nudge();
        await announcer.announce({ event: "import", area: null, data: { job: job.id } });
        return told(outcome);
      },
    },
    log,
    workerName(),
  );
  const alerts = new AlertKeeper(
    database,
    config.timeZone,
    ({ id, areaCode, audience }) =>
      // What is for leaders alone is not even told to be there.
      audience === "team" ? announcer.announce({ event: "alert", area: areaCode, data: { alert: id } }) : Promise.resolve(),
    log,
  );
  const working = await asKeeper(() => releaseFormerJobs(database, config.databaseUrl === null, new Date()));
  await actAs("importer", () => cleanStaging(database, working));

  const kept = await asKeeper(() => getSetting<{ loading?: boolean }>(database, "demo"));
  let isDemo = kept !== null;
  const isEmpty = (await listAreas(database, "province", null, null)).length === 0;
  if (config.demo && (kept === null ? isEmpty : kept.loading === true)) {
    state.reason = "menyiapkan data peragaan / preparing the demo data";
    const never = new AbortController();
    await actAs("importer", () => loadDemo(importParts({ onProgress: () => undefined, signal: never.signal })));
    isDemo = true;
  }
  const migrations = Number((await database.query<{ n: number }>("select count(*) as n from migration"))[0]?.n ?? 0);
  const isDemoOn = (): boolean => isDemo && config.demo;
  const identities = new Identities(database, config.adminToken, isDemoOn);
  await identities.start();
  const vault = openVault(database, config.identityKeyFile);
  const parts: Parts = {
    config,
    identities,
    slowDown: new SignInSlowDown(database, config.rateLimit),
    database,
    pool,
    announcer,
    vault,
    runner,
    alerts,
    scheduler: due,
    version,
    migrations,
    isDemoOn,
    removeDemo: async () => {
      await actAs("importer", () => removeDemo(database));
      isDemo = false;
      await database.notify("waspada_demo", "{}");
      await identities.changed();
      await announcer.announce({ event: "import", area: null, data: { job: null } });
    },
  };
  const app = makeApp(parts, log);
  server.removeAllListeners("request");
  const drain = drainOf(server);
  server.on("request", drain.guard(app));
  if (member.isLate) await listen(server, config);
  const { port } = server.address() as AddressInfo;
  const url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  if (member.isFirst && !member.isLate) await asKeeper(() => offerSetup(database, config.adminToken, url));
  const keeping = startKeeping(database, vault, (error) => log.warn({ err: error }, "what is past its time was not removed"));
  const sealing = startSealing(database, (error) => log.warn({ err: error }, "the audit trail waits for its seal"));
  const unlisten = await Promise.all([
    database.listen("waspada_demo", () => {
      isDemo = false;
    }),
    ...(member.isFirst ? [hearOthers(database, scheduler)] : []),
  ]);
  if (member.isFirst) scheduler.start();
  if (member.isFirst) alerts.start();
  runner.nudge();

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await announcer.stop();
    await identities.stop();
    remote.stop();
    await Promise.all(unlisten.map((end) => end()));
    await drain.stop(answerMilliseconds);
    await Promise.all([runner.stop(3000), scheduler.stop(), afterwards.stop(), alerts.stop()]);
    await pool.close();
    await keeping.stop();
    await sealing.stop();
    await database.close();
  };
  return {
    url,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** `npm start`: reads the environment, starts, and stops cleanly on SIGTERM and SIGINT. */
export async function start(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const log = makeLog(config);
    const isSupervisor = config.processes > 1 && !isSupervised();
    const { url, close } = isSupervisor ? await superviseProcesses(config.processes, log) : await startService(config, log);
    tellReady(url);
    log[isSupervised() ? "debug" : "info"](
      { url, database: config.databaseUrl ? "postgres" : "embedded", demo: config.demo, processes: config.processes },
      `Waspada siap / is ready: ${url}`,
    );
    const stop = (signal: string): void => {
      log.info({ signal }, "berhenti / stopping");
      // Whatever hangs: nothing that was acknowledged is lost by ending now.
      setTimeout(() => process.exit(0), stopMilliseconds).unref();
      close().then(
        () => process.exit(0),
        (error) => {
          log.error({ err: error }, "did not stop cleanly");
          process.exit(1);
        },
      );
    };
    process.once("SIGTERM", () => stop("SIGTERM"));
    process.once("SIGINT", () => stop("SIGINT"));
  } catch (error) {
    if (error instanceof ProcessEnded) process.exit(error.status);
    if (!(error instanceof ConfigurationError) && !(error instanceof DatabaseRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
