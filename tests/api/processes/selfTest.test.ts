import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJombang } from "../../fixtures/jombang.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const asked = { areas: ["35.17"], period: { from: "2024-01-01", to: "2025-12-31" }, issues: ["404"], border: false };

describe.skipIf(!hasOutside)("power, of the process self-test and beside every hotspot result", () => {
  let service: TestService;
  const timed = async (process: string, inputs: unknown) => {
    const at = performance.now();
    const { status, body } = await service.run(process, inputs);
    return { status, body, milliseconds: performance.now() - at };
  };
  const report = (facts: string) =>
    service.call("/api/collections/incidents/items", {
      headers: { "content-type": "application/geo+json" },
      body: {
        type: "Feature",
        geometry: null,
        properties: { village_code: "35.17.01.2001", occurred_from: "2024-06-01", issue: "404", form: "F6", facts },
      },
    });

  beforeAll(async () => {
    const jombang = readJombang();
    service = await startTestService("embedded");
    await service.load("boundaries", "desa.geojson", readFileSync(outside("data/boundaries/desa_35.17_jombang.geojson")));
    await service.load("indicators", "penduduk.csv", jombang.populationCsv, { year: "2024" });
    await service.load("incidents", "kejadian.csv", jombang.incidentsCsv);
  });
  afterAll(() => service?.remove());

  test("a self-test states false alarms, power and the smallest detectable risk with their intervals, and says it in words", async () => {
    const question = {
      process: "hotspots",
      inputs: { ...asked, statistic: "exact" },
      runs: 20,
      relativeRisks: [3, 1.5],
      clusterSizes: [7],
    };
    const { status, body } = await timed("self-test", question);
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
    const { falseAlarmRate, power, smallestDetectable, sentence, events, reportedEvents } = body.summary;
    expect({ events, reportedEvents, runs: falseAlarmRate.runs }).toEqual({ events: 1200, reportedEvents: 1249, runs: 20 });
    expect(falseAlarmRate.lower).toBeLessThanOrEqual(falseAlarmRate.rate);
    expect(power.map(({ relativeRisk, clusterSize }: Record<string, number>) => [relativeRisk, clusterSize])).toEqual([
      [1.5, 7],
      [3, 7],
    ]);
    for (const cell of power) expect(cell.power >= cell.lower && cell.power <= cell.upper).toBe(true);
    expect(smallestDetectable["7"]).toBeGreaterThan(1.5);
    expect(sentence.id).toMatch(/^Dengan 1\.200 kejadian di sini, .*gugus 7 desa/);
    expect(sentence.en).toMatch(/^With 1,200 incidents here, .*7 villages/);
    expect((await timed("self-test", question)).body.summary).toEqual(body.summary);
  });

  test("areas and inputs of the question inside are checked like the question's own", async () => {
    expect((await timed("self-test", { inputs: { areas: ["35.99"] } })).body).toMatchObject({ status: 422, code: "unknown_area" });
    expect((await timed("self-test", { inputs: { statistic: "moran" } })).body).toMatchObject({
      code: "invalid_input",
      field: "statistic",
    });
    expect((await timed("self-test", { inputs: { ...asked, issues: ["101"] } })).body).toMatchObject({ refusal: "no_events" });
  });

  test("a hotspot result carries its power; a further report takes it from what was kept, new people do not", async () => {
    // The 1,250th, so that the next one rounds to the same two digits.
    expect((await report("satu")).status).toBe(201);
    const first = await timed("hotspots", asked);
    const { power } = first.body.summary;
    expect(power).toMatchObject({ events: 1300, wantedPower: 0.8, largestRelativeRisk: 20 });
    expect(power.smallestDetectable["7"]).toBeLessThan(6);
    expect(first.body.warnings.map(({ code }: { code: string }) => code).filter((code: string) => code.startsWith("power"))).toEqual([]);
    expect((await report("satu lagi")).status).toBe(201);
    const second = await timed("hotspots", asked);
    expect(second.body.summary.events).toBe(first.body.summary.events + 1);
    expect(second.body.summary.power).toEqual(power);
    // The quickest of three: what else the machine does meanwhile must not decide.
    const again = [second, await timed("hotspots", asked), await timed("hotspots", asked)].map(({ milliseconds }) => milliseconds);
    expect(Math.min(...again)).toBeLessThan(first.milliseconds / 2);
    await service.load("indicators", "penduduk.csv", "code,population\n35.17.01.2001,90000\n", { year: "2024" });
    expect((await timed("hotspots", asked)).body.summary.power.power).not.toEqual(power.power);
  });

  test("a scan is tested the same way, and carries its power too", async () => {
    const inputs = { ...asked, temporal: false, maxPopulation: 0.1, simulations: 99 };
    const tested = await timed("self-test", { process: "space-time-scan", inputs, runs: 20, relativeRisks: [3], clusterSizes: [7] });
    expect(tested.body.summary.power).toMatchObject([{ relativeRisk: 3, clusterSize: 7, runs: 20 }]);
    const { summary } = (await timed("space-time-scan", inputs)).body;
    expect(summary.power).toMatchObject({ events: summary.events, sentence: { id: expect.stringContaining("gugus") } });
    const unknown = (await timed("space-time-scan", { ...asked, model: "permutation", stepDays: 90, simulations: 99 })).body;
    expect([unknown.summary.power, unknown.warnings.some(({ code }: { code: string }) => code === "power_unknown")]).toEqual([null, true]);
    const refused = { process: "space-time-scan", inputs: { ...asked, model: "permutation" } };
    expect((await timed("self-test", refused)).body).toMatchObject({ code: "not_available_yet", field: "inputs.model" });
  });

  test("the standing hotspots are published at once, and once more when their power is known", async () => {
    const standing = async () => (await service.call("/api/values/hotspots?areas=35.17")).body;
    const deadline = performance.now() + 60_000;
    let published = await standing();
    while (!published.summary?.power && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      published = await standing();
    }
    expect(published.summary.power.sentence.id).toContain("kejadian di sini");
    expect(published.warnings.map(({ code }: { code: string }) => code)).not.toContain("power_pending");
  });
});
