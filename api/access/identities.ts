import type { Request } from "express";
import type { Database } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findSession, touchSession } from "../queries/sessions.ts";
import { findToken, touchToken } from "../queries/tokens.ts";
import { readCookie, refuseForeignPage, sessionCookie } from "./cookies.ts";
import { asKeeper } from "./keeper.ts";
import { administrator, demoPerson, hashOf, sameHash } from "./people.ts";
import { holderOf } from "./rights.ts";

export const idleMinutes = 60;
const channel = "waspada_access";
// What was read stays true for so long where no word of a change arrives; a revocation has to count within a second.
const rememberedMilliseconds = 500;
const mostRemembered = 10_000;
const touchedAfterMilliseconds = 60_000;
const watchMilliseconds = 10_000;

interface Known {
  readonly person: Person | null;
  readonly kind: "session" | "token";
  lastSeen: number;
}
interface Remembered {
  readonly readAt: number;
  readonly known: Promise<Known>;
}

/** The start of the time within which a session must have been used. */
export const idleSince = (now: Date): Date => new Date(now.getTime() - idleMinutes * 60_000);

/** Tells who asks, from what the database holds about the person now, and tells all processes when that changes. */
export class Identities {
  readonly #database: Database;
  readonly #adminHash: string | null;
  readonly #isDemoOn: () => boolean;
  readonly #remembered = new Map<string, Remembered>();
  readonly #watchers = new Set<() => void>();
  #unlisten: (() => Promise<void>) | null = null;

  constructor(database: Database, adminToken: string | null, isDemoOn: () => boolean) {
    this.#database = database;
    this.#adminHash = adminToken ? hashOf(adminToken) : null;
    this.#isDemoOn = isDemoOn;
  }

  async start(): Promise<void> {
    this.#unlisten = await this.#database.listen(channel, () => this.#forget());
  }

  async stop(): Promise<void> {
    await this.#unlisten?.();
    this.#watchers.clear();
  }

  /** To be called after every change of a person, token or session: no process goes on with what it knew. */
  async changed(): Promise<void> {
    this.#forget();
    await this.#database.notify(channel, "{}");
  }

  /**
   * Who asks: by bearer token, else by the session cookie, else nobody (null).
   * @throws bad_credentials for a token that is not valid, never treated as nobody; wrong_origin.
   */
  async identify(request: Request): Promise<Person | null> {
    const isToken = request.header("authorization") !== undefined;
    const known = await this.#read(request);
    if (known === null) return null;
    if (known.person === null) {
      if (isToken) throw problem("bad_credentials");
      return null;
    }
    if (!isToken) refuseForeignPage(request);
    await this.#touch(known);
    return known.person;
  }

  /** Calls `end` once the person who asked may no longer do what it might when it asked; the returned function gives the watch up. */
  watch(request: Request, person: Person | null, end: () => void): () => void {
    const right = JSON.stringify(person);
    const look = (): void => {
      this.#read(request).then(
        (known) => JSON.stringify(known?.person ?? null) !== right && end(),
        // While the database is away nobody can be shut out, and nothing new is announced.
        () => undefined,
      );
    };
    const timer = setInterval(look, watchMilliseconds);
    timer.unref();
    this.#watchers.add(look);
    return () => {
      clearInterval(timer);
      this.#watchers.delete(look);
    };
  }

  #forget(): void {
    this.#remembered.clear();
    for (const look of this.#watchers) look();
  }

  async #read(request: Request): Promise<Known | null> {
    const header = request.header("authorization");
    if (header !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
      if (!token) throw problem("bad_credentials");
      const hash = hashOf(token);
      if (this.#adminHash && sameHash(hash, this.#adminHash)) return { person: administrator, kind: "token", lastSeen: Infinity };
      return this.#remember(`token ${hash}`, () => this.#ofToken(hash));
    }
    const cookie = readCookie(request, sessionCookie);
    if (cookie === null) return null;
    const hash = hashOf(cookie);
    return this.#remember(`session ${hash}`, () => this.#ofSession(hash));
  }

  #remember(key: string, read: () => Promise<Known>): Promise<Known> {
    const now = Date.now();
    const kept = this.#remembered.get(key);
    if (kept && now - kept.readAt < rememberedMilliseconds) return kept.known;
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
    const known = asKeeper(read);
    this.#remembered.set(key, { readAt: now, known });
    known.catch(() => this.#remembered.delete(key));
    return known;
  }

  async #ofToken(hash: string): Promise<Known> {
    const kept = await findToken(this.#database, hash, new Date());
    return { person: kept && holderOf(kept, "token"), kind: "token", lastSeen: Date.parse(kept?.lastSeenAt ?? "1970-01-01") };
  }

  async #ofSession(hash: string): Promise<Known> {
    const now = new Date();
    const kept = await findSession(this.#database, hash, now, idleSince(now));
    const lastSeen = Date.parse(kept?.lastSeenAt ?? "1970-01-01");
    if (kept?.kind === "demo") return { person: this.#isDemoOn() ? withId(demoPerson, kept.id) : null, kind: "session", lastSeen };
    if (kept?.kind === "bootstrap") {
      const isSame = this.#adminHash !== null && this.#adminHash === kept.bootstrapHash;
      return { person: isSame ? withId(administrator, kept.id) : null, kind: "session", lastSeen };
    }
    return { person: kept && holderOf(kept, "session"), kind: "session", lastSeen };
  }

  async #touch(known: Known): Promise<void> {
    const now = Date.now();
    const id = known.person?.credential?.id;
    if (!id || now - known.lastSeen < touchedAfterMilliseconds) return;
    known.lastSeen = now;
    await asKeeper(() =>
      this.#database.transaction((transaction) => (known.kind === "token" ? touchToken : touchSession)(transaction, id, new Date(now)), {
        durable: false,
      }),
    );
  }
}

const withId = (person: Person, id: string): Person =>
  person.credential ? Object.freeze({ ...person, credential: Object.freeze({ ...person.credential, id }) }) : person;
