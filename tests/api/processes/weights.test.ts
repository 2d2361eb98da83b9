import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDrawnContiguity } from "../../../api/assessments/drawnContiguity.ts";
import type { Database } from "../../../api/database/database.ts";
import { engines } from "../../fixtures/database.ts";
import { startTestService, type TestAnswer, type TestService } from "../../fixtures/service.ts";

test("a tolerance of one's own is refused above 10,000 villages, before a shape is read, and the limit is named", async () => {
  const villages = Array.from({ length: 10_001 }, (_, i) => `99.01.01.${i}`);
  const sample = { codes: villages, indexOf: new Map(), reported: new Uint8Array(0), level: "village", villages } as const;
  const database = new Proxy({} as Database, { get: () => expect.unreachable("a shape was read") });
  await expect(readDrawnContiguity(database, sample, () => 0, false, 25)).rejects.toMatchObject({
    code: "invalid_input",
    details: { field: "weights.toleranceMetres", value: "25 (10001 desa/villages)", expected: expect.stringContaining("≤ 10000") },
  });
});

/**
 * Two kabupaten of two kecamatan of four villages: squares of 0.01° in four columns and four rows. 50 m lie between the two columns on the left and
 * the two on the right, and so between the kecamatan of a kabupaten; kabupaten 99.01 is the upper half.
 */
const gapDegrees = 0.00045;
const places = Array.from({ length: 16 }, (_, i) => {
  const [column, row] = [i % 4, Math.floor(i / 4)];
  const code = `99.0${row < 2 ? 1 : 2}.0${column < 2 ? 1 : 2}.200${(row % 2) * 2 + (column % 2) + 1}`;
  return { code, west: 112 + 0.01 * column + (column < 2 ? 0 : gapDegrees), north: -7.5 - 0.01 * row };
});
const codes = places.map(({ code }) => code).sort();
const boundaries = JSON.stringify({
  type: "FeatureCollection",
  features: places.map(({ code, west, north }) => {
    const [east, south] = [west + 0.01, north - 0.01];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    return { type: "Feature", properties: { code, name: `Desa ${code}` }, geometry: { type: "Polygon", coordinates: [ring] } };
  }),
});

