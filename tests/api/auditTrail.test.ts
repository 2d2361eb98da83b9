import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../fixtures/database.ts";
import { collectionOf, importer, square } from "../fixtures/imports.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";
import { as, signIn } from "../fixtures/signedIn.ts";

// Words that stand nowhere but where they belong.
const canary = { name: "Zwarabatu Kenarijaya", phone: "0899-7777-5151", reason: "Kenarialasan: surat dinas nomor 12" };
const facts = "Kenarifakta: laporan uji.";
const village = "99.01.01.2001";
const from = "2020-01-01";
const to = "2100-01-01";

describe.each(engines)("what the audit trail and the vault keep, %s", (engine) => {
  let service: TestService;
  let folder: string;
  const logged: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "waspada-vault-"));
    const log = pino({ level: "trace" }, new Writable({ write: (chunk, _encoding, done) => done(void logged.push(String(chunk))) }));
    service = await startTestService(
      engine,
      { IDENTITY_KEY_FILE: join(folder, "keys.json") },
      async (database) => {
        await importer(database)("boundaries", "uji.geojson", collectionOf([square(0, { code: village, name: "Uji" })]));
        await signIn(database, [
          { name: "pelapor", role: "reporter", areas: ["99.01"], isDemo: false },
          { name: "kabupaten", role: "verifier", areas: ["99.01"], isDemo: false },
          { name: "pembuka", role: "leader", areas: null, isDemo: false },
          { name: "admin-kabupaten", role: "admin", areas: ["99.01"], isDemo: false },
        ]);
      },
      log,
    );
  }, 600_000);
  afterAll(async () => {
    await service?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const fileReport = (id: string, more: object = {}, caller = "pelapor") =>
    service.call("/api/collections/reports/items", {
      ...as(caller),
      method: "POST",
      body: {
        type: "Feature",
        id,
        properties: { village_code: village, obtained_at: "2025-06-27", facts, incident_ids: [], nil: false },
        ...more,
      },
    });
  const nil = (id: string, more: object = {}, caller = "pelapor") =>
    service.call("/api/collections/reports/items", {
      ...as(caller),
      method: "POST",
      body: {
        type: "Feature",
        id,
        properties: { village_code: village, obtained_at: "2025-06-27", nil: true, period_from: "2025-06-01", period_to: "2025-06-27" },
        ...more,
      },
    });
  const said = async (query: string): Promise<{ who: string; what: string; object: string; detailHash: string | null }[]> =>
    (await service.call(`/api/audit?from=${from}&to=${to}&${query}`)).body.entries;
  const reports = [
    "a1b0c9e0-8f2e-4b44-9d2e-0d4f3a4f7a01",
    "a1b0c9e0-8f2e-4b44-9d2e-0d4f3a4f7a02",
    "a1b0c9e0-8f2e-4b44-9d2e-0d4f3a4f7a03",
  ] as const;
  const identityOf = (id: string): string => `/api/reports/${id}/identity`;
  const opening = { method: "POST", body: { reason: canary.reason } };

  test("an identity sent with a report is stored apart and never answered with", async () => {
    const [first] = reports;
    const sent = await nil(first, { reporter: { name: canary.name, phone: canary.phone } });
    expect([sent.status, JSON.stringify(sent.body)]).toEqual([201, expect.not.stringContaining("Zwarabatu")]);
    const standing = await service.call(identityOf(first), as("kabupaten"));
    expect(standing.body).toMatchObject({ isFiled: true, filedBy: "pelapor", mayOpen: false, openings: [] });
    expect((await nil(reports[1])).status).toBe(201);
    const put = { ...as("pelapor"), method: "PUT", body: { name: canary.name } };
    expect((await service.call(identityOf(reports[1]), put)).status).toBe(204);
    expect((await service.call(identityOf(reports[1]), put)).body.code).toBe("identity_filed");
  });

  test("only who is named opens it, with a reason, and both the opening and the refusal are traced", async () => {
    const [id] = reports;
    expect((await service.call(identityOf(id), { ...as("pembuka"), ...opening })).body.code).toBe("identity_openers_only");
    expect((await service.call("/api/identity-openers/pembuka", { ...as("admin-kabupaten"), method: "PUT" })).status).toBe(403);
    expect((await service.call("/api/identity-openers/pembuka", { method: "PUT" })).status).toBe(204);
    expect((await service.call(identityOf(id), { ...as("pembuka"), method: "POST", body: { reason: "iseng" } })).status).toBe(422);
    const opened = await service.call(identityOf(id), { ...as("pembuka"), ...opening });
    expect([opened.status, opened.body]).toEqual([200, { name: canary.name, phone: canary.phone }]);
    expect(opened.headers.get("cache-control")).toBe("no-store");
    const traced = (await said(`object=reports/${id}`)).filter(({ who }) => who === "pembuka");
    expect(traced.map(({ what }) => what)).toEqual(["identity.refuse", "identity.open"]);
    expect(traced[1]?.detailHash).toMatch(/^[0-9a-f]{64}$/);
    expect((await service.call(identityOf(id), as("kabupaten"))).body.openings).toMatchObject([{ by: "pembuka" }]);
  });

  test("which identities we hold of somebody is found whatever way the phone is written", async () => {
    const search = { ...as("pembuka"), body: { reason: canary.reason, phone: "+62 899 7777 5151" } };
    const found = await service.call("/api/identities/search", search);
    expect(found.body).toMatchObject({ searched: 2, isCut: false, reports: [{ report: reports[0] }] });
    expect((await service.call("/api/identities/search", { ...search, ...as("kabupaten") })).status).toBe(403);
  });

  test("an erased identity is gone for everybody, and its row says so", async () => {
    expect((await service.call(identityOf(reports[1]), { ...as("kabupaten"), method: "DELETE" })).status).toBe(403);
    expect((await service.call(identityOf(reports[1]), { method: "DELETE" })).status).toBe(204);
    expect((await service.call(identityOf(reports[1]), { ...as("pembuka"), ...opening })).body.code).toBe("identity_erased");
    expect((await service.call(identityOf(reports[1]), as("kabupaten"))).body).toMatchObject({ isFiled: false });
  });

  test("who changed and who read a report is told, also by the page it stood on", async () => {
    const [id] = reports;
    await service.call(`/api/collections/reports/items/${id}`, as("kabupaten"));
    await service.call("/api/collections/reports/items?limit=10", as("admin-kabupaten"));
    await service.call("/api/collections/villages/items?limit=10", as("admin-kabupaten"));
    await service.call(`/api/collections/reports/items/${id}/history`, as("kabupaten"));
    const told = (await said(`object=reports/${id}`)).map(({ who, what, object }) => `${who} ${what} ${object}`);
    expect(told).toEqual(
      expect.arrayContaining([
        `pelapor report.create reports/${id}`,
        `pelapor identity.file reports/${id}`,
        `kabupaten item.read reports/${id}`,
        "admin-kabupaten items.read reports",
        `kabupaten history.read reports/${id}`,
      ]),
    );
    expect((await said("who=admin-kabupaten")).some(({ object }) => object.startsWith("villages"))).toBe(false);
  });

  test("a repetition that changed nothing and a refusal leave no note of a change", async () => {
    const before = (await said("what=report.create")).length;
    expect((await nil(reports[0])).status).toBe(200);
    expect((await nil("bukan-uuid")).status).toBe(422);
    expect((await said("what=report.create")).length).toBe(before);
  });

  test("the trail is for admins of everything, page by page and as CSV", async () => {
    expect((await service.call(`/api/audit?from=${from}&to=${to}`, as("admin-kabupaten"))).status).toBe(403);
    expect((await service.call(`/api/audit?from=${from}&to=${to}`, as("pembuka"))).status).toBe(403);
    expect((await service.call(`/api/audit?from=kemarin&to=${to}`)).body.code).toBe("invalid_parameter");
    const seen: number[] = [];
    for (let path: string | undefined = `/api/audit?from=${from}&to=${to}&limit=5&what=report.create`; path; ) {
      const page: { body: { entries: { id: number }[]; links: { href: string }[] } } = await service.call(path);
      seen.push(...page.body.entries.map(({ id }) => id));
      path = page.body.links[0]?.href.replace(service.url, "");
    }
    expect(seen).toEqual(((await said("what=report.create")) as unknown as { id: number }[]).map(({ id }) => id));
    expect((await service.call(`/api/audit?from=${from}&to=${to}&f=csv`)).body).toMatch(/report\.create/);
  });

  test("what is past its time goes for real, by a clock that can be set, and not before it is shown", async () => {
    expect((await nil(reports[2])).status).toBe(201);
    const etag = (await service.call(`/api/collections/reports/items/${reports[2]}`)).headers.get("etag") ?? "";
    await service.call(`/api/collections/reports/items/${reports[2]}`, { method: "DELETE", headers: { "if-match": etag } });
    const clockOf = (answer: { body: { clocks: { kind: string }[] } }) => answer.body.clocks.find(({ kind }) => kind === "withdrawn");
    expect(clockOf(await service.call("/api/audit/retention"))).toEqual({ kind: "withdrawn", days: 365, due: 0 });
    expect((await service.call("/api/audit/retention", { method: "PUT", body: { withdrawn: 0 } })).status).toBe(422);
    await service.call("/api/audit/retention", { method: "PUT", body: { withdrawn: 1 } });
    expect(clockOf(await service.call("/api/audit/retention", { method: "POST" }))).toMatchObject({ days: 1, due: 0, purged: 0 });
    expect((await service.call(`/api/collections/reports/items/${reports[2]}/history`)).status).toBe(200);
  });

  test("the chain of all this is whole", async () => {
    await expect.poll(async () => (await service.call("/api/audit/verification")).body).toMatchObject({ broken: null });
    const { head } = (await service.call("/api/audit/head")).body;
    const checked = await service.call(`/api/audit/verification?head=${head.sequence}:${head.hash}`);
    expect(checked.body.broken).toBeNull();
  });

  test("nothing personal stands in the trail, in any export, in jobs or in the log", async () => {
    await fileReport("a1b0c9e0-8f2e-4b44-9d2e-0d4f3a4f7a09");
    const outputs = [
      `/api/audit?from=${from}&to=${to}&f=csv`,
      `/api/audit?from=${from}&to=${to}`,
      "/api/collections/reports/items?limit=100",
      "/api/collections/reports/items?limit=100&f=csv",
      "/api/collections/incidents/items?limit=100",
      `/api/collections/reports/items/${reports[0]}/history`,
      "/api/jobs",
    ];
    const told = (await Promise.all(outputs.map(async (path) => JSON.stringify((await service.call(path)).body)))).join("\n");
    const personal = /Zwarabatu|Kenarijaya|7777-?5151|Kenarialasan/;
    expect(told).not.toMatch(personal);
    expect(logged.join("\n")).not.toMatch(personal);
    expect(logged.join("\n")).not.toMatch(/Kenarifakta/);
    expect(JSON.stringify(await said(""))).not.toMatch(/Kenarifakta/);
    expect(await readFile(join(folder, "keys.json"), "utf8")).not.toMatch(personal);
    expect(await readdir(folder)).toEqual(["keys.json"]);
  });
});
