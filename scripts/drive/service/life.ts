import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The admin of every service that a drive starts. */
export const driveToken = "uji-hentikan-0123456789";
const patienceMs = 240_000;
const ticksPerSecond = 100;

/** One life of the service in a process of its own, which can be ended as a power cut would: where it is, what it takes, and what it writes. */
export interface Life {
  readonly url: string;
  readonly pid: number;
  /** Asks as the admin. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Resident memory now and at its highest, in MB. Linux only, as the processor time is. */
  memory(): { now: number; highest: number };
  /** Seconds of processor time that this process has taken so far. */
  processorSeconds(): number;
  isAlive(): boolean;
  /** Takes the lines of its log written since it was asked last. */
  takeLog(): string;
  /** kill -9 of this process alone; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

const source = resolve(import.meta.dirname, "serve.ts");

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

/**
 * Starts the service without demo and without limits, and resolves when it answers.
 * @param program the service in one file (bundle.ts), instead of its sources
 * @throws with the end of its log where it ends before
 */
export async function startLife(environment: Readonly<Record<string, string>>, program: string = source): Promise<Life> {
  const child: ChildProcess = spawn(process.execPath, program.endsWith(".ts") ? ["--import", "tsx", program] : [program], {
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
  const pid = child.pid ?? 0;
  // A drive that fails or is ended leaves nothing running.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(130));
  const endWithDrive = (): void => void child.kill("SIGKILL");
  process.once("exit", endWithDrive);
  const gone = new Promise<void>((done) => child.once("close", () => done())).finally(() => process.off("exit", endWithDrive));
  let log = "";
  const url = await new Promise<string>((found, fail) => {
    const timer = setTimeout(() => fail(new Error(`the service did not start\n${log.slice(-2000)}`)), patienceMs);
    let address: string | undefined;
    const listen = (text: Buffer): void => {
      log += text.toString();
      if (address !== undefined) return;
      address = /"url":"(http:[^"]+)"/.exec(log)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    void gone.then(() => fail(new Error(`the service ended\n${log.slice(-2000)}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return {
    url,
    pid,
    ask: (path, init = {}) =>
      fetch(url + path, {
        ...init,
        headers: { Authorization: `Bearer ${driveToken}`, ...init.headers },
        signal: init.signal ?? AbortSignal.timeout(patienceMs),
      }),
    memory: () => memoryOf(pid),
    processorSeconds: () => processorSecondsOf(pid),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    takeLog() {
      const taken = log;
      log = "";
      return taken;
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}
