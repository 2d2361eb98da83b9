import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dbscan } from "../../../api/analysis/clusters/dbscan.ts";
import { planeOf } from "../../../api/analysis/neighbours/plane.ts";
import { engines } from "../../fixtures/database.ts";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import type { TestService } from "../../fixtures/service.ts";

const within = { areas: ["35.17"], period: { from: "2024-01-01", to: "2025-12-31" }, issues: ["404"] };

interface Listed {
  readonly cluster: number;
  readonly count: number;
  readonly labelPoints: number;
  readonly first: string;
  readonly last: string;
  readonly villages: string[];
  readonly hull: { readonly type: string; readonly coordinates: unknown[] };
}

describe.skipIf(!hasOutside).each(engines)("the process clusters, %s", (engine) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startJombangService(engine);
  });
  afterAll(() => service?.remove());

  const incident = async (properties: Record<string, unknown>, point: [number, number] | null): Promise<string> => {
    const answer = await service.call("/api/collections/incidents/items", {
      body: {
        type: "Feature",
        geometry: point && { type: "Point", coordinates: point },
        properties: { occurred_from: "2023-05-01", issue: "404", form: "F6", facts: "Uji.", ...properties },
      },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id;
  };

  test("groups incidents by their own points: the same as the kernel on the points as they are served", async () => {
    const { status, body } = await service.run("clusters", { ...within, epsilonMetres: 500, minPoints: 5 });
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
    expect(body.ids).toHaveLength(1249);
    expect(body.ids).toEqual([...body.ids].sort());
    expect(body.codes).toEqual([]);
    const features = new Map<string, { geometry: { coordinates: [number, number] }; properties: Record<string, string> }>();
    for (let next: string | undefined = "/api/collections/incidents/items?limit=1000"; next; ) {
      const page = (await service.call(next)).body;
      for (const feature of page.features) features.set(feature.id, feature);
      const link = page.links.find(({ rel }: { rel: string }) => rel === "next")?.href as string | undefined;
      next = link?.slice(link.indexOf("/api/"));
    }
    const coordinates = body.ids.map((id: string) => features.get(id)!.geometry.coordinates);
    const { x, y } = planeOf(
      Float64Array.from(coordinates, ([longitude]: number[]) => longitude!),
      Float64Array.from(coordinates, ([, latitude]: number[]) => latitude!),
    );
    const { cluster, core, count } = dbscan({ x, y, epsilonMetres: 500, minPoints: 5 });
    expect(body.columns).toEqual({
      cluster: [...cluster].map((number) => (number < 0 ? null : number)),
      core: [...core].map((one) => one === 1),
    });
    const listed = body.summary.clusters as Listed[];
    expect(listed).toHaveLength(count);
    listed.forEach((one, number) => {
      const members = (body.ids as string[]).filter((_, i) => cluster[i] === number).map((id) => features.get(id)!.properties);
      expect(one).toMatchObject({ cluster: number, count: members.length, labelPoints: 0 });
      const days = members.map((properties) => properties.occurred_from!.slice(0, 10)).sort();
      expect([one.first, one.last]).toEqual([days[0], days.at(-1)]);
      expect(one.villages).toEqual([...new Set(members.map((properties) => properties.village_code))].sort());
      if (one.hull.type === "Polygon") {
        const ring = one.hull.coordinates[0] as number[][];
        expect(ring.at(-1)).toEqual(ring[0]);
      }
    });
    expect(body.summary).toMatchObject({ n: 1249, noise: cluster.filter((number) => number < 0).length });
    expect(body.warnings).toEqual([]);
  });

  test.each([
    ["st_dbscan", ["cluster", "core"]],
    ["hdbscan", ["cluster", "probability"]],
  ])("%s answers with its columns", async (algorithm, columns) => {
    const { status, body } = await service.run("clusters", { ...within, algorithm, epsilonDays: 60, epsilonMetres: 2000 });
    expect(status).toBe(200);
    expect(Object.keys(body.columns)).toEqual(columns);
    expect(body.summary.clusters.length).toBeGreaterThan(1);
  });

  test("what is known to the village only stands on its label point, and it is said how many and how many clusters that makes; a replay knows them still", async () => {
    const ids = [
      await incident({ village_code: "35.17.01.2001" }, null),
      await incident({ village_code: "35.17.01.2001", location_precision: 3 }, [112.2336, -7.5469]),
      await incident({ village_code: "35.17.01.2001", location_precision: 4, occurred_from: "2023-05-20" }, null),
    ];
    const own = [
      await incident({ village_code: "35.17.09.2001", location_precision: 2, occurred_from: "2023-04-01" }, [112.2336, -7.5469]),
      await incident({ village_code: "35.17.09.2001", occurred_from: "2023-04-01" }, [112.2337, -7.5469]),
      await incident({ village_code: "35.17.09.2001", occurred_from: "2023-04-30" }, [112.2338, -7.5469]),
    ];
    const inputs = { ...within, period: { from: "2023-01-01", to: "2024-01-01" }, minPoints: 3 };
    const { body } = await service.run("clusters", inputs);
    expect([...body.ids].sort()).toEqual([...ids, ...own].sort());
    const listed = [...body.summary.clusters].sort((a: Listed, b: Listed) => a.villages[0]!.localeCompare(b.villages[0]!));
    expect(listed).toMatchObject([
      { count: 3, labelPoints: 3, first: "2023-05-01", last: "2023-05-20", villages: ["35.17.01.2001"], hull: { type: "Point" } },
      {
        count: 3,
        labelPoints: 0,
        first: "2023-04-01",
        last: "2023-04-30",
        villages: ["35.17.09.2001"],
        hull: {
          type: "LineString",
          coordinates: [
            [112.2336, -7.5469],
            [112.2338, -7.5469],
          ],
        },
      },
    ]);
    expect(body.warnings).toEqual([
      { code: "label_points", details: { points: 6, labelPoints: 3, villages: 1, districtOnly: 1 } },
      { code: "label_point_clusters", details: { clusters: 1 } },
    ]);
    for (const id of ids)
      await service.call(`/api/collections/incidents/items/${id}`, { method: "DELETE", headers: { "if-match": '"1"' } });
    expect((await service.run("clusters", inputs)).body.ids).toEqual([...own].sort());
    const replayed = (await service.call(`/api/runs/${body.run}?replay=true`)).body;
    expect(replayed).toMatchObject({ isSame: true, isSameData: true, ids: body.ids, columns: body.columns });
  });

  test.each([
    ["no incidents", { period: { from: "1999-01-01", to: "2000-01-01" } }, { refusal: "no_events" }],
    ["an unknown area", { areas: ["35.99"] }, { code: "unknown_area" }],
    ["epsilon below a metre", { epsilonMetres: 0.5 }, { code: "invalid_input" }],
    ["neighbours too many for hdbscan", { algorithm: "hdbscan", minPoints: 1001 }, { refusal: "wrong_input" }],
  ])("%s: refused", async (_, more, problem) => {
    const answer = await service.run("clusters", { ...within, ...more });
    expect(answer.body).toMatchObject(problem);
    expect(answer.status).toBe(422);
  });
});
