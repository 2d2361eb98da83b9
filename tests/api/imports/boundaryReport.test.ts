import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FindingKindId } from "../../../api/contract/boundaryFindingKinds.ts";
import { BoundaryReport } from "../../../api/contract/boundaryReport.ts";
import { coverOf } from "../../../api/imports/boundaryReport/coveredAreas.ts";
import { findingsAfter } from "../../../api/queries/boundaryFindings.ts";
import { engines, openTestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const ringAt = (west: number, south: number, width = 0.01, height = 0.01) => [
  [west, south],
  [west + width, south],
  [west + width, south + height],
  [west, south + height],
  [west, south],
];
const withHole = (index: number, hole: number[][]) => {
  const { geometry, ...feature } = square(index);
  return { ...feature, geometry: { ...geometry, coordinates: [...geometry.coordinates, hole] } };
};

/** Eight squares around one that is missing, and one fault of each kind. */
const frame = [0, 1, 2, 5, 7, 10, 11, 12].map((index) => square(index));
const faulty = [
  ...frame,
  // 100 m² and more of 99.01.01.2003, index 2: 0.001° × 0.01°, about 122,000 m².
  square(3, { ring: ringAt(112.029, -7.5) }),
  square(20, {
    ring: [
      [112, -7.54],
      [112.01, -7.53],
      [112.01, -7.54],
      [112, -7.53],
      [112, -7.54],
    ],
  }),
  withHole(21, ringAt(112.1, -7.6, 0.001, 0.001)),
  square(22, { ring: ringAt(112.02, -7.54, 0.00004, 0.01) }),
  square(23, { properties: { titik: [112.04 + 0.01, -7.535] } }),
  square(40, { ring: ringAt(113, -8) }),
  square(41, { ring: ringAt(113, -8) }),
  square(13),
  square(13),
];
const unusable = [
  { ...square(30), geometry: null },
  square(31, { ring: ringAt(0, 0).map(([x, y]) => [-7.5 + y!, 112 + x!]) }),
  square(32, { ring: ringAt(600_000, 9_100_000) }),
  { ...square(33), geometry: { type: "Point", coordinates: [112, -7] } },
];

describe.each(engines)("the boundary report on %s", (engine) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService(engine);
  });
  afterAll(() => service?.remove());

  const reportOf = async (path: string, query = ""): Promise<BoundaryReport> => {
    const { status, body } = await service.call(`${path}${query}`, { headers: { "accept-language": "en" } });
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
    return BoundaryReport.parse(body);
  };
  const totals = (report: BoundaryReport): Partial<Record<FindingKindId, number>> =>
    Object.fromEntries(report.counts.filter(({ total }) => total > 0).map(({ kind, total }) => [kind, total]));

  test("a rejected dry run tells every fault once, and the same as JSON, CSV and GeoJSON", { timeout: 400_000 }, async () => {
    const { status, results } = await service.load("boundaries", "uji.geojson", collectionOf([...faulty, ...unusable]), { dryRun: "true" });
    expect(status).toBe("failed");
    const path = results.boundaryReport as string;
    const report = await reportOf(path);
    expect(totals(report)).toEqual({
      invalid_shape: 2,
      hole_outside: 1,
      missing_geometry: 1,
      unusable_geometry: 1,
      swapped_axes: 1,
      out_of_range: 1,
      duplicate_code: 1,
      duplicate_shape: 1,
      overlap: 2,
      gap: 1,
      sliver: 1,
      point_outside: 1,
      island: 1,
      no_parent: 16,
      official_new: 16,
      loaded_new: 16,
    });
    expect(report).toMatchObject({ status: "failed", isDryRun: true, checked: { villages: 16, unchanged: 0, loadedBeside: 0 } });
    const of = (kind: FindingKindId) => report.findings.filter((finding) => finding.kind === kind);
    expect(of("gap")[0]).toMatchObject({
      squareMetres: expect.closeTo(1_220_670, -3),
      isSliver: false,
      compactness: expect.closeTo(Math.PI / 4, 2),
    });
    expect(of("gap")[0]!.around).toHaveLength(4);
    // The same shape twice is an overlap of all of it.
    expect(of("overlap").map(({ code, otherCode }) => [code, otherCode])).toEqual([
      ["99.01.01.2041", "99.01.01.2042"],
      ["99.01.01.2003", "99.01.01.2004"],
    ]);
    expect(of("overlap")[1]!.message).toBe("99.01.01.2003 Desa 2 and 99.01.01.2004 Desa 3 overlap by 0.1221 km².");
    expect(of("point_outside")[0]).toMatchObject({ code: "99.01.01.2024", metres: expect.closeTo(1103, -1) });
    expect(of("invalid_shape").map(({ reason }) => reason)).toEqual(["Self-intersection", "Hole lies outside shell"]);
    expect(of("duplicate_code")[0]).toMatchObject({ code: "99.01.01.2014", reason: "identical", value: "16, 17" });

    const csv = (await service.call(`${path}?f=csv`)).body as string;
    expect(csv.startsWith("\ufeffnumber,kind,severity,row,code,")).toBe(true);
    expect(csv.trimEnd().split("\n")).toHaveLength(report.findings.length + 1);
    const geojson = (await service.call(`${path}?f=geojson&kind=overlap`)).body;
    expect(geojson.features.map((feature: { geometry: { type: string } }) => feature.geometry.type)).toEqual(["Polygon", "Polygon"]);
    expect(geojson.features[1].properties).toMatchObject({ number: of("overlap")[1]!.number, severity: "warning" });

    const all = [];
    for (let next: string | undefined = `${path}?limit=7&kind=loaded_new`; next; ) {
      const page = await reportOf(next);
      expect(page.numberMatched).toBe(16);
      expect(page.counts).toEqual(report.counts);
      all.push(...page.findings);
      const link = page.links.find(({ rel }) => rel === "next")?.href;
      next = link?.slice(service.url.length);
    }
    expect(all).toEqual(of("loaded_new"));
    expect((await reportOf(path, "?within=99.01.01.2003")).findings.map(({ kind }) => kind)).toContain("overlap");
    expect((await service.call("/api/collections/villages/items")).body.numberMatched).toBe(0);
  });

  test("beside what is loaded: new, gone, moved by its share, renamed, unchanged; a dry run looks at the unchanged too", {
    timeout: 400_000,
  }, async () => {
    await service.load("boundaries", "a.geojson", collectionOf(frame));
    const changed = [
      ...frame.slice(0, 5),
      // Ten metres of a degree's thousandth further north: half of it common.
      square(10, { ring: ringAt(112, -7.525) }),
      square(11, { name: "Nama Baru" }),
      square(14),
    ];
    const { results } = await service.load("boundaries", "b.geojson", collectionOf(changed), { dryRun: "true" });
    expect(results).toMatchObject({ accepted: 3, unchanged: 5 });
    const report = await reportOf(results.boundaryReport);
    expect(totals(report)).toMatchObject({ loaded_new: 1, loaded_gone: 1, loaded_moved: 1, loaded_renamed: 1 });
    expect(report.checked.unchanged).toBe(5);
    const [moved] = report.findings.filter(({ kind }) => kind === "loaded_moved");
    // Half of each of two equal squares: 1 of 1.5.
    expect(moved).toMatchObject({ code: "99.01.01.2011", share: expect.closeTo(2 / 3, 3) });
    const [gone] = report.findings.filter(({ kind }) => kind === "loaded_gone");
    expect(gone!.code).toBe("99.01.01.2013");
    // A village loaded beside it closes the overlap.
    const beside = await service.load("boundaries", "c.geojson", collectionOf([square(8, { ring: ringAt(112.029, -7.51, 0.011) })]));
    expect(totals(await reportOf(beside.results.boundaryReport))).toMatchObject({ overlap: 1 });
    expect((await reportOf(beside.results.boundaryReport)).checked.loadedBeside).toBeGreaterThan(0);
  });

  test("a report is for its sender: unknown, wrong and foreign ones are refused", async () => {
    const { results } = await service.load("boundaries", "d.geojson", collectionOf([square(0)]), { dryRun: "true" });
    const path = results.boundaryReport as string;
    expect((await service.call(path, { token: null })).status).toBe(401);
    expect((await service.call("/api/imports/11111111-1111-4111-8111-111111111111/boundary-report")).body.code).toBe("not_found");
    expect((await service.call("/api/imports/x/boundary-report")).body.code).toBe("not_found");
    for (const query of ["kind=x", "limit=0", "limit=10001", "cursor=-1", "cursor=x", "within=35.17.x", "f=xml", "jenis=gap"])
      expect((await service.call(`${path}?${query}`)).status, query).toBe(400);
    expect((await service.call(path.replace("/imports/", "/jobs/").replace("/boundary-report", ""))).body.links).toContainEqual(
      expect.objectContaining({ rel: "boundary-report" }),
    );
  });
});

