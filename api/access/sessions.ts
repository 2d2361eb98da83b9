import { randomBytes, randomUUID } from "node:crypto";
import type { Request } from "express";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { keepSession, removeSessionOf } from "../queries/sessions.ts";
import { cookieHeader, readCookie, sessionCookie } from "./cookies.ts";
import { hashOf } from "./people.ts";

const absoluteHours = 12;
const longestAgent = 200;

/** Begins a session for whoever proved to be the person, and gives the Set-Cookie header for it. It lasts no longer than the token it was begun with. */
export async function beginSession(transaction: Transaction, request: Request, person: Person, adminToken: string | null): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const now = new Date();
  const { credential } = person;
  const kind = credential?.kind === "session" || credential === undefined ? "person" : credential.kind;
  await keepSession(transaction, {
    id: randomUUID(),
    tokenHash: hashOf(secret),
    personName: person.name,
    kind,
    tokenId: kind === "token" ? (credential?.id ?? null) : null,
    bootstrapHash: kind === "bootstrap" && adminToken !== null ? hashOf(adminToken) : null,
    agent: (request.header("user-agent") ?? "").slice(0, longestAgent),
    now,
    expiresAt: new Date(now.getTime() + absoluteHours * 3_600_000),
  });
  return cookieHeader(request, sessionCookie, secret, absoluteHours * 3600);
}

/** Ends the session that a request rides on, if there is one, and gives the header that clears the cookie. */
export async function endSession(transaction: Transaction, request: Request): Promise<string> {
  const secret = readCookie(request, sessionCookie);
  if (secret !== null) await removeSessionOf(transaction, hashOf(secret));
  return cookieHeader(request, sessionCookie, "", 0);
}
