import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

const token = "uji-hentikan-0123456789";
const patienceMs = 180_000;

/** One life of the service in a process of its own, which can be ended as a power cut would. */
export interface Life {
  readonly url: string;
  readonly pid: number;
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** kill -9 of this process alone; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

const source = resolve(import.meta.dirname, "serve.ts");

/**
 * Starts the service on a database and resolves when it answers.
 * @param program the service in one file (bundle.ts), instead of its sources
 */
export async function startLife(environment: Readonly<Record<string, string>>, program: string = source): Promise<Life> {
  const child: ChildProcess = spawn(process.execPath, program.endsWith(".ts") ? ["--import", "tsx", program] : [program], {
    cwd: resolve(import.meta.dirname, "../../.."),
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      DEMO: "off",
      ADMIN_TOKEN: token,
      RATE_LIMIT: "off",
      LOG_LEVEL: "info",
      LOG_FORMAT: "json",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise<void>((done) => child.once("close", () => done()));
  let log = "";
  const url = await new Promise<string>((found, fail) => {
    const timer = setTimeout(() => fail(new Error(`the service did not start\n${log.slice(-2000)}`)), patienceMs);
    child.stdout?.on("data", (text: Buffer) => {
      log = (log + text.toString()).slice(-10_000);
      const address = /"url":"(http:[^"]+)"/.exec(log)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address);
    });
    void gone.then(() => fail(new Error(`the service ended\n${log.slice(-2000)}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    ask: (path, init = {}) =>
      fetch(url + path, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, ...init.headers },
        signal: AbortSignal.timeout(patienceMs),
      }),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}
