import { z } from "zod";

/** What the environment says, checked once at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | null;
  readonly ownerUrl: string | null;
  readonly dataDirectory: string;
  readonly adminToken: string | null;
  readonly demo: boolean;
  readonly timeZone: string;
  readonly allowedHosts: readonly string[];
  readonly logLevel: string;
  readonly logFormat: "json" | "pretty";
  readonly rateLimit: boolean;
}

const loopback = ["127.0.0.1", "localhost", "::1", "[::1]"];

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  DATA_DIR: z.string().min(1).default(".waspada"),
  ADMIN_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  DEMO: z.enum(["on", "off"]).default("on"),
  TIME_ZONE: z.string().refine(isTimeZone, "is no known time zone, such as Asia/Jakarta").default("Asia/Jakarta"),
  ALLOWED_HOSTS: z.string().default(""),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"]).default("json"),
  RATE_LIMIT: z.enum(["on", "off"]).default("on"),
});

/** Raised when the environment is wrong; the message names every faulty variable, not only the first. */
export class ConfigurationError extends Error {}

/**
 * Reads the configuration from environment variables. An empty variable counts as absent.
 * @throws ConfigurationError naming every variable that is wrong, what it holds and what is expected.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const shown = /TOKEN|URL/.test(name) ? "(hidden)" : JSON.stringify(present[name]);
      return `  ${name} = ${shown}: ${issue.message}`;
    });
    throw new ConfigurationError(`Pengaturan salah / wrong settings:\n${faults.join("\n")}`);
  }
  const e = parsed.data;
  return Object.freeze({
    port: e.PORT,
    host: e.HOST,
    databaseUrl: e.DATABASE_URL ?? null,
    ownerUrl: e.DATABASE_OWNER_URL ?? null,
    dataDirectory: e.DATA_DIR,
    adminToken: e.ADMIN_TOKEN ?? null,
    // The demo signs everybody in who can reach the port: only ever on loopback.
    demo: e.DEMO === "on" && loopback.includes(e.HOST),
    timeZone: e.TIME_ZONE,
    allowedHosts: Object.freeze([...loopback, ...e.ALLOWED_HOSTS.split(/[\s,]+/).filter(Boolean)]),
    logLevel: e.LOG_LEVEL,
    logFormat: e.LOG_FORMAT,
    rateLimit: e.RATE_LIMIT === "on",
  });
}
