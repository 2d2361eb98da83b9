import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
const side = 0.01;

/** A square village; `apart` sides from one to the next, so that 1 touches and 3 does not. */
function square(code: string, column: number, row: number, apart: number) {
  const [west, south] = [112 + column * apart * side, -7 + row * apart * side];
  const ring = [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ];
  return { type: "Feature", properties: { kode: code, nama: `Desa ${code}` }, geometry: { type: "Polygon", coordinates: [ring] } };
}

const codeOf = (regency: string, at: number): string => `${regency}.01.${2001 + at}`;
/** A hundred villages that touch, five that do not, six of which no population is known, and twelve with a single incident. */
const touching = Array.from({ length: 100 }, (_, at) => square(codeOf("98.01", at), at % 10, Math.floor(at / 10), 1));
const apart = Array.from({ length: 5 }, (_, at) => square(codeOf("98.02", at), at, 40, 3));
const unpeopled = Array.from({ length: 6 }, (_, at) => square(codeOf("98.03", at), at, 60, 1));
const quiet = Array.from({ length: 12 }, (_, at) => square(codeOf("98.04", at), at % 4, 80 + Math.floor(at / 4), 1));

describe("hotspots that must not be made are refused, saying what would help", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService("embedded");
    const features = [...touching, ...apart, ...unpeopled, ...quiet];
    const boundaries = await service.load("boundaries", "kotak.geojson", JSON.stringify({ type: "FeatureCollection", features }));
    expect(boundaries.results, JSON.stringify(boundaries.results).slice(0, 500)).toMatchObject({ accepted: 123 });
    const people = [...touching, ...apart, ...quiet].map(({ properties }) => `${properties.kode},1000`).join("\n");
    await service.load("indicators", "penduduk.csv", `code,population\n${people}\n`, { year: "2025", partial: "true" });
    // A block of nine villages with three incidents each of issue 404, and a single one of issue 405.
    const block = [0, 1, 2, 10, 11, 12, 20, 21, 22].flatMap((at) => [1, 2, 3].map(() => `${codeOf("98.01", at)},${day},404,F6,Uji blok`));
    const rows = [
      ...block,
      `${codeOf("98.01", 55)},${day},405,F6,Uji satu`,
      ...["98.02", "98.04"].map((regency) => `${codeOf(regency, 0)},${day},404,F6,Uji ${regency}`),
    ];
    const incidents = await service.load("incidents", "kejadian.csv", `village_code,occurred_from,issue,form,facts\n${rows.join("\n")}\n`);
    expect(incidents.results, JSON.stringify(incidents.results).slice(0, 500)).toMatchObject({ accepted: 30 });
  });
  afterAll(() => service?.remove());

  const five = [0, 1, 2, 3, 4].map((at) => codeOf("98.01", at));
  test.each([
    ["two areas", { areas: five.slice(0, 2), border: false }, "too_few_areas", ["2 wilayah", "sekurangnya 3"], ["at least 3", "Widen"]],
    ["no population", { areas: ["98.03"] }, "too_few_areas", ["muat penduduk"], ["load population"]],
    ["no neighbours", { areas: ["98.02"] }, "no_neighbours", ["dari 5 wilayah", "knn"], ["5 areas", "touch", "knn"]],
    [
      "one incident",
      { areas: ["98.01"], issues: ["405"] },
      "too_few_events",
      ["hanya 1 kejadian di 100 wilayah", "sekurangnya 2", "perpanjang periode"],
      ["only 1 incidents in 100 areas", "At least 2", "longer period"],
    ],
    [
      "no incident, exact",
      { areas: ["98.01"], issues: ["101"], statistic: "exact" },
      "too_few_events",
      ["hanya 0 kejadian", "sekurangnya 2"],
      ["only 0 incidents", "At least 2"],
    ],
    [
      "five areas that permutation cannot tell apart",
      { areas: five, border: false, alpha: 0.001 },
      "nothing_attainable",
      ["5 wilayah terlalu sedikit", "Perluas"],
      ["5 areas are too few", "Widen", "exact"],
    ],
    [
      "permutations that cannot support the correction",
      { areas: ["98.01"], issues: ["404"], permutations: 99, correction: "bonferroni", alpha: 0.00001 },
      "permutations_too_few",
      ["99 permutasi", "sekurangnya 19999999", "batasnya 9999999", "statistic exact"],
      ["99 permutations", "at least 19999999", "the limit is 9999999", "statistic exact"],
    ],
  ])("%s", async (_, inputs, refusal, indonesian, english) => {
    const { status, body } = await service.run("hotspots", inputs);
    expect([status, body.code, body.refusal]).toEqual([422, "analysis_refused", refusal]);
    for (const words of indonesian) expect(body.reason_id).toContain(words);
    for (const words of english) expect(body.reason_en).toContain(words);
    expect(body.reason_id + body.reason_en).not.toMatch(/[{}?]/);
    expect(body.detail).toContain(body.reason_id);
  });

  test("what helps does help: a larger alpha, the exact statistic, nearest neighbours", async () => {
    const block = { areas: ["98.01"], issues: ["404"] };
    for (const inputs of [
      { ...block, permutations: 99, correction: "bonferroni" },
      { ...block, statistic: "exact", correction: "bonferroni", alpha: 0.00001 },
    ]) {
      const { status, body } = await service.run("hotspots", inputs);
      expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
      expect(body.columns.class[11]).toBe("hot");
    }
    const near = await service.run("hotspots", {
      areas: ["98.02"],
      weights: { kind: "knn", k: 2 },
      measure: "eb",
      correction: "none",
      alpha: 0.6,
    });
    expect(near.status, JSON.stringify(near.body).slice(0, 300)).toBe(200);
  });

  test("what is published of a quiet kabupaten says so instead of staying older than its data, and its replay is the same", async () => {
    expect((await service.run("hotspots", { areas: ["98.04"] })).body).toMatchObject({ refusal: "too_few_events", events: 1, areas: 12 });
    const published = async (): Promise<string | null> => (await service.call("/api/values/hotspots?areas=98.04")).body.run;
    while (!(await published())) await new Promise((resolve) => setTimeout(resolve, 200));
    const run = await published();
    const kept = (await service.call(`/api/runs/${run}`)).body;
    expect(kept.warnings.map(({ code }: { code: string }) => code)).toContain("too_few_events");
    expect(kept.columns.class).toEqual(new Array(12).fill("not significant"));
    expect((await service.call(`/api/runs/${run}?replay=true`)).body).toMatchObject({ columns: kept.columns, isSameData: true });
  });

  test("the analytic significance says that it is an approximation", async () => {
    const { body } = await service.run("hotspots", { areas: ["98.01"], issues: ["404"], significance: "analytic" });
    expect(body.warnings).toContainEqual({ code: "normal_approximation", details: { areas: 100 } });
  });
});
