import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../fixtures/database.ts";
import { type Jombang, readJombang } from "../fixtures/jombang.ts";
import { hasOutside, outside } from "../fixtures/outside.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";

const period = { from: "2024-01-01", to: "2025-12-31" };
const within = { areas: ["35.17"], period, issues: ["404"], border: false };
const village = "35.17.01.2001";
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Largest relative difference of two columns in the order of the reference; where one is unknown the other must be. */
function worst(actual: readonly (number | null)[], expected: readonly (number | null)[], hidden: ReadonlySet<number>): number {
  return expected.reduce<number>((most, value, index) => {
    const found = actual[index] ?? null;
    if (hidden.has(index)) return most;
    if ((value === null) !== (found === null)) return Number.POSITIVE_INFINITY;
    if (value === null || found === null || Math.abs(found - value) <= 1e-12) return most;
    return Math.max(most, Math.abs(found - value) / Math.abs(value));
  }, 0);
}

describe.skipIf(!hasOutside).each(engines)("the main job on real input, %s", (engine) => {
  let service: TestService;
  let jombang: Jombang;
  const count = async (collection: string): Promise<number> =>
    (await service.call(`/api/collections/${collection}/items?limit=1`)).body.numberMatched;
  const columnsOf = async (process: string, inputs: unknown) => {
    const answer = await service.run(process, inputs);
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    const index = new Map<string, number>(answer.body.codes.map((code: string, at: number) => [code, at]));
    return {
      body: answer.body,
      column: (name: string) => jombang.codes.map((code) => answer.body.columns[name][index.get(code) ?? -1] as number | null),
    };
  };

  beforeAll(async () => {
    jombang = readJombang();
    service = await startTestService(engine);
    const boundaries = await service.load(
      "boundaries",
      "desa_35.17_jombang.geojson",
      readFileSync(outside("data/boundaries/desa_35.17_jombang.geojson")),
    );
    expect(boundaries.results).toMatchObject({ accepted: 306, rejected: 0 });
    expect((await service.load("indicators", "penduduk.csv", jombang.populationCsv, { year: "2024" })).results).toMatchObject({
      accepted: 306,
    });
    // Nothing was reported yet: no score, rather than one that calls silence safe.
    expect((await service.run("risk", { areas: ["35.17"] })).body).toMatchObject({ code: "analysis_refused", refusal: "no_incidents" });
    expect((await service.call("/api/values/risk?areas=35.17")).body.run).toBe(null);
    expect((await service.load("incidents", "kejadian.csv", jombang.incidentsCsv)).results).toMatchObject({ accepted: 1249 });
  });
  afterAll(() => service?.remove());

  test("boundaries bring their kabupaten, kecamatan and province with them", async () => {
    expect([await count("villages"), await count("districts"), await count("regencies"), await count("provinces")]).toEqual([
      306, 21, 1, 1,
    ]);
  });

  test("the same file twice changes nothing", async () => {
    const again = await service.load(
      "boundaries",
      "desa_35.17_jombang.geojson",
      readFileSync(outside("data/boundaries/desa_35.17_jombang.geojson")),
    );
    expect(again.results).toMatchObject({ accepted: 0, unchanged: 306 });
  });

  test("rates agree with PySAL", async () => {
    const crude = await columnsOf("rates", { ...within, per: 1, smoothing: "none" });
    expect(crude.column("count")).toEqual(jombang.cases);
    expect(crude.column("population")).toEqual(jombang.population);
    const weights = { kind: "given", edges: jombang.edges };
    expect(
      worst((await columnsOf("rates", { ...within, per: 1, smoothing: "global" })).column("smoothed"), jombang.pysal.EB_global, new Set()),
    ).toBeLessThan(1e-10);
    expect(
      worst(
        (await columnsOf("rates", { ...within, per: 1, smoothing: "local", weights })).column("smoothed"),
        jombang.pysal.EB_local,
        jombang.islands,
      ),
    ).toBeLessThan(1e-10);
  });

  test("hotspots agree with PySAL and islands have no result", async () => {
    const asked = {
      ...within,
      measure: "rate",
      weights: { kind: "given", edges: jombang.edges },
      significance: "analytic",
      correction: "none",
    };
    const gi = await columnsOf("hotspots", { ...asked, statistic: "gi" });
    const star = await columnsOf("hotspots", { ...asked, statistic: "gi_star" });
    const moran = await columnsOf("hotspots", { ...asked, statistic: "local_moran" });
    expect(worst(gi.column("z"), jombang.pysal.Gi_z_binary, jombang.islands)).toBeLessThan(1e-10);
    expect(worst(star.column("z"), jombang.pysal.GiStar_z_binary, jombang.islands)).toBeLessThan(1e-10);
    expect(worst(moran.column("value"), jombang.pysal.localMoran.I, jombang.islands)).toBeLessThan(1e-10);
    for (const island of jombang.islands)
      expect([gi.column("z")[island], star.column("p")[island], moran.column("value")[island]]).toEqual([null, null, null]);
  });

  test("Moran's I agrees with PySAL", async () => {
    const weights = { kind: "given", edges: jombang.edges };
    const rate = await columnsOf("autocorrelation", { ...within, measure: "rate", weights, permutations: 0 });
    const scale = [1, (jombang.codes.length - jombang.islands.size) / jombang.codes.length];
    expect(scale.some((factor) => Math.abs(rate.body.summary.moranI / factor - jombang.pysal.globalMoran_W.I) < 1e-10)).toBe(true);
  });

  test("the same question gives the same bits, its run is kept, and a replay says so", async () => {
    const asked = { ...within, statistic: "gi_star", weights: { kind: "given", edges: jombang.edges }, permutations: 99_999, seed: 42 };
    const [first, second] = [await service.run("hotspots", asked), await service.run("hotspots", asked)];
    expect(second.body.columns).toEqual(first.body.columns);
    expect(second.body.inputHash).toBe(first.body.inputHash);
    expect((await service.call(`/api/runs/${first.body.run}`)).body).toEqual(first.body);
    expect((await service.call(`/api/runs/${first.body.run}?replay=true`)).body).toMatchObject({ isSame: true, replayOf: first.body.run });
  });

  test("the parts add up to the score", async () => {
    const { body } = await columnsOf("risk", { areas: ["35.17"] });
    const parts = ["kejadian", "imbasan", "kecenderungan", "kerentanan", "agenda", "potensi"];
    const gaps = body.columns.score.map((score: number | null, index: number) =>
      score === null ? 0 : Math.abs(score - parts.reduce((sum, part) => sum + (body.columns[part][index] ?? 0), 0)),
    );
    expect(body.columns.score.filter((score: number | null) => score !== null)).toHaveLength(306);
    expect(Math.max(...gaps)).toBeLessThan(1e-9);
    expect(body.summary.missing).toEqual(expect.arrayContaining(["agenda", "potensi"]));
  });

  test("a new report is announced, and once its score is told the map has it", async () => {
    const settled = async (): Promise<string> => {
      for (let last = ""; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
        const { body } = await service.call("/api/values/risk?areas=35.17");
        if (body.run && body.run === last) return last;
        last = body.run ?? "";
      }
    };
    const before = await settled();
    const events = await fetch(`${service.url}/api/events`, { headers: { authorization: `Bearer uji-admin-0123456789` } });
    const reader = events.body?.getReader();
    const sent = await service.call("/api/collections/incidents/items", {
      headers: { "content-type": "application/geo+json" },
      body: {
        type: "Feature",
        geometry: null,
        properties: {
          village_code: village,
          occurred_from: daysAgo(1),
          issue: "404",
          form: "F6",
          severity: 5,
          status: "verified",
          facts: "Bentrokan dua kelompok.",
        },
      },
    });
    expect(sent.status).toBe(201);
    let heard = "";
    while (!(heard.includes("event: incident") && heard.includes('"kind":"risk"')))
      heard += new TextDecoder().decode((await reader?.read())?.value);
    const { body } = await service.call("/api/values/risk?areas=35.17");
    expect(body.run).not.toBe(before);
    await reader?.cancel();
    expect(
      (
        await service.call(
          `/api/collections/incidents/items?filter=${encodeURIComponent(`village_code = '${village}'`)}&sortby=-recorded_at`,
        )
      ).body.features[0].id,
    ).toBe(sent.body.id);
  });

  test("a tile carries code and name and nothing else", async () => {
    const { VectorTile } = await import("@mapbox/vector-tile");
    const { PbfReader } = await import("pbf");
    const tile = await service.call("/api/collections/villages/tiles/WebMercatorQuad/10/533/831");
    expect(tile.status).toBe(200);
    const layer = new VectorTile(new PbfReader(tile.body)).layers.villages;
    expect(layer?.length).toBeGreaterThan(50);
    const feature = layer?.feature(0);
    expect(Object.keys(feature?.properties ?? {}).sort()).toEqual(["code", "name"]);
    expect(feature?.id).toBe(Number(String(feature?.properties.code).replaceAll(".", "")));
    expect(
      (
        await service.call("/api/collections/villages/tiles/WebMercatorQuad/10/533/831", {
          headers: { "if-none-match": tile.headers.get("etag") ?? "" },
        })
      ).status,
    ).toBe(304);
  });

  test("columns travel as JSON and as Arrow with the same numbers", async () => {
    const { tableFromIPC } = await import("apache-arrow");
    const json = (await service.call("/api/values/risk?areas=35.17&column=score")).body;
    const arrow = tableFromIPC((await service.call("/api/values/risk?areas=35.17&column=score&f=arrow")).body);
    const field = arrow.schema.fields[0];
    const [scale, offset] = [Number(field?.metadata.get("scale")), Number(field?.metadata.get("offset"))];
    const decoded = Array.from({ length: arrow.numRows }, (_, index) => arrow.getChildAt(0)?.get(index) as number | null);
    expect(decoded).toHaveLength(306);
    const gaps = decoded.map((stored, index) =>
      stored === null ? json.columns.score[index] : Math.abs(stored * scale + offset - json.columns.score[index]),
    );
    expect(gaps.every((gap) => gap === null || gap <= scale / 2 + 1e-9)).toBe(true);
    const codes = await service.call(`/api/values/codes/${encodeURIComponent(json.areaSet)}`);
    expect(codes.body.codes).toHaveLength(306);
    expect(codes.headers.get("cache-control")).toContain("immutable");
  });
});
