import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../api/database/database.ts";
import type { Role } from "../../api/endpoint.ts";
import { collectionOf, importer, square } from "../fixtures/imports.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";
import { as as inNameOf, signIn } from "../fixtures/signedIn.ts";

const people: readonly { readonly role: Role; readonly areas: readonly string[] | null }[] = [
  { role: "viewer", areas: null },
  { role: "analyst", areas: ["99.01"] },
  { role: "verifier", areas: ["99.02"] },
];
let service: TestService;
const as = (role: string, path: string, options: { method?: string; body?: unknown } = {}) =>
  service.call(path, { ...options, ...inNameOf(role) });
const potential = (village: string) => ({
  type: "Feature",
  geometry: null,
  properties: { village_code: village, title: "Batas", issue: "205", facts: "Patok hilang." },
});

async function fill(database: Database): Promise<void> {
  const load = importer(database);
  const areas = [square(0), square(6, { code: "99.02.01.2001", properties: { kabupaten_kota: "Kabupaten Lain", kecamatan: "Lain" } })];
  await load("boundaries", "uji.geojson", collectionOf(areas));
  await load(
    "roster",
    "r.csv",
    "kode,frekuensi,berlaku_dari,jabatan,pelapor\n99.01,mingguan,2025-01-06,FKDM,Nama Rahasia\n99.02,bulanan,2025-01-01,,\n",
  );
  await signIn(
    database,
    people.map((person) => ({ ...person, name: person.role, isDemo: false })),
  );
}

beforeAll(async () => {
  service = await startTestService("postgres", {}, fill);
});
afterAll(() => service?.remove());

test("who reports is told to verifiers and admins only, and only inside their areas", async () => {
  expect((await service.call("/api/coverage/99.01.01.2001")).body.lines).toMatchObject([
    { reporter_role: "FKDM", reporter: "Nama Rahasia" },
  ]);
  const told = await as("analyst", "/api/coverage/99.01.01.2001");
  expect(told.body.lines).toMatchObject([{ reporter_role: "FKDM" }]);
  expect(JSON.stringify(told.body)).not.toContain("Rahasia");
  expect((await as("analyst", "/api/roster")).status).toBe(403);
  expect((await as("viewer", "/api/roster")).status).toBe(403);
  expect((await as("verifier", "/api/roster")).body.lines.map((line: { area_code: string }) => line.area_code)).toEqual(["99.02"]);
  const first = (await service.call("/api/roster?area=99.01")).body.lines[0].id;
  expect((await as("verifier", `/api/roster/${first}`)).status).toBe(404);
  const outside = await as("verifier", "/api/roster", { body: { area_code: "99.01", cadence: "weekly", valid_from: "2025-01-01" } });
  expect([outside.status, outside.body.code]).toEqual([422, "unknown_area"]);
});

test("coverage counts only what lies in a person's areas", async () => {
  expect((await as("analyst", "/api/values/coverage?codes=true")).body.codes).toEqual(["99.01.01.2001"]);
  expect((await as("analyst", "/api/coverage")).body.summary.villages).toBe(1);
  // Two kecamatan of one village each: too few to be told outside the team.
  const viewed = (await as("viewer", "/api/coverage")).body;
  expect([viewed.summary.villages, viewed.areas.map(({ state }: { state: string }) => state)]).toEqual([0, ["suppressed", "suppressed"]]);
  expect((await as("analyst", "/api/coverage/99.02.01.2001")).status).toBe(404);
  expect((await as("analyst", "/api/coverage?areas=99.02")).body.code).toBe("unknown_area");
});

test("disputes name groups: not for viewers, and for the others only inside their areas", async () => {
  const items = "/api/collections/potentials/items";
  expect((await as("analyst", items, { body: potential("99.01.01.2001") })).status).toBe(201);
  expect((await as("analyst", items, { body: potential("99.02.01.2001") })).body.code).toBe("unknown_village");
  expect((await as("viewer", items)).status).toBe(403);
  expect((await as("viewer", items, { body: potential("99.01.01.2001") })).status).toBe(403);
  expect((await as("analyst", items)).body.numberMatched).toBe(1);
  expect((await as("verifier", items)).body.numberMatched).toBe(0);
  const id = (await as("analyst", items)).body.features[0].id;
  for (const path of [`${items}/${id}`, `/api/potentials/${id}/history`]) expect((await as("verifier", path)).status).toBe(404);
});
