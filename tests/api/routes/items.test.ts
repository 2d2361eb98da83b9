import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

describe.each(engines)("items and their pages, %s", (engine) => {
  let service: TestService;
  const all = async (query: string): Promise<{ id: string; properties: Record<string, number | null> }[]> => {
    const found = [];
    for (let next: string | undefined = `/api/collections/villages/items?limit=37&${query}`; next; ) {
      const { status, body } = await service.call(next);
      expect(status, JSON.stringify(body).slice(0, 200)).toBe(200);
      expect(body.numberReturned).toBe(body.features.length);
      found.push(...body.features);
      next = body.links.find((link: { rel: string }) => link.rel === "next")?.href.slice(service.url.length);
    }
    return found;
  };
  beforeAll(async () => {
    service = await startTestService(engine);
    expect((await service.load("boundaries", "wilayah.geojson", readFileSync("data/demo/region.geojson"))).results).toMatchObject({
      rejected: 0,
    });
    expect(
      (await service.load("indicators", "indikator.csv", readFileSync("data/demo/indicators.csv"), { year: "2024", partial: "true" }))
        .status,
    ).toBe("successful");
  });
  afterAll(() => service?.remove());

  test("every village comes once, in the order of codes", async () => {
    const codes = (await all("")).map((feature) => feature.id);
    expect(codes).toHaveLength(302);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  test.each(["population", "-population"])("sorted by %s the pages join up and the unknown come last", async (sortby) => {
    const people = (await all(`sortby=${sortby}`)).map((feature) => feature.properties.population);
    const known = people.filter((value): value is number => typeof value === "number");
    expect(people).toHaveLength(302);
    expect(people.slice(known.length).every((value) => value === null)).toBe(true);
    expect(people.length - known.length).toBe(6);
    expect(known).toEqual(known.toSorted((a, b) => (sortby.startsWith("-") ? b - a : a - b)));
  });

  test("an unknown population is neither above nor below any number", async () => {
    const count = async (filter: string): Promise<number> => (await all(`filter=${encodeURIComponent(filter)}`)).length;
    expect((await count("population > 3000")) + (await count("population <= 3000"))).toBe(296);
    expect((await count("NOT population > 3000")) + (await count("population > 3000"))).toBe(296);
    expect(await count("population IS NULL")).toBe(6);
  });

  test("a property is a parameter of its own, and a box cuts", async () => {
    const district = (await all("district_code=99.01.01")).length;
    expect(district).toBeGreaterThan(5);
    expect(district).toBeLessThan(60);
    const { body } = await service.call("/api/collections/regencies/items");
    const [west, south, east, north] = (await service.call("/api/areas")).body.areas[0].bbox;
    expect(body.features[0].properties).toMatchObject({ code: "99.01", province_code: "99" });
    expect((await all(`bbox=${west},${south},${east},${north}`)).length).toBe(302);
    expect((await all(`bbox=${west},${south},${(west + east) / 2},${north}`)).length).toBeLessThan(302);
    expect((await all("bbox=0,0,1,1")).length).toBe(0);
  });

  test("CSV has a byte order mark and no cell that runs", async () => {
    const properties = {
      village_code: (await all(""))[0]?.id,
      occurred_from: "2025-06-27",
      issue: "404",
      form: "F6",
      facts: '=HYPERLINK("x")',
    };
    const sent = await service.call("/api/collections/incidents/items", {
      method: "POST",
      headers: { "content-type": "application/geo+json" },
      body: JSON.stringify({ type: "Feature", geometry: null, properties }),
    });
    expect(sent.status).toBe(201);
    const csv = (await service.call("/api/collections/incidents/items?f=csv")).body as string;
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv).toContain(`'=HYPERLINK`);
    expect(csv).not.toMatch(/(^|,)"?=/m);
  });
});
