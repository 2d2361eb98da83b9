import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
type Candidate = { village_code: string; probability: number };

describe.each(engines)("incidents that may have been in several villages, %s", (engine) => {
  let service: TestService;
  let villages: string[];
  const items = "/api/collections/incidents/items";
  const feature = (village: string | null, candidates?: unknown) => ({
    type: "Feature",
    geometry: null,
    properties: {
      ...(village ? { village_code: village } : {}),
      ...(candidates === undefined ? {} : { village_candidates: candidates }),
      occurred_from: day(3),
      issue: "404",
      form: "F6",
      facts: "Uji tempat.",
    },
  });
  const post = (village: string | null, candidates?: unknown) => service.call(items, { body: feature(village, candidates) });
  const between = (...shares: [number, number][]): Candidate[] =>
    shares.map(([at, probability]) => ({ village_code: villages[at]!, probability }));
  const rates = async (places: string, more: object = {}) =>
    (await service.run("rates", { areas: ["99.01"], smoothing: "none", places, ...more })).body;
  const countsOf = async (places: string): Promise<number[]> => {
    const { codes, columns } = await rates(places);
    return [0, 1, 2, 3].map((at) => columns.count[codes.indexOf(villages[at])]);
  };

  beforeAll(async () => {
    service = await startTestService(engine);
    await service.load("boundaries", "wilayah.geojson", readFileSync("data/demo/region.geojson"));
    await service.load("indicators", "indikator.csv", readFileSync("data/demo/indicators.csv"), { year: "2024", partial: "true" });
    const { features } = (await service.call("/api/collections/villages/items?limit=200&filter=population%20%3E%200")).body;
    villages = features.map((village: { id: string }) => village.id);
    for (let at = 0; at < 30; at++) expect((await post(villages[at % 20]!)).status).toBe(201);
  });
  afterAll(() => service?.remove());

  test("where one may have been is kept with it, in its history, and read back likeliest first", async () => {
    const before = await countsOf("weighted");
    const filed = await post(villages[0]!, between([1, 0.3], [0, 0.5]));
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    expect(filed.body.properties).toMatchObject({ village_code: villages[0], village_candidates: between([0, 0.5], [1, 0.3]) });
    expect((await service.call(`${items}/${filed.body.id}`)).body.properties.village_candidates).toEqual(between([0, 0.5], [1, 0.3]));

    // Likeliest as before, by probability, and without it.
    const [one, two] = [before[0]!, before[1]!];
    expect((await countsOf("likeliest")).slice(0, 2)).toEqual([one + 1, two]);
    const weighted = await countsOf("weighted");
    expect(weighted[0]).toBeCloseTo(one + 0.5, 12);
    expect(weighted[1]).toBeCloseTo(two + 0.3, 12);
    expect((await countsOf("certain_only")).slice(0, 2)).toEqual([one, two]);
    expect((await rates("weighted")).summary.uncertainPlaces).toEqual({ incidents: 1, treatment: "weighted" });

    // Replaced: kept while nothing is said of it, gone with null or in another village.
    const put = async (body: object): Promise<unknown> => {
      const { headers } = await service.call(`${items}/${filed.body.id}`);
      const answer = await service.call(`${items}/${filed.body.id}`, {
        method: "PUT",
        headers: { "if-match": headers.get("etag") ?? "" },
        body,
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body.properties.village_candidates;
    };
    expect(await put(feature(villages[0]!))).toEqual(between([0, 0.5], [1, 0.3]));
    expect(await put(feature(villages[2]!, between([2, 0.6], [3, 0.4])))).toEqual(between([2, 0.6], [3, 0.4]));
    expect(await put(feature(villages[3]!))).toBe(null);
    expect(await put(feature(null, between([0, 0.6], [3, 0.4])))).toEqual(between([0, 0.6], [3, 0.4]));
    expect(await put(feature(villages[0]!, null))).toBe(null);
    expect(await countsOf("weighted")).toEqual(await countsOf("certain_only"));
  });

  test("without a village the likeliest candidate is it; sent again it is the same incident", async () => {
    const sent = { ...feature(null, between([4, 0.2], [5, 0.7])), id: "0b3c8a54-6f0e-4a57-9c1c-3a1b1f0c9d11" };
    const filed = await service.call(items, { body: sent });
    expect(filed.body.properties.village_code).toBe(villages[5]);
    expect((await service.call(items, { body: sent })).status).toBe(200);
    expect((await service.call(items, { body: { ...sent, ...feature(null, between([4, 0.3], [5, 0.7])) } })).status).toBe(409);
  });

  test.each([
    ["one village only", () => between([0, 1])],
    ["a village twice", () => between([0, 0.5], [0, 0.5])],
    ["more than one in all", () => between([0, 0.6], [1, 0.41])],
    ["a probability of 0", () => between([0, 1], [1, 0])],
    ["not the likeliest in village_code", () => between([0, 0.4], [1, 0.6])],
    ["no village of the list in village_code", () => between([1, 0.5], [2, 0.5])],
    ["no code", () => [{ village_code: "99.01", probability: 0.5 }, ...between([0, 0.5])]],
  ])("%s: refused, naming the field and what it takes", async (_, candidates) => {
    const { status, body } = await post(villages[0]!, candidates());
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: "invalid_field", field: "village_candidates" });
    expect(body.expected).toContain("at most 1");
  });

  test("a candidate that is not loaded is refused by its code", async () => {
    const { status, body } = await post(villages[0]!, [...between([0, 0.5]), { village_code: "99.01.01.2999", probability: 0.5 }]);
    expect([status, body.code, body.field, body.value]).toEqual([422, "unknown_village", "village_candidates", "99.01.01.2999"]);
  });

  test("tenths that add up to one are taken", async () => {
    const shares = Array.from({ length: 10 }, (_, at) => [10 + at, 0.1] as [number, number]);
    expect((await post(null, between(...shares))).status).toBe(201);
  });

  test("exact risk puts the uncertain where they may have been on twenty maps, the same with the same seed, and a replay gives the same bits", async () => {
    await post(villages[6]!, between([6, 0.5], [120, 0.5]));
    const asked = { areas: ["99.01"], statistic: "exact", places: "weighted", seed: 7 };
    const first = (await service.run("hotspots", asked)).body;
    expect(first.warnings).toContainEqual({ code: "places_imputed", details: { maps: 20 } });
    expect(first.summary.uncertainPlaces.treatment).toBe("weighted");
    expect(first.summary.uncertainPlaces.incidents).toBeGreaterThan(0);
    const again = (await service.run("hotspots", asked)).body;
    expect(again.columns).toEqual(first.columns);
    expect(again.inputHash).toBe(first.inputHash);
    expect((await service.run("hotspots", { ...asked, seed: 8 })).body.columns.p).not.toEqual(first.columns.p);
    await post(villages[6]!, between([6, 0.5], [7, 0.5]));
    const replayed = (await service.call(`/api/runs/${first.run}?replay=true`)).body;
    expect({ columns: replayed.columns, isSameData: replayed.isSameData }).toEqual({ columns: first.columns, isSameData: true });
    expect([replayed.summary, replayed.warnings]).toEqual([first.summary, first.warnings]);
    const certain = (await service.run("hotspots", { ...asked, places: "certain_only" })).body;
    expect(certain.warnings.map(({ code }: { code: string }) => code)).not.toContain("places_imputed");
    for (const observed of certain.columns.observed) if (observed !== null) expect(Number.isInteger(observed)).toBe(true);
  });

  test("Gi*, autocorrelation and districts count by probability too", async () => {
    const asked = { areas: ["99.01"], permutations: 999, places: "weighted" };
    for (const process of ["hotspots", "autocorrelation"]) {
      const [weighted, likeliest] = [await service.run(process, asked), await service.run(process, { ...asked, places: "likeliest" })];
      expect(weighted.status, JSON.stringify(weighted.body).slice(0, 300)).toBe(200);
      expect(weighted.body.summary.uncertainPlaces.treatment).toBe("weighted");
      expect(weighted.body.inputHash).not.toBe(likeliest.body.inputHash);
      expect([weighted.body.columns.value ?? weighted.body.summary.moranI]).not.toEqual([
        likeliest.body.columns.value ?? likeliest.body.summary.moranI,
      ]);
    }
    const whole = (await rates("weighted", { level: "district" })).columns.count as number[];
    const villagesCount = (await rates("weighted")).columns.count as number[];
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(whole)).toBeCloseTo(sum(villagesCount), 9);
  });
});
