import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeLedger, newTally, requestOf, sendBatch } from "../../scripts/drive/fuzz/batch.ts";
import { driveRaw, targetOf } from "../../scripts/drive/fuzz/drive.ts";
import { withFaults } from "../../scripts/drive/fuzz/hostile.ts";
import { changedTables, readLedger } from "../../scripts/drive/fuzz/ledger.ts";
import { furnish } from "../../scripts/drive/fuzz/place.ts";
import { curlLine } from "../../scripts/drive/fuzz/request.ts";
import { adminToken, startTestService, type TestService } from "../fixtures/service.ts";

const requests = 1500;
const folder = mkdtempSync(join(tmpdir(), "waspada-keys-"));
let service: TestService;
let client: pg.Client;
const ask = async <Row>(sql: string): Promise<Row[]> => (await client.query(sql)).rows as Row[];

beforeAll(async () => {
  let url = "";
  service = await startTestService("postgres", { IDENTITY_KEY_FILE: join(folder, "keys.json") }, async (database) => {
    url = (await database.query<{ name: string }>("select current_database() as name"))[0]?.name ?? "";
  });
  const { inject } = await import("vitest");
  const template = await (await fetch(`http://127.0.0.1:${inject("enginesPort")}/postgres`)).text();
  client = new pg.Client({ connectionString: template.replace(/\/waspada$/, `/${url}`) });
  await client.connect();
  await furnish({ url: service.url, token: adminToken });
}, 400_000);
afterAll(async () => {
  await client?.end();
  await service?.remove();
  rmSync(folder, { recursive: true, force: true });
});

// A slice of `npm run drive:fuzz`, which sends 100,000.
test(`${requests} generated requests are answered without a fault of ours, and change nothing but what was accepted`, {
  timeout: 400_000,
}, async () => {
  const target = await targetOf({ url: service.url, token: adminToken });
  const tally = newTally();
  const before = await readLedger(ask);
  const accepted = await sendBatch(target, 7, { from: 0, count: requests, lanes: 8 }, tally);
  judgeLedger(before, await readLedger(ask), accepted, "all", tally);
  expect(tally.faults).toEqual([]);
  expect(tally.requests).toBe(requests);
  const statuses = [...tally.byStatus.keys()];
  for (const met of [200, 201, 400, 401, 404, 405, 422]) expect(statuses).toContain(met);
});

test("what is no HTTP is refused or dropped, and everybody else is answered", { timeout: 400_000 }, async () => {
  expect(await driveRaw({ url: service.url, token: adminToken })).toEqual([]);
});

test("a number always gives the same request, another number another, and a line for a shell says it", async () => {
  const target = await targetOf({ url: service.url, token: adminToken });
  const told = (number: number): string => curlLine(target.url, requestOf(target, 3, number));
  expect(told(5)).toBe(told(5));
  expect(new Set(Array.from({ length: 50 }, (_, number) => told(number))).size).toBeGreaterThan(45);
  expect(curlLine("http://h", { method: "PUT", path: "/a?b='", headers: { x: "it's" }, body: "{}" })).toBe(
    `curl -sS -i --path-as-is -X 'PUT' -H 'x: it'\\''s' --data-binary '{}' 'http://h/a?b='\\'''`,
  );
});

test("the ledger sees one letter changed in one row", async () => {
  const before = await readLedger(ask);
  await client.query("update incident set facts = facts || '.' where id = (select id from incident limit 1)");
  expect(changedTables(before, await readLedger(ask))).toEqual(["incident"]);
});

test.each([
  ["replace", '{"a":{"b":null},"c":2}'],
  ["leave out", '{"a":{},"c":2}'],
  ["add", '{"a":{"b":1,"asing":null},"c":2}'],
  ["twice", '{"a":{"b":null,"b":1},"c":2}'],
] as const)("a fault put in by %s", (how, expected) => {
  expect(withFaults({ a: { b: 1 }, c: 2 }, [{ place: 2, how, value: null }])).toBe(expected);
});
