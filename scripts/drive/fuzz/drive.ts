import { driveToken } from "../service/life.ts";
import { judgeLedger, newTally, sendBatch, type Target } from "./batch.ts";
import type { EnginePlace } from "./enginePlace.ts";
import { readLedger } from "./ledger.ts";
import { ask, type Door, furnish, lookAround } from "./place.ts";
import { rawRequests, sendRaw } from "./rawRequests.ts";
import { anyRequest, operationsOf } from "./requests.ts";

const batchSize = 250;
const lanes = 8;
const idlePollMs = 100;
/** Resident memory that the service may take while it is sent small requests. */
const mostMegabytes = 1500;

/** Waits until no job is under way, so that what it does is not taken for the next batch's doing. */
async function waitUntilIdle(door: Door): Promise<void> {
  for (;;) {
    const { jobs } = await ask<{ jobs: { status: string }[] }>(door, "/api/jobs");
    if (!jobs.some(({ status }) => status === "accepted" || status === "running")) return;
    await new Promise((resume) => setTimeout(resume, idlePollMs));
  }
}

/** What the drive aims at: every operation of the service's document, with what exists in it. */
export async function targetOf(door: Door, processorSeconds?: () => number): Promise<Target> {
  const document = await ask<Parameters<typeof operationsOf>[0]>(door, "/api/openapi.json");
  const arbitrary = anyRequest(operationsOf(document), await lookAround(door), door.token);
  return { url: door.url, arbitrary, ...(processorSeconds ? { processorSeconds } : {}) };
}

/** Sends what only a bare connection can, and tells what was answered wrongly. */
export async function driveRaw(door: Door): Promise<string[]> {
  const faults: string[] = [];
  for (const raw of rawRequests) {
    const status = await sendRaw(door.url, door.token, raw);
    if (!raw.answers.includes(status)) faults.push(`${raw.name}: ${status}, must be ${raw.answers.join(" or ")}`);
    const { ok } = await fetch(`${door.url}/api/health`);
    if (!ok) faults.push(`${raw.name}: nobody else is answered after it`);
  }
  return faults;
}

/** Sends generated requests in batches, looks after each at every table and at the memory, and tells faults as they come. */
export async function driveRequests(
  { service, askDatabase }: EnginePlace,
  { requests, seed, from }: { requests: number; seed: number; from: number },
): Promise<readonly string[]> {
  const door = { url: service.url, token: driveToken };
  await furnish(door);
  const target = await targetOf(door, service.processorSeconds);
  const tally = newTally();
  tally.faults.push(...(await driveRaw(door)));
  const began = performance.now();
  let told = 0;
  let ledger = askDatabase && (await readLedger(askDatabase));
  for (let number = from; number < from + requests; number += batchSize) {
    const count = Math.min(batchSize, from + requests - number);
    const accepted = await sendBatch(target, seed, { from: number, count, lanes }, tally);
    if (!service.isAlive()) {
      tally.faults.push(`the service ended between numbers ${number} and ${number + count}\n${service.takeLog().slice(-2000)}`);
      break;
    }
    await waitUntilIdle(door);
    if (askDatabase && ledger) {
      const after = await readLedger(askDatabase);
      judgeLedger(ledger, after, accepted, `numbers ${number} to ${number + count}`, tally);
      ledger = after;
    }
    const memory = service.memory();
    if (memory.now > mostMegabytes) tally.faults.push(`${memory.now} MB resident after number ${number + count}`);
    for (const fault of tally.faults.slice(told)) console.log(`FAULT ${fault}`);
    told = tally.faults.length;
    const log = service.takeLog();
    for (const line of log.split("\n")) if (/"level":(50|60)/.test(line)) console.log(line.slice(0, 1500));
    if ((number / batchSize) % 20 === 0) {
      const minutes = ((performance.now() - began) / 60_000).toFixed(1);
      console.log(`${number + count} sent, ${tally.accepted} accepted, ${memory.now} MB (highest ${memory.highest}), ${minutes} min`);
    }
  }
  const statuses = [...tally.byStatus].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(`\n${tally.requests} requests, seed ${seed}: ${statuses.join(", ")}`);
  console.log(
    `${tally.accepted} changed something in due form; slowest refusal or reading ${Math.round(tally.slowestMilliseconds)} ms, ${tally.late} late and ${tally.busy} asked again while the machine was busy; memory at most ${service.memory().highest} MB`,
  );
  return tally.faults;
}
