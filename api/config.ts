import { isIP } from "node:net";
import { join } from "node:path";
import { z } from "zod";

/** How people sign in by an OpenID Connect provider. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button of the sign-in page calls the provider. */
  readonly label: string;
}

/** What the environment says, checked once at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | null;
  readonly ownerUrl: string | null;
  /** A streaming replica of the database, for reads; null: none. */
  readonly replicaUrl: string | null;
  /** The office's own OSRM table service; null: travel is estimated from distance. */
  readonly roadServiceUrl: string | null;
  /** Processes behind the one port. */
  readonly processes: number;
  readonly dataDirectory: string;
  /** The key of the reporters' vault; null: none was named and the database is a server, so identities cannot be filed. */
  readonly identityKeyFile: string | null;
  readonly adminToken: string | null;
  readonly demo: boolean;
  readonly timeZone: string;
  readonly allowedHosts: readonly string[];
  readonly logLevel: string;
  readonly logFormat: "json" | "pretty";
  readonly rateLimit: boolean;
  /** What a cell must hold before it is told to people outside the team; the defaults can only be raised. */
  readonly leastCell: { readonly incidents: number; readonly reporters: number };
  /** Addresses or networks of reverse proxies whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly openId: OpenIdSettings | null;
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

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
const areNetworks = (text: string): boolean =>
  listOf(text).every((network) => {
    const [address = "", bits = "0", ...rest] = network.split("/");
    return isIP(address) > 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
  });

const isProvider = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && loopback.includes(hostname));
};

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  REPLICA_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  DATA_DIR: z.string().min(1).default(".waspada"),
  IDENTITY_KEY_FILE: z.string().min(1).optional(),
  ADMIN_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  DEMO: z.enum(["on", "off"]).default("on"),
  TIME_ZONE: z.string().refine(isTimeZone, "is no known time zone, such as Asia/Jakarta").default("Asia/Jakarta"),
  ALLOWED_HOSTS: z.string().default(""),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"]).default("json"),
  RATE_LIMIT: z.enum(["on", "off"]).default("on"),
  SMALL_CELL_INCIDENTS: z.coerce.number().int().min(5, "can only be raised above 5").max(1000).default(5),
  SMALL_CELL_REPORTERS: z.coerce.number().int().min(3, "can only be raised above 3").max(1000).default(3),
  TRUSTED_PROXIES: z.string().default("").refine(areNetworks, "must be IP addresses or networks, such as 127.0.0.1, 10.0.0.0/8"),
  ROAD_SERVICE_URL: z
    .string()
    .regex(/^https?:\/\/[^\s?#@]+$/, "must be an http:// or https:// address without query or password")
    .optional(),
  OIDC_ISSUER: z.string().refine(isProvider, "must be an https:// address (http:// only on this computer)").optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL: z.string().max(60).default("OpenID Connect"),
});

const Environment = Settings.refine((e) => !e.OIDC_ISSUER || (e.OIDC_CLIENT_ID && e.OIDC_CLIENT_SECRET), {
  path: ["OIDC_ISSUER"],
  message: "needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET as well",
})
  .refine((e) => e.PROCESSES === 1 || e.DATABASE_URL !== undefined, {
    path: ["PROCESSES"],
    message: "takes a PostgreSQL server (DATABASE_URL): the embedded database belongs to one process",
  })
  .refine((e) => e.REPLICA_URL === undefined || e.DATABASE_URL !== undefined, {
    path: ["REPLICA_URL"],
    message: "needs DATABASE_URL, the server that it follows",
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
      const shown = /TOKEN|URL|SECRET/.test(name) ? "(hidden)" : JSON.stringify(present[name]);
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
    replicaUrl: e.REPLICA_URL ?? null,
    roadServiceUrl: e.ROAD_SERVICE_URL ?? null,
    processes: e.PROCESSES,
    dataDirectory: e.DATA_DIR,
    identityKeyFile: e.IDENTITY_KEY_FILE ?? (e.DATABASE_URL === undefined ? join(e.DATA_DIR, "identity-keys.json") : null),
    adminToken: e.ADMIN_TOKEN ?? null,
    // The demo signs everybody in who can reach the port: only ever on loopback.
    demo: e.DEMO === "on" && loopback.includes(e.HOST),
    timeZone: e.TIME_ZONE,
    allowedHosts: Object.freeze([...loopback, ...listOf(e.ALLOWED_HOSTS)]),
    logLevel: e.LOG_LEVEL,
    logFormat: e.LOG_FORMAT,
    rateLimit: e.RATE_LIMIT === "on",
    leastCell: Object.freeze({ incidents: e.SMALL_CELL_INCIDENTS, reporters: e.SMALL_CELL_REPORTERS }),
    trustedProxies: Object.freeze(listOf(e.TRUSTED_PROXIES)),
    openId: e.OIDC_ISSUER
      ? { issuer: e.OIDC_ISSUER, clientId: e.OIDC_CLIENT_ID ?? "", clientSecret: e.OIDC_CLIENT_SECRET ?? "", label: e.OIDC_LABEL }
      : null,
  });
}
