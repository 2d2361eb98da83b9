import type { Request, RequestHandler, Response } from "express";
import type { z } from "zod";
import { endWithPieces } from "./answering/sendingBuffers.ts";
import { type RoleName, roles } from "./contract/people.ts";
import { isStorable } from "./contract/sentProperties.ts";
import { actAs } from "./database/actor.ts";
import { problem } from "./problem.ts";

export type Role = RoleName;

/** How a person proved who it is, and what follows from that. */
export interface Credential {
  readonly kind: "session" | "token" | "bootstrap" | "demo";
  /** The id of the session or the token; null for the bootstrap token. */
  readonly id: string | null;
  /** A token that only reads. */
  readonly isReadOnly: boolean;
  /** An admin reset the password: nothing else until it is changed. */
  readonly mustChangePassword: boolean;
  /** When the token ends that was used; null for never, and for sessions. */
  readonly expiresAt: string | null;
}

/** Who asks. `areas` null means everywhere; otherwise a list of codes, each covering all inside it. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly areas: readonly string[] | null;
  readonly isDemo: boolean;
  readonly credential?: Credential;
}

/** What a handler is given: everything already read and checked. */
export interface Asked<Query = Record<string, never>, Body = undefined> {
  readonly person: Person;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly header: (name: string) => string | undefined;
  /** The address as asked for, to make links from: `http://127.0.0.1:8080/api/…`. */
  readonly url: URL;
  readonly request: Request;
}

/** What a handler returns. The answer is sent after it returns, so whatever it stored is committed by then. */
export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text and bytes as they are, a list of bytes as one body, nothing as an empty answer. */
  readonly body?: unknown;
  /** For what never ends, such as server-sent events: takes the connection over. */
  readonly stream?: (response: Response) => void;
}

export interface Route {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** In OpenAPI's spelling: `/api/jobs/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** Every route says who may use it; there is no default. */
  readonly who: "anyone" | readonly Role[];
  /** Not for the demo's account: people, tokens, the audit trail. */
  readonly isClosedToDemo?: boolean;
  /** Open to somebody who has to change the password first. */
  readonly isOpenBeforePasswordChange?: boolean;
  readonly query?: z.ZodType;
  /** `json`: read and checked before the handler; `stream`: the handler reads the request itself. */
  readonly body?:
    | {
        readonly kind: "json";
        readonly types: readonly string[];
        readonly limit: number;
        readonly schema?: z.ZodType;
        /** Nothing may be sent at all; the handler gets undefined. */
        readonly isOptional?: boolean;
      }
    | { readonly kind: "stream"; readonly types: readonly string[] };
  readonly answers: Readonly<
    Record<
      number,
      { readonly description: string; readonly types?: Readonly<Record<string, z.ZodType | null>>; readonly headers?: readonly string[] }
    >
  >;
  readonly handle: (asked: Asked<never, never>) => Promise<Answer>;
}

export const everyRole: readonly Role[] = roles;
export const filingRoles: readonly Role[] = ["reporter", "partner", "analyst", "leader", "verifier", "admin"];

/** Declares a route with the types of its query and body tied to its handler. */
export function route<Query = Record<string, never>, Body = undefined>(
  declared: Omit<Route, "handle" | "query" | "body"> & {
    readonly query?: z.ZodType<Query>;
    readonly body?: Route["body"];
    readonly handle: (asked: Asked<Query, Body>) => Promise<Answer>;
  },
): Route {
  return declared as unknown as Route;
}

/** What no table can hold cannot be looked up in one either. */
function refuseUnstorable(field: string, value: string | undefined): void {
  if (value !== undefined && !isStorable(value))
    throw problem("invalid_parameter", { field, value, expected: "teks tanpa NUL / text without NUL" });
}

/** Reads the query against its schema. Unknown parameters and repeated ones are refused, since a misspelt filter that is ignored shows wrong data. */
function readQuery(declared: Route, request: Request): unknown {
  const raw: Record<string, string> = {};
  const begin = request.originalUrl.indexOf("?");
  const text = begin < 0 ? "" : (request.originalUrl.slice(begin + 1).split("#", 1)[0] ?? "");
  for (const [field, value] of new URLSearchParams(text)) {
    // Set, it would become the object's prototype and silently vanish.
    if (field === "__proto__") throw problem("unknown_parameter", { field, expected: parameterNames(declared.query).join(", ") });
    if (Object.hasOwn(raw, field)) throw problem("invalid_parameter", { field, value, expected: "satu nilai / one value" });
    refuseUnstorable(field, value);
    raw[field] = value;
  }
  if (!declared.query) return {};
  const parsed = declared.query.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.code === "unrecognized_keys")
    throw problem("unknown_parameter", { field: issue.keys[0], expected: parameterNames(declared.query).join(", ") });
  const field = String(issue?.path[0] ?? "");
  throw problem("invalid_parameter", { field, value: raw[field], expected: issue?.message });
}

/** The names of the query parameters that a schema knows. */
export function parameterNames(schema: z.ZodType | undefined): string[] {
  return Object.keys((schema as unknown as { shape?: Record<string, unknown> } | undefined)?.shape ?? {});
}

