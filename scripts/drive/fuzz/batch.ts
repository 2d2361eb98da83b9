import fc from "fast-check";
import { changedTables, isExplained, type Ledger } from "./ledger.ts";
import { curlLine, type FuzzAnswer, type FuzzRequest, send } from "./request.ts";
import { isAcceptedWrite, isWork, judge, mostMilliseconds } from "./verdict.ts";

/** What a run of requests came to. */
export interface Tally {
  requests: number;
  readonly byStatus: Map<number, number>;
  /** Requests that changed something in due form. */
  accepted: number;
  slowestMilliseconds: number;
  /** Answers later than five seconds although the service itself took less processor time than that. */
  late: number;
  /** Answers of 503 with Retry-After, asked again as told. */
  busy: number;
  readonly faults: string[];
}

export const newTally = (): Tally => ({
  requests: 0,
  byStatus: new Map(),
  accepted: 0,
  slowestMilliseconds: 0,
  late: 0,
  busy: 0,
  faults: [],
});

export interface Target {
  readonly url: string;
  readonly arbitrary: fc.Arbitrary<FuzzRequest>;
  /** Seconds of processor time of the service, where they can be told. */
  readonly processorSeconds?: () => number;
}

/** The request of a seed and a number: always the same on the same furnished service. */
export function requestOf({ arbitrary }: Target, seed: number, number: number): FuzzRequest {
  return fc.sample(arbitrary, { seed: seedOf(seed, number), numRuns: 1 })[0] as FuzzRequest;
}

const seedOf = (seed: number, number: number): number => (Math.imul(seed, 0x9e3779b1) + number) | 0;

function judgeTime(target: Target, request: FuzzRequest, answer: FuzzAnswer, processorSeconds: number, tally: Tally): string | null {
  if (isWork(request, answer)) return null;
  tally.slowestMilliseconds = Math.max(tally.slowestMilliseconds, answer.milliseconds);
  if (answer.milliseconds <= mostMilliseconds) return null;
  if (target.processorSeconds && processorSeconds * 1000 < mostMilliseconds) {
    tally.late++;
    return null;
  }
  return `the answer took ${Math.round(answer.milliseconds)} ms`;
}

/** Sends the smallest request that still fails, and gives it as a line for a shell. */
async function smallest(target: Target, seed: number, number: number): Promise<string> {
  const property = fc.asyncProperty(target.arbitrary, async (request) => judge(request, await send(target.url, request)) === null);
  const found = await fc.check(property, { seed: seedOf(seed, number), numRuns: 1, interruptAfterTimeLimit: 60_000 });
  const request = (found.counterexample?.[0] as FuzzRequest | undefined) ?? requestOf(target, seed, number);
  return curlLine(target.url, request);
}

const mostTries = 6;

/** Sends it, and again where the service says that it is too busy now; what it says six times stands. */
async function sendPatiently(target: Target, request: FuzzRequest, tally: Tally): Promise<FuzzAnswer> {
  for (let tries = 1; ; tries++) {
    const answer = await send(target.url, request);
    const seconds = Number(answer.headers["retry-after"]);
    if (answer.status !== 503 || !(seconds > 0) || tries === mostTries) return answer;
    tally.busy++;
    await new Promise((resume) => setTimeout(resume, 1000 * seconds));
  }
}

/** Sends the requests of these numbers, a few at once, and judges each. Gives the addresses of accepted writes. */
export async function sendBatch(
  target: Target,
  seed: number,
  { from, count, lanes }: { from: number; count: number; lanes: number },
  tally: Tally,
): Promise<string[]> {
  const accepted: string[] = [];
  let next = from;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < from + count; number = next++) {
      const request = requestOf(target, seed, number);
      const began = target.processorSeconds?.() ?? 0;
      const answer = await sendPatiently(target, request, tally);
      const spent = (target.processorSeconds?.() ?? 0) - began;
      tally.requests++;
      tally.byStatus.set(answer.status, (tally.byStatus.get(answer.status) ?? 0) + 1);
      if (isAcceptedWrite(request, answer)) accepted.push(request.path);
      const wrong = judge(request, answer);
      const slow = judgeTime(target, request, answer, spent, tally);
      if (wrong !== null) tally.faults.push(`seed ${seed} number ${number}: ${wrong}\n    ${await smallest(target, seed, number)}`);
      else if (slow !== null) tally.faults.push(`seed ${seed} number ${number}: ${slow}\n    ${curlLine(target.url, request)}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  tally.accepted += accepted.length;
  return accepted;
}

/** Adds a fault for each table that changed without an accepted request that explains it. */
export function judgeLedger(before: Ledger, after: Ledger, accepted: readonly string[], where: string, tally: Tally): void {
  for (const table of changedTables(before, after)) {
    if (!isExplained(table, accepted))
      tally.faults.push(`${where}: ${table} changed from ${before.get(table)} to ${after.get(table)}, and nothing accepted explains it`);
  }
}
