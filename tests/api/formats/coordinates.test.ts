import { describe, expect, test } from "vitest";
import { coordinateSystems, toDegrees } from "../../../api/formats/coordinateSystems.ts";
import { declaredByWkt, systemOfCode } from "../../../api/formats/declaredCrs.ts";
import { collectionOf, square } from "../../fixtures/imports.ts";
import projections from "../../fixtures/projections.json" with { type: "json" };
import { outcomeOf, readVector } from "../../fixtures/vectorFiles.ts";

const prjOf = new Map(projections.prj as [number, string][]);

describe("every coordinate system", () => {
  test.each(projections.points as [number, number, number, number, number][])(
    "EPSG:%i is where PROJ says it is, at %f %f",
    (epsg, x, y, longitude, latitude) => {
      const system = systemOfCode(`EPSG:${epsg}`)!;
      const ours = toDegrees(system)(x, y);
      // 1e-8 of a degree is a millimetre. SRGI2013 is taken as WGS 84, where PROJ moves it by a quarter of a metre.
      const tolerance = system.datum === "SRGI2013" ? 3e-6 : 1e-8;
      expect(Math.abs(ours[0] - longitude)).toBeLessThan(tolerance);
      expect(Math.abs(ours[1] - latitude)).toBeLessThan(tolerance);
    },
  );

  test("is among those compared with PROJ", () => {
    expect(projections.points.map(([epsg]) => epsg)).toEqual(coordinateSystems.map(({ epsg }) => epsg));
  });

  test.each([...prjOf])("EPSG:%i is known from its .prj, whatever it is called there", (epsg, prj) => {
    expect(declaredByWkt(prj).system?.epsg).toBe(epsg);
    expect(declaredByWkt(prj.replace(/^(\w+)\["[^"]*"/, '$1["Tanpa nama"')).system?.epsg).toBe(epsg);
  });

  test.each<[string, number | undefined]>([
    ["EPSG:32749", 32749],
    ["32749", 32749],
    ["urn:ogc:def:crs:EPSG::32749", 32749],
    ["urn:ogc:def:crs:EPSG:9.9:32749", 32749],
    ["http://www.opengis.net/def/crs/EPSG/0/32749", 32749],
    ["urn:ogc:def:crs:OGC:1.3:CRS84", 4326],
    ["OGC:CRS84", 4326],
    ["EPSG:4979", 4326],
    ["EPSG:2100", undefined],
    ["ESRI:102100", undefined],
    ["EPSG:32749; drop table area", undefined],
  ])("%s is known as %s", (text, epsg) => {
    expect(systemOfCode(text)?.epsg).toBe(epsg);
  });

  test.each([
    [
      "another datum",
      'GEOGCS["Batavia",DATUM["D_Batavia",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
    ],
    [
      "another meridian",
      'GEOGCS["WGS 84",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Jakarta",106.8],UNIT["Degree",0.0174532925199433]]',
    ],
    ["another scale", prjOf.get(32749)!.replace("0.9996", "0.9997")],
    ["feet", prjOf.get(32749)!.replace('UNIT["Meter",1.0]', 'UNIT["Foot",0.3048]')],
    ["nothing at all", "x".repeat(1000)],
  ])("%s is not taken for one of them", (_, wkt) => {
    expect(declaredByWkt(wkt).system).toBeNull();
  });
});

/** A village in UTM 49S, drawn in metres. */
const inMetres = (index: number) =>
  square(index, {
    ring: [
      [600_000, 9_160_000],
      [600_000, 9_161_000],
      [601_000, 9_161_000],
      [601_000, 9_160_000],
      [600_000, 9_160_000],
    ],
  });
const turned = (feature: ReturnType<typeof square>) => ({
  ...feature,
  geometry: { ...feature.geometry, coordinates: feature.geometry.coordinates.map((ring) => ring.map(([x, y]) => [y, x])) },
});
const named = (crs: string, ...features: unknown[]) =>
  `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"${crs}"}},"features":${JSON.stringify(features)}}`;
const late = (crs: string, ...features: unknown[]) =>
  `{"type":"FeatureCollection","features":${JSON.stringify(features)},"crs":{"type":"name","properties":{"name":"${crs}"}}}`;
const utm = systemOfCode("EPSG:32749");
const degrees = systemOfCode("EPSG:4326");
const firstVertex = (rows: readonly { geometry?: unknown }[]) => (rows[0]!.geometry as { coordinates: number[][][] }).coordinates[0]![0]!;

describe("a file's coordinates", () => {
  test("are reprojected from what the file declares, or from what the sender says, and that is told", async () => {
    const declared = await readVector(named("urn:ogc:def:crs:EPSG::32749", inMetres(0)));
    const said = await readVector(collectionOf([inMetres(0)]), { placing: { crs: utm } });
    const saidLate = await readVector(late("EPSG:32749", inMetres(0)), { placing: { crs: utm } });
    for (const { rows, told } of [declared, said, saidLate]) {
      // gdaltransform -s_srs EPSG:32749 -t_srs EPSG:4326
      expect(firstVertex(rows)[0]).toBeCloseTo(111.906546, 5);
      expect(firstVertex(rows)[1]).toBeCloseTo(-7.598351, 5);
      expect(told).toMatchObject([{ code: "reprojected", value: 1, from: "WGS 84 / UTM zone 49S (EPSG:32749)", to: "WGS 84 (EPSG:4326)" }]);
    }
  });

  test("are read as the sender says even against the file, and that is told", async () => {
    const { told } = await readVector(named("EPSG:32748", inMetres(0)), { placing: { crs: utm } });
    expect(told).toMatchObject([{ code: "crs_overridden", declared: "EPSG:32748" }, { code: "reprojected" }]);
  });

  test("are swapped when asked, and that is told", async () => {
    const plain = await readVector(collectionOf([turned(square(0))]), { placing: { swapAxes: true } });
    expect(plain.rows[0]!.geometry).toEqual(square(0).geometry);
    expect(plain.told).toEqual([{ code: "axes_turned", value: 1 }]);
    const metres = await readVector(collectionOf([turned(inMetres(0))]), { placing: { crs: utm, swapAxes: true } });
    expect(firstVertex(metres.rows)[0]).toBeCloseTo(111.906546, 5);
  });

  test.each<[string, string, Parameters<typeof readVector>[1], string]>([
    ["metres, undeclared", collectionOf([inMetres(0), inMetres(1)]), {}, "crs_needed"],
    ["swapped throughout", collectionOf([turned(square(0)), turned(square(1))]), {}, "file_axes_swapped"],
    ["swapped and in metres", collectionOf([turned(inMetres(0))]), { placing: { crs: utm } }, "file_axes_swapped"],
    ["not swapped, though the sender says so", collectionOf([square(0)]), { placing: { swapAxes: true } }, "file_axes_swapped"],
    ["degrees declared as metres", named("EPSG:32749", square(0)), {}, "crs_contradicted"],
    ["degrees that the sender calls metres", collectionOf([square(0)]), { placing: { crs: utm } }, "crs_contradicted"],
    ["metres that the sender calls degrees", collectionOf([inMetres(0)]), { placing: { crs: degrees } }, "crs_needed"],
    ["declared after the features", late("EPSG:32749", inMetres(0)), {}, "crs_late"],
    ["in a system that is not known", named("EPSG:2100", inMetres(0)), {}, "wrong_crs"],
    [
      "in a system told by a link",
      collectionOf([square(0)]).replace('"features"', '"crs":{"type":"link","properties":{"href":"x"}},"features"'),
      {},
      "wrong_crs",
    ],
  ])("that are %s are refused with the remedy", async (_, text, options, code) => {
    expect(await outcomeOf(readVector(text, options))).toBe(code);
  });

  test("that are swapped in one row only stay as they are: the row is refused later, the file is not", async () => {
    const { rows } = await readVector(collectionOf([square(0), turned(square(1))]));
    expect(rows.map(({ geometry }) => geometry)).toEqual([square(0).geometry, turned(square(1)).geometry]);
  });

  test("that are no numbers are left for the row's check", async () => {
    const odd = square(0, { ring: [["600000", 9_160_000], [null, 1], [601_000, 9_161_000, 5], [], "x"] as never });
    const { rows } = await readVector(named("EPSG:32749", odd, inMetres(1)));
    const ring = (rows[0]!.geometry as { coordinates: unknown[][] }).coordinates[0]!;
    expect([ring[0], ring[1], ring[3], ring[4]]).toEqual([["600000", 9_160_000], [null, 1], [], "x"]);
    expect((ring[2] as number[])[0]).toBeCloseTo(111.9155, 2);
  });
});