function sameTag(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag.replace(/^W\//, ""));
}

const isPieces = (body: unknown): body is readonly Uint8Array[] => Array.isArray(body) && body.length > 0 && body[0] instanceof Uint8Array;

function send(request: Request, response: Response, answer: Answer, watch: (end: () => void) => () => void): void {
  if (answer.stream) {
    answer.stream(response);
    response.on(
      "close",
      watch(() => response.end()),
    );
    return;
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const etag = answer.headers?.ETag;
  if (etag && (request.method === "GET" || request.method === "HEAD") && sameTag(request.header("if-none-match"), etag)) {
    response.status(304).end();
    return;
  }
  response.status(answer.status ?? 200);
  if (answer.body === undefined) response.end();
  else if (typeof answer.body === "string") response.type(answer.type ?? "text/plain").send(answer.body);
  else if (answer.body instanceof Uint8Array) {
    response.setHeader("Content-Type", answer.type ?? "application/octet-stream");
    response.setHeader("Content-Length", answer.body.length);
    response.end(answer.body);
  } else if (isPieces(answer.body)) {
    response.setHeader("Content-Type", answer.type ?? "application/octet-stream");
    endWithPieces(response, answer.body);
  } else response.setHeader("Content-Type", answer.type ?? "application/json; charset=utf-8").send(JSON.stringify(answer.body));
}

export interface EndpointParts {
  readonly identify: (request: Request) => Promise<Person | null>;
  /** Ends what goes on for long once the person may no longer do what it might when it asked; returns how to give the watch up. */
  readonly watch: (request: Request, person: Person | null, end: () => void) => () => void;
  readonly parseJson: (text: string) => unknown;
  /** Runs work that only reads, on the replica where that will do. */
  readonly reading: (work: () => Promise<Answer>) => Promise<Answer>;
  /** Does the work of a request and notes in the audit trail what it changes and reads. */
  readonly trail: (declared: Route, asked: Asked<never, never>, work: () => Promise<Answer>) => Promise<Answer>;
}

/** Reads at most `limit` bytes. @throws body_too_large; what is still being sent is let run out before the answer (app.ts). */
async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = () => problem("body_too_large", { limit: `${Math.round(limit / 1e6)} MB` });
  if (Number(request.header("content-length") ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed when given up, so that the rest can run out before the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function readBody(declared: NonNullable<Route["body"]>, request: Request, parts: EndpointParts): Promise<unknown> {
  const isNothing = request.header("transfer-encoding") === undefined && Number(request.header("content-length") ?? 0) === 0;
  if (declared.kind === "json" && declared.isOptional && isNothing) return undefined;
  const type = (request.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!declared.types.includes("*/*") && !declared.types.includes(type)) {
    throw problem("wrong_media_type", { value: type, expected: declared.types.join(", ") });
  }
  if (declared.kind === "stream") return undefined;
  const value = parts.parseJson(await readText(request, declared.limit));
  if (!declared.schema) return value;
  const parsed = declared.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.code === "unrecognized_keys") throw problem("unknown_field", { field: issue.keys[0] });
  throw problem("invalid_field", {
    field: issue?.path.join(".") || "(isi/body)",
    value: secretFields.has(String(issue?.path.at(-1))) ? "(…)" : valueAt(value, issue?.path ?? []),
    expected: issue?.message,
  });
}

// What is never said back, not even to who sent it: answers are kept in logs and on screens.
const secretFields = new Set(["password", "current", "token", "code", "link"]);

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

const nobody: Person = { name: "anonymous", role: "viewer", areas: [], isDemo: false };

/** What a role allows and the way somebody signed in does not. */
function refuseByCredential(declared: Route, { isDemo, credential }: Person): void {
  if (isDemo && declared.isClosedToDemo) throw problem("not_in_demo");
  if (credential?.isReadOnly && declared.method !== "get") throw problem("read_only_token");
  if (credential?.mustChangePassword && !declared.isOpenBeforePasswordChange) throw problem("password_change_required");
}

/** Turns a declared route into an express handler: who, query, body, handler, answer; every failure goes to express's error handler. */
export function endpoint(declared: Route, parts: EndpointParts): RequestHandler {
  return async (request, response) => {
    const person = await parts.identify(request);
    if (declared.who !== "anyone") {
      if (!person) throw problem("not_signed_in");
      if (!declared.who.includes(person.role)) throw problem("not_allowed", { role: person.role });
      refuseByCredential(declared, person);
    }
    for (const [field, value] of Object.entries(request.params as Record<string, string>)) refuseUnstorable(field, value);
    const query = readQuery(declared, request);
    const body = declared.body ? await readBody(declared.body, request, parts) : undefined;
    const host = request.header("host") ?? "127.0.0.1";
    // Made when it is asked for: most answers have no links.
    let url: URL | undefined;
    const asked = {
      person: person ?? nobody,
      path: request.params as Record<string, string>,
      query,
      body,
      header: (name: string) => request.header(name),
      get url() {
        url ??= new URL(request.originalUrl, `${request.protocol}://${host}`);
        return url;
      },
      request,
    };
    const given = asked as unknown as Asked<never, never>;
    // From here the database sees the person in every statement, also in those of an answer that is still being read while it is sent.
    await actAs(given.person, async () => {
      const handle = (): Promise<Answer> => declared.handle(given);
      const answer = await parts.trail(declared, given, declared.method === "get" ? () => parts.reading(handle) : handle);
      send(request, response, answer, (end) => parts.watch(request, person, end));
    });
  };
}
