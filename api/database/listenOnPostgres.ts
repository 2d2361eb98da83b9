import type pg from "pg";
import { makeListeners } from "./listeners.ts";

interface Listening {
  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const retryMs = 1_000;

/**
 * Listens on a connection of its own, made when the first listener comes and made again, with every channel, after it breaks. What is
 * announced while it is broken is not heard: whoever listens must also look at the tables now and then.
 */
export function listenOnPostgres(makeClient: () => pg.Client): Listening {
  const listeners = makeListeners();
  let client: pg.Client | null = null;
  let connecting: Promise<pg.Client> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;

  const connect = async (): Promise<pg.Client> => {
    const fresh = makeClient();
    fresh.on("error", () => lose(fresh));
    fresh.on("end", () => lose(fresh));
    fresh.on("notification", ({ channel, payload }) => listeners.deliver(channel, payload ?? ""));
    await fresh.connect();
    for (const channel of listeners.channels()) await fresh.query(`listen ${quoted(channel)}`);
    client = fresh;
    return fresh;
  };
  const connected = (): Promise<pg.Client> => {
    if (client !== null) return Promise.resolve(client);
    connecting ??= connect().finally(() => {
      connecting = null;
    });
    return connecting;
  };
  const lose = (lost: pg.Client): void => {
    if (client === lost) client = null;
    if (isClosed || retry !== null || listeners.channels().length === 0) return;
    retry = setTimeout(() => {
      retry = null;
      connected().catch(() => lose(lost));
    }, retryMs);
  };

  return {
    async listen(channel, handler) {
      const isNew = !listeners.channels().includes(channel);
      const remove = listeners.add(channel, handler);
      const current = await connected();
      if (isNew) await current.query(`listen ${quoted(channel)}`);
      return async () => {
        remove();
        if (!listeners.channels().includes(channel)) await client?.query(`unlisten ${quoted(channel)}`).catch(() => undefined);
      };
    },
    async close() {
      isClosed = true;
      if (retry !== null) clearTimeout(retry);
      await connecting?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;
