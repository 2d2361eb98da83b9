import { chmod, copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { identityKeys } from "../../../api/access/identityKeys.ts";
import { purge, retentionClocks } from "../../../api/access/retention.ts";
import { openVault, type Vault } from "../../../api/access/vault.ts";
import { isSought } from "../../../api/contract/reporterIdentity.ts";
import type { Database } from "../../../api/database/database.ts";
import { openDatabase } from "../../../api/database/open.ts";
import { identityOf, type SealedIdentity } from "../../../api/queries/identities.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";

const siti = { name: "siti", role: "verifier" };
const budi = { name: "Budi Kenari", phone: "0812-3456-7890" };
const reportId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waspada-keys-"));
  return () => rm(folder, { recursive: true, force: true });
});

describe("the keys outside the database", () => {
  test("a destroyed leaf is gone for good, and no other leaf changes", async () => {
    const path = join(folder, "keys.json");
    const keys = identityKeys(path);
    await keys.make(async () => true);
    const id = keys.current();
    const leaves = [0, 1, 2, 3, 7, 1023, 1024, 2 ** 40 - 1];
    const before = leaves.map((leaf) => keys.wrappingKey(id, leaf)?.toString("hex"));
    keys.destroyLeaves([2, 1024]);
    // Read again from the disk, as another process does.
    const after = leaves.map((leaf) => identityKeys(path).wrappingKey(id, leaf)?.toString("hex"));
    expect(new Set(before).size).toBe(leaves.length);
    expect(after).toEqual(before.map((key, index) => ([2, 1024].includes(leaves[index] as number) ? undefined : key)));
  });

  test("destroying all of a row of neighbours leaves a file as small as before", async () => {
    const path = join(folder, "keys.json");
    const keys = identityKeys(path);
    await keys.make(async () => true);
    keys.destroyLeaves(Array.from({ length: 1024 }, (_, leaf) => leaf));
    expect(keys.wrappingKey(keys.current(), 1023)).toBeNull();
    expect((await stat(path)).size).toBeLessThan(40 * 110);
  });

  test("the file is for its owner alone, and one that others can read is refused", async () => {
    const path = join(folder, "inner", "keys.json");
    const keys = identityKeys(path);
    await keys.make(async () => true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o640);
    expect(() => identityKeys(path).current()).toThrow(expect.objectContaining({ code: "identity_key_unusable" }));
  });

  test("no key is made where identities were filed with one that is gone", async () => {
    const keys = identityKeys(join(folder, "keys.json"));
    await keys.make(async () => false);
    expect(() => keys.current()).toThrow(expect.objectContaining({ code: "identity_key_missing" }));
    expect(() => identityKeys(null).current()).toThrow(expect.objectContaining({ code: "identity_key_missing" }));
  });
});

test.each([
  ["+62 812 3456 7890", true],
  ["081234567890", true],
  ["81234567891", false],
])("a phone is found however it is written: %s", (phone, isFound) => {
  expect(isSought(budi, { phone })).toBe(isFound);
  expect(isSought(budi, { name: "kenari" })).toBe(true);
  expect(isSought(budi, { name: "ken" })).toBe(false);
});

