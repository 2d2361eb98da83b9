import { createHistogram } from "node:perf_hooks";

/** What one minute of a fixed rate came to. Latencies are counted from the moment a request was due, not from when it could be sent. */
export interface Measured {
  readonly planned: number;
  readonly answered: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly ratePerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** How late the sender itself was at the worst, so that a busy client is not taken for a slow service. */
  readonly senderLateMs: number;
  readonly megabytes: number;
}

/** Sends one request and resolves with its status and size; rejects where the connection broke. */
type Send = (number: number) => Promise<{ readonly status: number; readonly bytes: number }>;

const tickMs = 1;

/**
 * An open loop: request number n is due at n ÷ rate and is sent then, whatever came back of those before. A service that stands still for a second
 * is charged that second for every request that was due in it (what closed loops leave out is known as coordinated omission).
 */
export async function sendOnSchedule(send: Send, ratePerSecond: number, seconds: number): Promise<Measured> {
  const planned = Math.round(ratePerSecond * seconds);
  const histogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });
  const errors: Record<string, number> = {};
  const under = new Set<Promise<void>>();
  let [answered, bytes, senderLateMs] = [0, 0, 0];
  const begun = performance.now();
  const fail = (what: string): void => {
    errors[what] = (errors[what] ?? 0) + 1;
  };
  const one = (number: number, dueMs: number): void => {
    senderLateMs = Math.max(senderLateMs, performance.now() - dueMs);
    const sent: Promise<void> = send(number)
      .then((answer) => {
        histogram.record(Math.max(1, Math.round((performance.now() - dueMs) * 1000)));
        bytes += answer.bytes;
        if (answer.status >= 200 && answer.status < 300) answered++;
        else fail(`HTTP ${answer.status}`);
      })
      .catch((error: NodeJS.ErrnoException) => fail(error.code ?? error.message))
      .finally(() => under.delete(sent));
    under.add(sent);
  };
  await new Promise<void>((done) => {
    let number = 0;
    const timer = setInterval(() => {
      for (const now = performance.now(); number < planned; number++) {
        const dueMs = begun + (number * 1000) / ratePerSecond;
        if (dueMs > now) return;
        one(number, dueMs);
      }
      clearInterval(timer);
      done();
    }, tickMs);
  });
  await Promise.all(under);
  const secondsTaken = (performance.now() - begun) / 1000;
  const at = (percent: number): number => histogram.percentile(percent) / 1000;
  return {
    planned,
    answered,
    errors,
    ratePerSecond: answered / Math.max(seconds, secondsTaken),
    p50Ms: at(50),
    p99Ms: at(99),
    p999Ms: at(99.9),
    maxMs: histogram.max / 1000,
    senderLateMs,
    megabytes: bytes / 1e6,
  };
}
