import { createHistogram } from "node:perf_hooks";
import pg from "pg";
import { pino } from "pino";
import { readConfig } from "../../../api/config.ts";
import { startService } from "../../../api/server.ts";
import { anew, recordStatements, type Statement } from "./recorder.ts";
import { type Region, requestsOf, type WorkName } from "./works.ts";

/** What the drive tells the process that runs the bare statements. */
export interface BareOrder {
  readonly databaseUrl: string;
  readonly region: Region;
  readonly works: readonly WorkName[];
  readonly samples: number;
  readonly seconds: number;
  readonly connections: number;
  readonly seed: number;
}

/** How fast `pg` alone runs the statements behind one kind of request. */
export interface Bare {
  readonly work: WorkName;
  readonly statements: number;
  readonly ratePerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const token = "uji-beban-0123456789abc";

/** Statements of requests that find nothing kept: each is asked with new parameters, of a service that has just been started. */
async function samplesOf(url: string, order: BareOrder, work: WorkName, seen: () => Statement[][]): Promise<Statement[][]> {
  const next = requestsOf(work, order.region, order.seed + 1);
  seen();
  for (let sample = 0; sample < order.samples; sample++) {
    const { method, path, body } = next();
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/geo+json" } : {}) },
      ...(body ? { body } : {}),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  }
  return seen().filter((statements) => statements.length > 0);
}

async function replay(order: BareOrder, work: WorkName, samples: readonly Statement[][]): Promise<Bare> {
  const histogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });
  const until = performance.now() + order.seconds * 1000;
  let done = 0;
  const one = async (index: number): Promise<void> => {
    const client = new pg.Client({ connectionString: order.databaseUrl, options: "-c TimeZone=Asia/Jakarta" });
    await client.connect();
    for (let at = index; performance.now() < until; at++) {
      const statements = anew(samples[at % samples.length] ?? []);
      const begun = performance.now();
      for (const { name, text, values } of statements)
        await client.query({ text, ...(name ? { name } : {}), ...(values ? { values: [...values] } : {}) });
      histogram.record(Math.max(1, Math.round((performance.now() - begun) * 1000)));
      done++;
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: order.connections }, (_, index) => one(index)));
  return {
    work,
    statements: samples.reduce((sum, sample) => sum + sample.length, 0) / samples.length,
    ratePerSecond: done / order.seconds,
    p50Ms: histogram.percentile(50) / 1000,
    p99Ms: histogram.percentile(99) / 1000,
  };
}

process.once("message", async (order: BareOrder) => {
  const seen = recordStatements();
  const config = readConfig({ PORT: "0", DEMO: "off", RATE_LIMIT: "off", ADMIN_TOKEN: token, DATABASE_URL: order.databaseUrl });
  const service = await startService(config, pino({ level: "silent" }));
  const recorded: [WorkName, Statement[][]][] = [];
  for (const work of order.works) recorded.push([work, await samplesOf(service.url, order, work, seen)]);
  await service.close();
  for (const [work, samples] of recorded) {
    if (samples.length > 0) process.send?.(await replay(order, work, samples));
  }
  process.disconnect();
});
