import { randomUUID } from "node:crypto";
import { Pool } from "undici";

/** What the writers found; faults are what must not be. */
export interface OwnReads {
  readonly acknowledged: readonly string[];
  readonly reads: number;
  /** Own writes that a read after their acknowledgement did not show. */
  readonly stale: readonly string[];
  /** Answers that told to come again later, and were asked again. */
  readonly busy: number;
  /** Answers of 500 and more, or other than asked for. */
  readonly wrong: readonly string[];
  /** Requests that got no answer: when they were sent, and when that was known. */
  readonly broken: readonly { readonly sentMs: number; readonly atMs: number; readonly what: string }[];
  /** Milliseconds from the moment a report was due to its acknowledgement, ascending. */
  readonly acknowledgedAfterMs: readonly number[];
}

interface Reply {
  readonly status: number;
  readonly etag: string | undefined;
  readonly text: string;
}

/**
 * Files a report every so often and reads it back at once over whichever connection is free, then replaces it and reads it again; the page of its village
 * is read as well. Each report is due on schedule, whatever came of those before. One that got no answer is sent again as it was.
 */
export function writeAndRead(
  address: string,
  options: {
    readonly token: string;
    readonly villages: readonly string[];
    readonly ratePerSecond: number;
    readonly connections: number;
    readonly begun: number;
  },
): { readonly stop: () => Promise<OwnReads> } {
  const pool = new Pool(address, { connections: options.connections, pipelining: 1, headersTimeout: 20_000, bodyTimeout: 20_000 });
  const acknowledged: string[] = [];
  const stale: string[] = [];
  const wrong: string[] = [];
  const broken: { sentMs: number; atMs: number; what: string }[] = [];
  const acknowledgedAfterMs: number[] = [];
  const under = new Set<Promise<void>>();
  let [reads, busy] = [0, 0];

  const ask = async (method: "GET" | "POST" | "PUT", path: string, body?: unknown, match?: string): Promise<Reply> => {
    for (let tries = 1; ; tries++) {
      const sentMs = Math.round(performance.now() - options.begun);
      try {
        const answer = await pool.request({
          method,
          path,
          headers: {
            authorization: `Bearer ${options.token}`,
            ...(body === undefined ? {} : { "content-type": "application/geo+json" }),
            ...(match === undefined ? {} : { "if-match": match }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if (answer.statusCode === 503) {
          busy++;
          await answer.body.dump();
          await new Promise((wait) => setTimeout(wait, 1000 * Number(answer.headers["retry-after"] ?? 1)));
          continue;
        }
        const etag = answer.headers.etag;
        return { status: answer.statusCode, etag: typeof etag === "string" ? etag : undefined, text: await answer.body.text() };
      } catch (error) {
        broken.push({
          sentMs,
          atMs: Math.round(performance.now() - options.begun),
          what: `${method} ${(error as NodeJS.ErrnoException).code ?? error}`,
        });
        if (tries >= 5) throw error;
      }
    }
  };
  const readBack = async (path: string, etag: string, facts: string): Promise<void> => {
    const read = await ask("GET", path);
    reads++;
    if (read.status >= 500) wrong.push(`GET ${path}: ${read.status}`);
    else if (read.status !== 200 || read.etag !== etag || !read.text.includes(facts))
      stale.push(`${path}: ${read.status} ${read.etag}, not ${etag}`);
  };
  const one = async (number: number, dueMs: number): Promise<void> => {
    const id = randomUUID();
    const village = options.villages[(number * 7919) % options.villages.length];
    const path = `/api/collections/incidents/items/${id}`;
    const feature = (facts: string) => ({
      type: "Feature",
      id,
      geometry: null,
      properties: { village_code: village, occurred_from: "2026-03-01", issue: "404", form: "F3", facts },
    });
    const [first, second] = [`Laporan ${number} pertama`, `Laporan ${number} kedua`];
    const made = await ask("POST", "/api/collections/incidents/items", feature(first));
    if (made.status !== 201 && made.status !== 200) {
      wrong.push(`POST ${id}: ${made.status} ${made.text.slice(0, 200)}`);
      return;
    }
    acknowledged.push(id);
    acknowledgedAfterMs.push(performance.now() - dueMs);
    await readBack(path, '"1"', first);
    const page = await ask("GET", `/api/collections/incidents/items?village_code=${village}&limit=10000`);
    reads++;
    if (page.status >= 500) wrong.push(`GET page: ${page.status}`);
    else if (!page.text.includes(id)) stale.push(`the page of ${village} without ${id}`);
    const changed = await ask("PUT", path, feature(second), '"1"');
    // Sent again after a broken connection, it may have been done the first time.
    if (changed.status !== 200 && changed.status !== 412) wrong.push(`PUT ${id}: ${changed.status} ${changed.text.slice(0, 200)}`);
    else await readBack(path, '"2"', second);
  };
  let number = 0;
  const timer = setInterval(() => {
    for (; options.begun + (number * 1000) / options.ratePerSecond <= performance.now(); number++) {
      const dueMs = options.begun + (number * 1000) / options.ratePerSecond;
      const work: Promise<void> = one(number, dueMs)
        .catch((error: Error) => void wrong.push(error.message))
        .finally(() => under.delete(work));
      under.add(work);
    }
  }, 5);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
      await pool.close();
      acknowledgedAfterMs.sort((a, b) => a - b);
      return { acknowledged, reads, busy, stale, wrong, broken, acknowledgedAfterMs };
    },
  };
}
