import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const patienceMs = 240_000;
export const driveToken = "uji-masukan-0123456789";

/** The service in a process of its own: where it is, what it takes, and what it writes. */
export interface ServiceProcess {
  readonly url: string;
  /** Resident memory now and at its highest, in MB. */
  readonly memory: () => { now: number; highest: number };
  /** Seconds of processor time it has taken so far. */
  readonly processorSeconds: () => number;
  readonly isAlive: () => boolean;
  /** Takes the lines of its log written since it was asked last. */
  readonly takeLog: () => string;
  readonly stop: () => Promise<void>;
}

const ticksPerSecond = 100;

function memoryOf(pid: number): { now: number; highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string): number => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: megabytes("VmRSS"), highest: megabytes("VmHWM") };
}

function processorSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Starts it without demo and without limits, and resolves when it is ready. @throws with the end of its log */
export async function startServiceProcess(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", resolve(import.meta.dirname, "../imports/serve.ts")], {
    cwd: resolve(import.meta.dirname, "../../.."),
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      DEMO: "off",
      ADMIN_TOKEN: driveToken,
      RATE_LIMIT: "off",
      LOG_LEVEL: "info",
      LOG_FORMAT: "json",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise<void>((done) => child.once("close", () => done()));
  let log = "";
  const url = await new Promise<string>((found, fail) => {
    const timer = setTimeout(() => fail(new Error(`the service did not start\n${log.slice(-2000)}`)), patienceMs);
    const listen = (text: Buffer): void => {
      log += text.toString();
      const address = /"url":"(http:[^"]+)"/.exec(log)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    void gone.then(() => fail(new Error(`the service ended\n${log.slice(-2000)}`)));
  });
  const pid = child.pid as number;
  return {
    url,
    memory: () => memoryOf(pid),
    processorSeconds: () => processorSecondsOf(pid),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    takeLog: () => {
      const taken = log;
      log = "";
      return taken;
    },
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}
