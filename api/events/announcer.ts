import type { Response } from "express";
import { type Database, DatabaseAway } from "../database/database.ts";

/** What is announced: ids only, so that nobody learns from an event what they may not read. `area` decides who hears it. */
export interface Announcement {
  readonly event: "run" | "incident" | "import" | "alert";
  readonly area: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

const channel = "waspada_events";
const heartbeatMilliseconds = 20_000;
const mostListeners = 1000;
/** What a listener has not read yet; one that does not read at all is cut off, and comes again if it lives. */
const mostUnreadBytes = 1_000_000;

/** Passes announcements of any process of this database on to the browsers and scripts that listen. */
export class Announcer {
  readonly #database: Database;
  readonly #listeners = new Map<Response, (area: string | null) => boolean>();
  #unlisten: (() => Promise<void>) | null = null;
  #heartbeat: NodeJS.Timeout | null = null;
  #number = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  async start(): Promise<void> {
    this.#unlisten = await this.#database.listen(channel, (payload) => this.#deliver(JSON.parse(payload) as Announcement));
    this.#heartbeat = setInterval(() => this.#write(": masih di sini\n\n", () => true), heartbeatMilliseconds);
    this.#heartbeat.unref();
  }

  /** Tells everybody, after the commit that it is about. What was stored stays stored and is answered so, even if nobody can be told of it now. */
  async announce(announcement: Announcement): Promise<void> {
    await this.#database.notify(channel, JSON.stringify(announcement)).catch((error: unknown) => {
      if (!(error instanceof DatabaseAway)) throw error;
    });
  }

  /** Whether one more listener fits. */
  get hasRoom(): boolean {
    return this.#listeners.size < mostListeners;
  }

  /** Takes a connection over as a stream of server-sent events until it closes. */
  subscribe(response: Response, mayHear: (area: string | null) => boolean): void {
    response
      .status(200)
      .set({ "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no" });
    response.flushHeaders();
    response.write("retry: 2000\n\n");
    this.#listeners.set(response, mayHear);
    response.on("close", () => this.#listeners.delete(response));
  }

  async stop(): Promise<void> {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    for (const response of this.#listeners.keys()) response.end();
    this.#listeners.clear();
    await this.#unlisten?.();
  }

  #deliver({ event, area, data }: Announcement): void {
    this.#number += 1;
    this.#write(`id: ${this.#number}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`, (mayHear) => mayHear(area));
  }

  #write(text: string, isFor: (mayHear: (area: string | null) => boolean) => boolean): void {
    for (const [response, mayHear] of this.#listeners) {
      if (!isFor(mayHear)) continue;
      if (response.writableLength > mostUnreadBytes) response.destroy();
      else response.write(text);
    }
  }
}