describe.each(engines)("the vault on %s", (engine) => {
  let place: TestDatabase;
  let owner: Database;
  beforeAll(async () => {
    place = await openTestDatabase(engine);
    await importer(place.database)("boundaries", "uji.geojson", collectionOf([square(0, { code: "99.01.01.2001", name: "Uji" })]));
    await place.database.close();
    owner = await openDatabase({ ...place.options, withoutRules: true });
  }, 600_000);
  afterAll(async () => {
    await owner?.close();
    await place?.remove();
  });

  const made = { count: 0 };
  const report = async (): Promise<string> => {
    const id = reportId(++made.count);
    await owner.query(
      `insert into report (id, village_code, regency_code, obtained_at, obtained_precision, recorded_at, recorded_by, source_value, content_value, status, nil, version, content_hash)
       values ($1, '99.01.01.2001', '99.01', now(), 'day', now(), 'siti', 'F', 6, 'reported', true, 1, 'x')`,
      [id],
    );
    return id;
  };
  const filed = async (vault: Vault): Promise<SealedIdentity> => {
    const id = await report();
    await vault.prepare();
    await owner.transaction((transaction) => vault.file(transaction, id, budi, siti, new Date()));
    return (await identityOf(owner, id)) as SealedIdentity;
  };
  const newVault = async (): Promise<{ vault: Vault; path: string }> => {
    await owner.query("delete from reporter_identity");
    const path = join(folder, "keys.json");
    return { vault: openVault(owner, path), path };
  };

  test("what was filed is read with the key, and nothing of it stands in the row", async () => {
    const { vault } = await newVault();
    const kept = await filed(vault);
    expect(vault.open(kept)).toEqual(budi);
    const [row] = await owner.query<{ text: string }>("select to_jsonb(r)::text as text from reporter_identity r where id = $1", [kept.id]);
    const held = `${row?.text} ${Buffer.from(kept.sealed ?? []).toString("latin1")}`;
    expect(held).not.toMatch(/Kenari|3456/);
  });

  test("another key opens nothing, and says so", async () => {
    const { vault, path } = await newVault();
    const kept = await filed(vault);
    const other = join(folder, "other.json");
    await identityKeys(other).make(async () => true);
    await copyFile(path, join(folder, "kept.json"));
    await copyFile(other, path);
    expect(() => vault.open(kept)).toThrow(expect.objectContaining({ code: "identity_key_wrong" }));
    await copyFile(join(folder, "kept.json"), path);
    expect(vault.open(kept)).toEqual(budi);
    expect(() => vault.open({ ...kept, sealed: kept.wrappedKey })).toThrow();
    expect(() => vault.open({ ...kept, id: reportId(999) })).toThrow();
  });

  test("an erased identity stays closed even when a backup brings its row back", async () => {
    const { vault, path } = await newVault();
    const [first, second] = [await filed(vault), await filed(vault)];
    await owner.transaction((transaction) => vault.erase(transaction, [first], siti, new Date()));
    const [row] = await owner.query<{ nothing: boolean }>(
      "select wrapped_key is null and sealed is null as nothing from reporter_identity where id = $1",
      [first.id],
    );
    expect(row?.nothing).toBe(true);
    // The row as a backup from before has it, with the key file as it is now, read by another process.
    expect(() => openVault(owner, path).open(first)).toThrow(expect.objectContaining({ code: "identity_erased" }));
    expect(openVault(owner, path).open(second)).toEqual(budi);
  });

  test("after a change of keys everything opens with the new file and nothing with the former", async () => {
    const { vault, path } = await newVault();
    const kept = await filed(vault);
    const former = join(folder, "former.json");
    await copyFile(path, former);
    expect(await vault.rotate(owner, siti)).toBe(1);
    const rewrapped = (await identityOf(owner, kept.reportId)) as SealedIdentity;
    expect(vault.open(rewrapped)).toEqual(budi);
    expect(() => openVault(owner, former).open(rewrapped)).toThrow(expect.objectContaining({ code: "identity_key_wrong" }));
    expect(JSON.parse(await readFile(path, "utf8")).trees).toHaveLength(1);
  });

  test("what is past its time goes for real: rejected and withdrawn reports with their identities, and nothing younger", async () => {
    const { vault } = await newVault();
    const kinds = ["reported", "rejected", "draft", "withdrawn"];
    const kept: SealedIdentity[] = [];
    for (const kind of kinds) {
      const identity = await filed(vault);
      await owner.query("update report set status = $2, withdrawn_at = $3 where id = $1", [
        identity.reportId,
        kind === "withdrawn" ? "reported" : kind,
        kind === "withdrawn" ? new Date() : null,
      ]);
      kept.push(identity);
    }
    const ids = kept.map(({ reportId }) => reportId);
    const left = async (): Promise<string[]> =>
      (await owner.query<{ id: string }>("select id from report where id = any($1::uuid[]) order by id", [ids])).map(({ id }) => id);
    const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
    const due = async (days: number) =>
      (await retentionClocks(owner, inDays(days))).flatMap((clock) => (clock.due > 0 ? [[clock.kind, clock.due]] : []));

    expect(await due(100)).toEqual([]);
    expect(await due(200)).toEqual([["drafts", 1]]);
    expect(await left()).toEqual(ids);
    await purge(owner, vault, inDays(400));
    expect(await left()).toEqual([ids[0]]);
    expect(vault.open(kept[0] as SealedIdentity)).toEqual(budi);
    for (const gone of kept.slice(1)) expect(() => vault.open(gone)).toThrow(expect.objectContaining({ code: "identity_erased" }));
    await purge(owner, vault, inDays(800));
    expect(() => vault.open(kept[0] as SealedIdentity)).toThrow(expect.objectContaining({ code: "identity_erased" }));
    const [noted] = await owner.query<{ n: number }>(
      "select count(*) as n from audit_entry where what = 'report.purge' and role = 'system'",
    );
    expect(noted?.n).toBe(3);
  });

  test("filings at the moment of a change of keys lose nothing", async () => {
    const { vault } = await newVault();
    await filed(vault);
    const ids = await Promise.all(Array.from({ length: 8 }, () => report()));
    await Promise.all([
      ...ids.map((id) => owner.transaction((transaction) => vault.file(transaction, id, budi, siti, new Date()))),
      vault.rotate(owner, siti),
      vault.rotate(owner, siti),
    ]);
    for (const id of ids) expect(vault.open((await identityOf(owner, id)) as SealedIdentity)).toEqual(budi);
  });
});
