import { type Logger, pino } from "pino";
import type { Config } from "./config.ts";

/** The service's log: JSON lines, or words where a person watches; what is secret is left out. */
export function makeLog(config: Config): Logger {
  return pino({
    level: config.logLevel,
    redact: ["req.headers.authorization", "req.headers.cookie"],
    ...(config.logFormat === "pretty" ? { transport: { target: "pino-pretty" } } : {}),
  });
}
