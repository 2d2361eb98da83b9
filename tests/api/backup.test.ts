import { createHash } from "node:crypto";
import { mkdtemp, open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkBackup } from "../../api/backup/read.ts";
import { readConfig } from "../../api/config.ts";
import { shippedMigrations } from "../../api/database/migrate.ts";
import { openDatabase } from "../../api/database/open.ts";
import { keptTables } from "../../api/queries/backup.ts";
import { restore } from "../../api/restore.ts";
import { type Engine, emptyPlace, engines } from "../fixtures/database.ts";
import { type FilledService, filledService } from "../fixtures/filledService.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waspada-backup-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every row of every table that lasts, as text, in an order of its own. */
async function allRows(options: Parameters<typeof openDatabase>[0]): Promise<Record<string, string[]>> {
  const database = await openDatabase({ ...options, withoutRules: true });
  try {
    const rows: Record<string, string[]> = {};
    for (const { table, columns } of await keptTables(database)) {
      const listed = columns.map((column) => `"${column}"::text`).join(", ");
      const found = await database.query<{ row: string }>(`select row(${listed})::text as row from "${table}" order by 1`);
      rows[table] = found.map(({ row }) => row);
    }
    return rows;
  } finally {
    await database.close();
  }
}

async function restoredInto(engine: Engine, file: string): Promise<Record<string, string[]>> {
  const place = await emptyPlace(engine);
  try {
    await restore(readConfig(place.environment), file);
    return await allRows(place.options);
  } finally {
    await place.remove();
  }
}

/** Waits until what was filed is assessed and nothing more is published: else rows would be added between the backup and the look at them. */
async function untilAssessed({ service }: FilledService): Promise<void> {
  const published = async () => {
    const answers = await Promise.all(["risk", "hotspots"].map((kind) => service.call(`/api/values/${kind}?areas=99.01`)));
    return answers.map(({ body }) => (JSON.parse(new TextDecoder().decode(body)) as { run: string | null }).run);
  };
  let last = await published();
  for (let quiet = 0; quiet < 12; quiet++) {
    await new Promise((done) => setTimeout(done, 500));
    const now = await published();
    if (now.includes(null) || now.join() !== last.join()) quiet = -1;
    last = now;
  }
}

describe.each(engines)("a backup of %s", (engine) => {
  let filled: FilledService;
  let file: string;
  let rows: Record<string, string[]>;
  beforeAll(async () => {
    filled = await filledService(engine);
    file = join(folder, engine);
    // Reports are filed all the while: the backup is one moment of it.
    const filing = filled.fileUntilStopped();
    const answer = await filled.service.call("/api/backup");
    const filed = await filing.stop();
    expect([answer.status, filed > 0]).toEqual([200, true]);
    await writeFile(file, answer.body as Uint8Array, { mode: 0o600 });
    await untilAssessed(filled);
    const again = await filled.service.call("/api/backup");
    await writeFile(`${file}.quiet`, again.body as Uint8Array);
    await filled.service.close();
    rows = await allRows(filled.options);
  }, 400_000);
  afterAll(() => filled?.remove());

  test.each(engines)("is restored on %s equal in every row", { timeout: 400_000 }, async (target) => {
    const restored = await restoredInto(target, `${file}.quiet`);
    // The backup itself is noted in the trail after its moment, and what was noted is sealed.
    for (const [table, expected] of Object.entries(rows)) {
      if (table === "audit_unsealed") continue;
      if (table.startsWith("audit_")) expect(expected).toEqual(expect.arrayContaining(restored[table] ?? []));
      else expect([table, restored[table]]).toEqual([table, expected]);
    }
    expect(Object.keys(restored)).toEqual(Object.keys(rows));
    expect(rows.incident?.length).toBeGreaterThan(0);
  });

  test("made while reports are filed holds each report with its incident and its history, or not at all", {
    timeout: 400_000,
  }, async () => {
    const restored = await restoredInto(engine, file);
    const incidents = restored.incident?.length ?? 0;
    expect(incidents).toBeGreaterThan(0);
    expect([restored.incident_history?.length, restored.report_incident?.length]).toEqual([incidents, incidents]);
  });
});

