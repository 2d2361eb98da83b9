import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDemoPlaces } from "../../../api/imports/demoPlaces.ts";
import { engines } from "../../fixtures/database.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const square = (west: number, south: number) => [
  [
    [west, south],
    [west + 0.02, south],
    [west + 0.02, south + 0.02],
    [west, south + 0.02],
    [west, south],
  ],
];
const own = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { kode: "35.17.01.2001", nama: "Desa Sendiri", kecamatan: "Perak" },
      geometry: { type: "Polygon", coordinates: square(112.1, -7.6) },
    },
  ],
};

describe.each(engines)("the demo on %s", (engine) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService(engine, { DEMO: "on" });
  });
  afterAll(() => service?.remove());
  const count = async (collection: string) =>
    (await service.call(`/api/collections/${collection}/items?limit=1`)).body.numberMatched as number;

  test("loads a kabupaten that can be told apart as fictional", async () => {
    expect(await count("villages")).toBe((await readDemoPlaces()).length);
    expect(await count("districts")).toBe(17);
    expect(await count("regencies")).toBe(1);
    expect(await count("incidents")).toBeGreaterThanOrEqual(350);
    const regency = await service.call("/api/collections/regencies/items/99.01");
    expect(regency.body.properties.name).toBe("Kabupaten Contoh");
    expect((await service.call("/api/session", { token: null })).body).toMatchObject({
      demo: true,
      person: { name: "demo", areas: ["99.01"] },
    });
  });

  test("holds hotspots that permutation and the false discovery rate find", async () => {
    const { status, body } = await service.run("hotspots", { areas: ["99.01"], seed: 1 });
    expect(status).toBe(200);
    const hot = body.columns.class.filter((name: string | null) => name === "hot").length;
    expect(hot).toBeGreaterThanOrEqual(5);
    expect(hot).toBeLessThan(60);
  });

  test("has teams, mediators, past visits, and an agreement of which a promise is overdue", async () => {
    const counts = await Promise.all(["teams", "mediators", "visits", "agreements"].map(count));
    expect(counts).toEqual([2, 3, 2, 1]);
    const [agreement] = (await service.call("/api/collections/agreements/items")).body.features;
    expect(agreement.properties).toMatchObject({ overdue_items: 1, open_items: 1, days_overdue: 6 });
  });

  test("has villages of every state of reporting, and disputes of which some are overdue", async () => {
    const { columns } = (await service.call("/api/values/coverage?areas=99.01")).body;
    for (const state of ["heard", "nil", "late", "silent", null]) expect(columns.state).toContain(state);
    const silent = columns.state.filter((state: string | null) => state === "silent").length;
    expect(silent / columns.state.length).toBeLessThan(0.3);
    expect(await count("potentials")).toBe(8);
    expect((await service.call("/api/collections/potentials/items?overdue=true")).body.numberMatched).toBe(4);
  });

  test("goes as a whole when it is removed, and leaves what the office loaded", async () => {
    expect((await service.load("boundaries", "own.geojson", JSON.stringify(own))).status).toBe("successful");
    expect((await service.call("/api/demo", { method: "DELETE" })).status).toBe(204);
    expect([
      await count("villages"),
      await count("regencies"),
      await count("provinces"),
      await count("incidents"),
      await count("reports"),
      await count("potentials"),
      (await service.call("/api/roster")).body.numberMatched,
    ]).toEqual([1, 1, 1, 0, 0, 0, 0]);
    const tile = (z: number, lon: number, lat: number) => {
      const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
      return `/api/collections/villages/tiles/WebMercatorQuad/${z}/${Math.floor(y * 2 ** z)}/${Math.floor(((lon + 180) / 360) * 2 ** z)}`;
    };
    expect((await service.call(tile(10, 111.5, -10.5))).status).toBe(204);
    expect((await service.call(tile(10, 112.11, -7.59))).status).toBe(200);
    expect((await service.call("/api/session", { token: null })).body).toMatchObject({ demo: false, person: null });
  });
});
