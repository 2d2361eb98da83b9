import { randomBytes } from "node:crypto";
import { readConfig } from "../api/config.ts";

/** A Waspada that answers, and how to speak to it. */
export interface ServiceAccess {
  readonly url: string;
  readonly token: string;
  /** Ends what was started for this command; a service that ran before goes on. */
  close(): Promise<void>;
}

const patienceMilliseconds = 60_000;

/** Whether a Waspada answers there; one that is still starting is waited for. */
async function answers(url: string): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < patienceMilliseconds; await new Promise((resolve) => setTimeout(resolve, 300))) {
    try {
      const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) });
      const health = (await response.json()) as { status?: unknown; code?: unknown };
      if (response.ok && health.status === "ok") return true;
      if (response.status !== 503) return false;
    } catch {
      return false;
    }
  }
  return false;
}

async function startHere(environment: NodeJS.ProcessEnv): Promise<ServiceAccess> {
  const { startService } = await import("../api/server.ts");
  const token = randomBytes(24).toString("hex");
  const config = {
    ...readConfig(environment),
    host: "127.0.0.1",
    port: 0,
    demo: false,
    adminToken: token,
    logLevel: "silent",
    rateLimit: false,
  };
  const service = await startService(config);
  return { url: service.url, token, close: service.close };
}

/**
 * Finds the service a command speaks to: WASPADA_URL with WASPADA_TOKEN; else the one on 127.0.0.1:PORT; else one of its own, started in this
 * process on DATA_DIR or DATABASE_URL without demo and ended by `close`, which needs no token.
 * @throws when WASPADA_URL is set but nobody answers there, or a service runs and no token is given.
 */
export async function reachService(environment: NodeJS.ProcessEnv): Promise<ServiceAccess> {
  const token = environment.WASPADA_TOKEN ?? environment.ADMIN_TOKEN ?? "";
  const stay = async (): Promise<void> => {};
  const given = environment.WASPADA_URL?.replace(/\/+$/, "");
  if (given) {
    if (!(await answers(given))) throw new Error(`Waspada tidak menjawab di ${given}. / Waspada does not answer at ${given}.`);
    if (token === "") throw new Error("WASPADA_TOKEN belum diisi. / WASPADA_TOKEN is not set.");
    return { url: given, token, close: stay };
  }
  const local = `http://127.0.0.1:${readConfig(environment).port}`;
  if (!(await answers(local))) return startHere(environment);
  if (token === "") throw new Error(`Waspada berjalan di ${local}; isi WASPADA_TOKEN. / Waspada runs at ${local}; set WASPADA_TOKEN.`);
  return { url: local, token, close: stay };
}