describe("a backup that is not as it was written", () => {
  const cases: [string, string, (bytes: Buffer) => Buffer][] = [
    ["cut off in the middle", "backup_damaged", (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["cut off by one byte", "backup_damaged", (bytes) => bytes.subarray(0, -1)],
    ["with bytes behind it", "backup_damaged", (bytes) => Buffer.concat([bytes, Buffer.from("x")])],
    ["an empty file", "backup_foreign", () => Buffer.alloc(0)],
    ["some other file", "backup_foreign", () => Buffer.from("PGDMP…")],
    [
      "of a later format",
      "backup_newer",
      (bytes) => sealed(Buffer.from(bytes.subarray(0, -65).toString("latin1").replace("BACKUP 1", "BACKUP 2"), "latin1")),
    ],
    ["of a later program", "backup_newer", (bytes) => withMigrations(bytes, (list) => [...list, { number: 9999, checksum: "x" }])],
    [
      "of another program",
      "backup_unlike",
      (bytes) => withMigrations(bytes, ([first, ...rest]) => [{ ...first!, checksum: "x" }, ...rest]),
    ],
  ];
  test.each(cases)("%s is refused with %s, and nothing is changed", async (_, code, change) => {
    const path = join(folder, `changed-${code}`);
    await writeFile(path, change(await readFile(join(folder, "postgres.quiet"))));
    const place = await emptyPlace("embedded");
    await expect(restore(readConfig(place.environment), path)).rejects.toMatchObject({ code });
    await expect(stat(join(place.options.dataDirectory, "engine"))).rejects.toMatchObject({ code: "ENOENT" });
    await place.remove();
  });

  test("by any one flipped bit is refused", { timeout: 400_000 }, async () => {
    const path = join(folder, "flipped");
    const whole = await readFile(join(folder, "postgres.quiet"));
    await writeFile(path, whole);
    await checkBackup(path);
    const handle = await open(path, "r+");
    const step = Math.max(1, Math.floor(whole.length / 60));
    for (const at of [...Array.from({ length: 40 }, (_, index) => index), ...range(40, whole.length, step), whole.length - 1]) {
      const flipped = Buffer.from([(whole[at] ?? 0) ^ (1 << (at % 8))]);
      await handle.write(flipped, 0, 1, at);
      await expect(checkBackup(path), `byte ${at}`).rejects.toMatchObject({ code: expect.stringMatching(/^backup_/) });
      await handle.write(whole, at, 1, at);
    }
    await handle.close();
    await checkBackup(path);
    await truncate(path, whole.length - 3);
    await expect(checkBackup(path)).rejects.toMatchObject({ code: "backup_damaged" });
  });

  test("is not put into a place that holds something", { timeout: 400_000 }, async () => {
    const place = await emptyPlace("postgres");
    await (await openDatabase(place.options)).close();
    await expect(restore(readConfig(place.environment), join(folder, "postgres.quiet"))).rejects.toMatchObject({
      code: "restore_not_empty",
    });
    await place.remove();
  });
});

const range = (from: number, before: number, step: number): number[] =>
  Array.from({ length: Math.ceil((before - from) / step) }, (_, index) => from + index * step);

const sealed = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from(`${createHash("sha256").update(bytes).digest("hex")}\n`)]);

/** The backup as a program with other migrations would have written it. */
function withMigrations(
  bytes: Buffer,
  change: (list: { number: number; checksum: string }[]) => { number: number; checksum: string }[],
): Buffer {
  const begin = bytes.indexOf(10) + 1;
  const end = bytes.indexOf(10, begin);
  const header = JSON.parse(bytes.toString("utf8", begin, end)) as { migrations: { number: number; checksum: string }[] };
  expect(header.migrations).toHaveLength(shippedMigrations().length);
  const changed = JSON.stringify({ ...header, migrations: change(header.migrations) });
  return sealed(Buffer.concat([bytes.subarray(0, begin), Buffer.from(changed), bytes.subarray(end, -65)]));
}