test("a sender bound to some areas is told nothing of others, not even beside an overlap", { timeout: 400_000 }, async () => {
  const place = await openTestDatabase("postgres");
  try {
    const load = importer(place.database);
    await load("boundaries", "a.geojson", collectionOf([square(0), square(1, { code: "99.02.01.2001", name: "Tetangga" })]));
    const id = "22222222-2222-4222-8222-222222222222";
    const wide = square(0, { ring: ringAt(112, -7.5, 0.012) });
    await load("boundaries", "b.geojson", collectionOf([wide]), { dryRun: "true" }, { request: { id, areas: ["99.01"] } });
    const kept = await findingsAfter(place.database, id, { kind: null, within: null, isDrawn: false }, 0, 100);
    expect(kept.map(({ kind }) => kind)).toContain("overlap");
    expect(JSON.stringify(kept)).not.toMatch(/99\.02|Tetangga/);
  } finally {
    await place.remove();
  }
});

test.each<[string, string[], string[], string[]]>([
  ["one village of a kecamatan makes the kecamatan", ["1.1"], ["1.1", "1.2", "2.1", "3.1"], ["1.1", "1.2"]],
  ["half of the kecamatan make the kabupaten", ["1.1", "2.1"], ["1.1", "1.2", "2.1", "3.1", "4.1"], ["1.1", "1.2", "2.1", "3.1", "4.1"]],
  ["less than half do not", ["1.1"], ["1.1", "2.1", "3.1"], ["1.1"]],
])("%s", (_, held, known, covered) => {
  const code = (short: string): string => {
    const [district, village] = short.split(".");
    return `35.17.0${district}.200${village}`;
  };
  // Another kabupaten and province keep the cover from reaching upwards.
  const elsewhere = ["35.18.01.2001", "35.19.01.2001", "36.01.01.2001", "37.01.01.2001"];
  const isCovered = coverOf(held.map(code), [...known.map(code), ...elsewhere]);
  expect(known.filter((short) => isCovered(code(short)))).toEqual(covered);
  expect(elsewhere.filter(isCovered)).toEqual([]);
});
