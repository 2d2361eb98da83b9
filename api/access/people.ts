import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Request, Response } from "express";
import type { Database } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findSession, keepSession, removeSession, touchSession } from "../queries/sessions.ts";

export const sessionCookie = "waspada_session";
const absoluteHours = 12;
const idleMinutes = 60;

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Compares secrets in constant time, whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

export const administrator: Person = Object.freeze({ name: "admin", role: "admin", areas: null, isDemo: false });
export const demoPerson: Person = Object.freeze({ name: "demo", role: "admin", areas: Object.freeze(["99.01"]), isDemo: true });

function cookieOf(request: Request): string | null {
  for (const part of (request.header("cookie") ?? "").split(";")) {
    const [name, value] = part.trim().split("=");
    if (name === sessionCookie && value) return value;
  }
  return null;
}

/** A page of another site may ride on the cookie; its requests to change something are told by Origin and Sec-Fetch-Site. */
function refuseForeignPage(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.header("sec-fetch-site");
  const origin = request.header("origin");
  const isForeign =
    (site !== undefined && site !== "same-origin" && site !== "none") ||
    (origin !== undefined && new URL(origin, "http://null.invalid").host !== request.header("host"));
  if (isForeign) throw problem("wrong_origin", { value: origin ?? site });
}

/**
 * Who asks: by bearer token, else by the session cookie, else nobody (null).
 * @throws not-signed-in problems: 401 for a token or a session that is not valid (never treated as nobody).
 */
export function identifyWith(database: Database, adminToken: string | null, isDemoOn: () => boolean) {
  return async (request: Request, _response: Response): Promise<Person | null> => {
    const header = request.header("authorization");
    if (header !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
      if (token && adminToken && sameSecret(token, adminToken)) return administrator;
      throw problem("bad_credentials");
    }
    const cookie = cookieOf(request);
    if (!cookie) return null;
    const now = new Date();
    const kept = await findSession(database, hashOf(cookie), now, new Date(now.getTime() - idleMinutes * 60_000));
    if (!kept || (kept.isDemo && !isDemoOn())) return null;
    if (now.getTime() - Date.parse(kept.lastSeenAt) > 60_000) await touchSession(database, hashOf(cookie), now);
    refuseForeignPage(request);
    return { name: kept.personName, role: kept.role, areas: kept.areas, isDemo: kept.isDemo };
  };
}

/** Begins a session and gives the Set-Cookie header for it. */
export async function beginSession(database: Database, person: Person, isSecure: boolean): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const now = new Date();
  await keepSession(database, { tokenHash: hashOf(secret), person, now, expiresAt: new Date(now.getTime() + absoluteHours * 3_600_000) });
  return `${sessionCookie}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${absoluteHours * 3600}${isSecure ? "; Secure" : ""}`;
}

/** Ends the session of a request, if it has one, and gives the header that clears the cookie. */
export async function endSession(database: Database, request: Request): Promise<string> {
  const cookie = cookieOf(request);
  if (cookie) await removeSession(database, hashOf(cookie));
  return `${sessionCookie}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
}

/** Whether the person may see this area: everywhere, or inside one of the codes of the scope. */
export function maySee(person: Person, code: string): boolean {
  return person.areas === null || person.areas.some((scope) => code === scope || code.startsWith(`${scope}.`));
}