describe.each(engines)("the process weights, %s", (engine) => {
  let service: TestService;
  const weights = async (inputs: Record<string, unknown>): Promise<TestAnswer["body"]> => {
    const answer = await service.run("weights", inputs);
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  };
  const pairs = ({ summary: { edges } }: TestAnswer["body"]): string[] =>
    edges.from.map((from: string, index: number) => `${from}-${edges.to[index]}`).sort();
  const file = async (run: string, format: string): Promise<TestAnswer> => service.call(`/api/runs/${run}?f=${format}`);

  beforeAll(async () => {
    service = await startTestService(engine);
    expect((await service.load("boundaries", "desa.geojson", boundaries)).results).toMatchObject({ accepted: 16, rejected: 0 });
  });
  afterAll(() => service?.remove());

  test("above village level the label points of the areas themselves are near or far", async () => {
    for (const level of ["district", "regency"] as const) {
      const near = await weights({ level, kind: "knn", k: 1 });
      expect(near.codes).toEqual(level === "district" ? ["99.01.01", "99.01.02", "99.02.01", "99.02.02"] : ["99.01", "99.02"]);
      expect(near.summary.edges.from).toEqual(near.codes);
    }
    // 0.02045° east at 7.5° south are 2,257 m, 0.02° north 2,212 m: the nearest lies north or south.
    expect(pairs(await weights({ level: "district", kind: "knn", k: 1 }))).toEqual([
      "99.01.01-99.02.01",
      "99.01.02-99.02.02",
      "99.02.01-99.01.01",
      "99.02.02-99.01.02",
    ]);
    expect(pairs(await weights({ level: "district", kind: "distance", distanceMetres: 2240 })).length).toBe(4);
    expect(pairs(await weights({ level: "district", kind: "distance", distanceMetres: 2300 })).length).toBe(8);
    const kernel = await weights({ level: "regency", kind: "kernel", distanceMetres: 4424 });
    for (const weight of kernel.summary.edges.weight) expect(weight).toBeCloseTo(0.5625, 2);
  });

  test("with a tolerance above the gap the columns meet, at every level; with another below it all is as kept", async () => {
    const kept = await weights({});
    expect(pairs(kept).length).toBe(2 * 2 * (4 + 6 + 6));
    expect(pairs(await weights({ toleranceMetres: 10 }))).toEqual(pairs(kept));
    expect(pairs(await weights({ toleranceMetres: 40 }))).toEqual(pairs(kept));
    const wide = await weights({ toleranceMetres: 60 });
    // Four rows of pairs across the gap, and six across it diagonally.
    expect(pairs(wide).length).toBe(pairs(kept).length + 2 * (4 + 6));
    expect(wide.inputs.toleranceMetres).toBe(60);
    expect(pairs(await weights({ kind: "rook" })).length).toBe(2 * 2 * (4 + 6));
    expect(pairs(await weights({ kind: "rook", toleranceMetres: 60 })).length).toBe(2 * (2 * (4 + 6) + 4));
    expect(pairs(await weights({ level: "district" })).length).toBe(4);
    expect(pairs(await weights({ level: "district", toleranceMetres: 60 })).length).toBe(12);
    expect(pairs(await weights({ level: "regency", toleranceMetres: 60 }))).toEqual(["99.01-99.02", "99.02-99.01"]);
  });

  test("below 2 m no tolerance is taken", async () => {
    const answer = await service.run("weights", { toleranceMetres: 1 });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_input", field: "toleranceMetres" } });
  });

  test("a run goes out as .gal and .gwt and comes back in, edge by edge", async () => {
    const asked = { areas: ["99.01"], border: false };
    const queen = await weights(asked);
    const gal = await file(queen.run, "gal");
    expect(gal.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(gal.headers.get("content-disposition")).toBe(`attachment; filename="waspada-${queen.run}.gal"`);
    expect(gal.body.split("\n").slice(0, 3)).toEqual(["0 8 waspada code", "99.01.01.2001 3", "99.01.01.2002 99.01.01.2003 99.01.01.2004"]);
    const kernel = await weights({ ...asked, kind: "kernel", distanceMetres: 2500 });
    const gwt = await file(kernel.run, "gwt");
    expect((await weights({ ...asked, kind: "given", gal: gal.body })).summary.edges).toEqual(queen.summary.edges);
    expect((await weights({ ...asked, kind: "given", gwt: gwt.body })).summary.edges).toEqual(kernel.summary.edges);
    expect(new Set((await weights({ ...asked, kind: "given", gwt: gwt.body, gwtColumn: "distance" })).summary.edges.weight)).toEqual(
      new Set([1]),
    );
    expect((await file(kernel.run, "gal")).body).toMatchObject({
      code: "invalid_parameter",
      field: "f",
      expected: expect.stringMatching(/^gwt/),
    });
  });

  test("neighbours across the border are in no file, and a run of another process has none", async () => {
    const ring = await weights({ areas: ["99.01"] });
    expect(await file(ring.run, "gwt")).toMatchObject({ status: 400, body: { expected: expect.stringContaining("border: false") } });
    const rates = await service.run("autocorrelation", { measure: "count", permutations: 0 });
    expect(await file(rates.body.run, "gal")).toMatchObject({
      status: 400,
      body: { code: "invalid_parameter", expected: expect.stringContaining("weights") },
    });
  });

  test("codes may be without dots, as other programs keep them", async () => {
    const gal = "2\n9901012001 1\n9901012002\n9901012002 0\n\n";
    const { summary } = await weights({ kind: "given", gal, areas: ["99.01"], border: false });
    expect(summary.edges).toEqual({ from: ["99.01.01.2001"], to: ["99.01.01.2002"], weight: [1] });
    expect(summary.islands.length).toBe(7);
  });

  test("other processes take a file as their weights", async () => {
    const gal = (await file((await weights({ border: false })).run, "gal")).body;
    const asked = { measure: "count", statistic: "join_count", permutations: 99 };
    const own = await service.run("autocorrelation", asked);
    const given = await service.run("autocorrelation", { ...asked, weights: { kind: "given", gal } });
    expect(given.body.summary).toEqual(own.body.summary);
  });

  test.each([
    ["no way to give weights", {}, { code: "invalid_input", field: "weights.edges" }],
    ["two ways at once", { gal: "1\n99.01.01.2001 0\n", edges: [] }, { code: "invalid_input", value: "edges + gal" }],
    ["a damaged .gal", { gal: "1\n99.01.01.2001 1\n" }, { code: "file_damaged", name: "weights.gal", line: 2 }],
    ["a damaged .gwt", { gwt: "0 2 a b\n99.01.01.2001 99.01.01.2002 0\n" }, { code: "file_damaged", name: "weights.gwt", line: 2 }],
    ["an area that is not loaded", { gwt: "2\n99.01.01.2001 99.01.01.2999\n" }, { code: "unknown_area", field: "weights.gwt", line: 2 }],
    [
      "an edge to nowhere",
      { edges: [["99.01.01.2001", "99.09.01.2001"]] },
      { code: "unknown_area", field: "weights.edges", value: "99.09.01.2001" },
    ],
  ])("%s is refused, and a file with its line", async (_, given, expected) => {
    expect(await service.run("weights", { kind: "given", ...given })).toMatchObject({ status: 422, body: expected });
  });

  test("codes ascend", async () => expect((await weights({})).codes).toEqual(codes));
});
