import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJombang } from "../../fixtures/jombang.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

/** The question of the recorded space-time run. */
const asked = {
  areas: ["35.17"],
  period: { from: "2024-01-01", to: "2025-12-31" },
  issues: ["404"],
  border: false,
  stepDays: 14,
  maxPopulation: 0.25,
  simulations: 99,
};
const ofRecord = readRecord();

function readRecord(): string[] {
  if (!hasOutside) return [];
  const text = readFileSync(outside("reference/satscan/jombang_st.txt"), "utf8");
  return text.slice(text.indexOf("1.Location"), text.indexOf("Coordinates / radius")).match(/\d\d\.\d\d\.\d\d\.\d{4}/g) ?? [];
}

describe.skipIf(!hasOutside)("space-time-scan over HTTP", () => {
  let service: TestService;
  beforeAll(async () => {
    const jombang = readJombang();
    service = await startTestService("embedded");
    await service.load("boundaries", "desa.geojson", readFileSync(outside("data/boundaries/desa_35.17_jombang.geojson")));
    await service.load("indicators", "penduduk.csv", jombang.populationCsv.replace(/\n35\.17\.01\.2001,\d+/, ""), { year: "2024" });
    await service.load("incidents", "kejadian.csv", jombang.incidentsCsv);
  });
  afterAll(() => service?.remove());

  test("the strongest cluster is SaTScan's, its days half-open, and fills the columns", async () => {
    const { status, body } = await service.run("space-time-scan", asked);
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
    const [first] = body.summary.clusters;
    // Places are our label points, a little off those of the record.
    expect([...first.codes].sort()).toEqual([...ofRecord].sort());
    expect(first).toMatchObject({
      rank: 1,
      from: "2024-03-13",
      to: "2025-03-12",
      observed: 131,
      areasOutside: 0,
      p: 0.01,
      recurrenceIntervalDays: null,
    });
    // One village of 3,372 has no population here; it had incidents, so that the ratio is a little other than SaTScan's 50.359232.
    expect(first.llr).toBeCloseTo(50.36, 0);
    expect(first.centre).toBe("35.17.06.2015");
    expect(first.radiusMetres / 1000).toBeCloseTo(4.25, 1);
    const at = (code: string): number => body.codes.indexOf(code);
    expect(first.codes.map((code: string) => body.columns.cluster[at(code)])).toEqual(first.codes.map(() => 1));
    expect([body.columns.observed[at("35.17.01.2001")], body.columns.expected[at("35.17.01.2001")]]).toEqual([null, null]);
    expect(body.summary).toMatchObject({
      withoutPopulation: ["35.17.01.2001"],
      areas: 305,
      steps: 53,
      simulations: 99,
      populationYears: [{ year: 2024, villages: 305 }],
    });
    expect(body.warnings).toContainEqual({ code: "without_population", details: expect.objectContaining({ areas: 1 }) });
    const cells = body.summary.clusters.flatMap((cluster: { codes: string[]; from: string; to: string }) =>
      cluster.codes.map((code) => ({ code, from: cluster.from, to: cluster.to })),
    );
    const overlapping = cells.filter((one: (typeof cells)[0], i: number) =>
      cells.some((other: typeof one, j: number) => i < j && one.code === other.code && one.from < other.to && other.from < one.to),
    );
    expect(overlapping).toEqual([]);
  });

  test("the same question gives the same bits, and one that is answered early stops early", async () => {
    const [one, two] = [await service.run("space-time-scan", asked), await service.run("space-time-scan", asked)];
    expect(two.body.summary).toEqual(one.body.summary);
    expect(two.body.inputHash).toBe(one.body.inputHash);
    const quiet = { ...asked, areas: ["35.17.03"], model: "permutation", simulations: 999, stopAfter: 10 };
    const stopped = (await service.run("space-time-scan", quiet)).body.summary;
    expect(stopped.simulations).toBeLessThan(999);
    expect(stopped.clusters[0].p).toBeCloseTo(11 / (stopped.simulations + 1), 12);
  });

  test("prospective clusters last until the end of the period and have a recurrence interval", async () => {
    const { body } = await service.run("space-time-scan", { ...asked, prospective: true, temporal: true });
    for (const cluster of body.summary.clusters) {
      expect(cluster.to).toBe("2025-12-31");
      expect(cluster.recurrenceIntervalDays).toBeCloseTo(14 / cluster.p, 9);
    }
    expect(body.summary.clusters.length).toBeGreaterThan(0);
  });

  test("connected zones touch, and kecamatan can be scanned too", async () => {
    const connected = await service.run("space-time-scan", { ...asked, zones: "adjacency", maxAreas: 5, temporal: false });
    expect(connected.status).toBe(200);
    const { edges } = (await service.run("weights", { areas: ["35.17"], border: false })).body.summary;
    const touching = new Set(edges.from.map((from: string, i: number) => `${from} ${edges.to[i]}`));
    for (const { codes } of connected.body.summary.clusters.slice(0, 5)) {
      const reached = new Set<string>([codes[0]]);
      for (const from of reached) for (const to of codes) if (touching.has(`${from} ${to}`)) reached.add(to);
      expect(reached.size).toBe(codes.length);
      expect(codes.length).toBeLessThanOrEqual(5);
    }
    const districts = await service.run("space-time-scan", { ...asked, level: "district", model: "permutation" });
    expect(districts.body.codes).toHaveLength(21);
    expect(districts.body.columns.expected).toEqual(districts.body.columns.observed);
  });

  test.each([
    [{ period: { from: "2020-01-01", to: "2020-06-01" } }, "no_events"],
    [{ minimumCases: 700 }, "scan_too_few_events"],
    [{ model: "permutation", temporal: false }, "scan_too_few_steps"],
    [{ areas: ["35.17.01.2002", "35.17.01.2003"] }, "too_few_areas"],
    [{ maxPopulation: 0.000001 }, "no_zones"],
    [{ maxDays: 13 }, "wrong_input"],
  ])("%o is refused as %s, with what would help", async (more, refusal) => {
    const { status, body } = await service.run("space-time-scan", { ...asked, ...more });
    expect([status, body.refusal]).toEqual([422, refusal]);
    expect(body.reason_en).not.toContain("?");
    expect(body.reason_id).not.toContain("?");
  });
});
