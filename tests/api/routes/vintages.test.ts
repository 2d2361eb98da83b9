import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const parents = "98,Uji\n98.01,Kab. Uji\n98.01.01,Utara\n98.01.02,Selatan\n";
const earlier = `kode;nama\n${parents.replaceAll(",", ";")}98.01.01.2001;Gayaman\n98.01.01.2002;=Tetap\n98.01.01.2003;Hilang Entah\n98.01.02.2001;Kenanten\n`;
const later = `code,name\n${parents}98.01.01.2002,=Tetap\n98.01.01.2004,Kenanten\n98.01.02.2002,Gayaman\n98.01.02.2003,Baru Sekali\n`;

let service: TestService;
beforeAll(async () => {
  service = await startTestService("postgres");
});
afterAll(() => service?.remove());

test("before any file the shipped list stands alone, under its licence, and no crosswalk can be asked for", async () => {
  expect((await service.call("/api/vintages")).body).toMatchObject({
    loaded: null,
    vintages: [{ year: 2025, origin: "package", source: "idn-area-data 3.1.2", licence: "ODbL-1.0", areas: 91592, loadedAt: null }],
  });
  const { status, body } = await service.call("/api/crosswalk?from=2018&to=2025");
  expect([status, body.code]).toEqual([422, "unknown_vintage"]);
});

test("a list is loaded through the same door as all files, and again changes nothing", async () => {
  expect(await service.load("vintage", "2018.csv", earlier, { year: "2018" })).toMatchObject({
    status: "successful",
    results: { accepted: 8 },
  });
  expect(await service.load("vintage", "2022.csv", later, { year: "2022" })).toMatchObject({
    status: "successful",
    results: { accepted: 8 },
  });
  expect((await service.load("vintage", "2022.csv", later, { year: "2022" })).results).toMatchObject({ accepted: 0, unchanged: 8 });
  expect((await service.call("/api/vintages")).body.vintages.map(({ year }: { year: number }) => year)).toEqual([2018, 2022, 2025]);
});

test("codes of one year are read in another, and back", async () => {
  const there = await service.call("/api/crosswalk?from=2018&to=2022&codes=98.01.01.2001,98.01.01.2002,98.01.01.2003,98.01.01.2999");
  expect(there.status).toBe(200);
  expect(there.body.areas).toMatchObject([
    { code: "98.01.01.2001", name: "Gayaman", change: "moved", targets: [{ code: "98.01.02.2002", name: "Gayaman", share: 1 }] },
    { code: "98.01.01.2002", change: "unchanged", confidence: 1, targets: [{ code: "98.01.01.2002", share: 1, confidence: 1 }] },
    { code: "98.01.01.2003", change: "unknown", confidence: null, targets: [] },
  ]);
  expect(there.body.unknown).toEqual(["98.01.01.2003"]);
  expect(there.body.notListed).toEqual(["98.01.01.2999"]);
  const back = await service.call("/api/crosswalk?from=2022&to=2018&codes=98.01.02.2002");
  expect(back.body.areas).toMatchObject([{ code: "98.01.02.2002", change: "moved", targets: [{ code: "98.01.01.2001", share: 1 }] }]);
});

test("what is inside an area comes by pages that are told, changes alone where asked for", async () => {
  const first = (await service.call("/api/crosswalk?from=2018&to=2022&within=98.01&level=village&limit=3")).body;
  expect(first).toMatchObject({ numberMatched: 4, numberReturned: 3 });
  const rest = (await service.call(first.links[0].href)).body;
  expect(rest.areas.map(({ code }: { code: string }) => code)).toEqual(["98.01.02.2001"]);
  expect(rest.links).toEqual([]);
  const changed = (await service.call("/api/crosswalk?from=2018&to=2022&within=98.01&level=village&changes=true")).body;
  expect(changed.areas.map(({ code }: { code: string }) => code)).toEqual(["98.01.01.2001", "98.01.01.2003", "98.01.02.2001"]);
  expect(changed.summary).toContainEqual({ level: "village", change: "moved", areas: 2, vanished: 2 });
});

test("the table has a row for each part, names its sources, and runs no formula", async () => {
  const { body, headers } = await service.call("/api/crosswalk?from=2018&to=2022&codes=98.01.01.2002&f=csv");
  expect(headers.get("content-type")).toContain("text/csv");
  const [header, row] = body.replace("\ufeff", "").split("\n");
  expect(header).toBe("from,code,name,to,change,target_code,target_name,share,confidence,evidence,offspring,candidates,sources");
  expect(row).toContain("98.01.01.2002,'=Tetap,2022,unchanged,98.01.01.2002,'=Tetap,1,1");
  expect(row).toContain("2018: 2018.csv; 2022: 2022.csv");
});

test.each([
  ["from=2018&to=2018", 422, "same_vintage"],
  ["from=2018&to=1999", 422, "unknown_vintage"],
  ["from=lama&to=2022", 400, "invalid_parameter"],
  ["from=2018&to=2022&codes=98,abc", 400, "invalid_parameter"],
  ["from=2018&to=2022&within=98'--", 400, "invalid_parameter"],
  ["from=2018&to=2022&limit=0", 400, "invalid_parameter"],
  ["from=2018&to=2022&tahun=1", 400, "unknown_parameter"],
])("%s is refused with the field", async (query, status, code) => {
  const answer = await service.call(`/api/crosswalk?${query}`);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test("only an admin loads or removes a list; what is removed leaves no crosswalk behind", async () => {
  await service.call("/api/users", { body: { name: "analis", role: "analyst", areas: ["98"], password: "rahasia-sekali-12" } });
  expect((await service.call("/api/vintages/2018", { method: "DELETE", token: null })).status).toBe(401);
  expect((await service.call("/api/vintages/1999", { method: "DELETE" })).status).toBe(404);
  expect((await service.call("/api/vintages/x", { method: "DELETE" })).status).toBe(404);
  expect((await service.call("/api/vintages/2018", { method: "DELETE" })).status).toBe(204);
  expect((await service.call("/api/crosswalk?from=2018&to=2022")).body.code).toBe("unknown_vintage");
});
