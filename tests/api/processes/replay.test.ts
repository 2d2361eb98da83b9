import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
const incident = (village: string, occurredFrom: string) => ({
  type: "Feature",
  geometry: null,
  properties: { village_code: village, occurred_from: occurredFrom, issue: "404", form: "F6", facts: "Uji ulang." },
});

describe.each(engines)("a kept run worked out again, %s", (engine) => {
  let service: TestService;
  let villages: string[];
  const post = async (village: string, daysAgo: number) => {
    const answer = await service.call("/api/collections/incidents/items", { body: incident(village, day(daysAgo)) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer;
  };
  /** The risk published after the last report was stored: one worked out meanwhile may have met reports on their way in. */
  const published = async (): Promise<string> => {
    await post(villages[3]!, 2);
    const stored = Date.now();
    for (;;) {
      const run = (await service.call("/api/values/risk?areas=99.01")).body.run as string | null;
      if (run && Date.parse((await service.call(`/api/runs/${run}`)).body.dataAsOf) >= stored) return run;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const replay = async (run: string) => (await service.call(`/api/runs/${run}?replay=true`)).body;

  beforeAll(async () => {
    service = await startTestService(engine);
    await service.load("boundaries", "wilayah.geojson", readFileSync("data/demo/region.geojson"));
    await service.load("indicators", "indikator.csv", readFileSync("data/demo/indicators.csv"), { year: "2024", partial: "true" });
    villages = (await service.call("/api/collections/villages/items?limit=60")).body.features.map((feature: { id: string }) => feature.id);
    const rows = villages.map((village, at) => `${village},${day(1 + ((at * 7) % 300))},404,F6,Uji ulang`).join("\n");
    await service.load("incidents", "kejadian.csv", `village_code,occurred_from,issue,form,facts\n${rows}\n`);
  });
  afterAll(() => service?.remove());

  test("gives the same bits after reports came, changed, were merged and withdrawn, and a population was corrected", async () => {
    const changed = await post(villages[0]!, 5);
    const withdrawn = await post(villages[1]!, 5);
    const [same, other] = [await post(villages[5]!, 6), await post(villages[5]!, 6)];
    const asked: [string, object][] = [
      ["hotspots", { areas: ["99.01"], permutations: 9999, seed: 42 }],
      ["risk", { areas: ["99.01"] }],
      ["rates", { areas: ["99.01"], level: "district" }],
      ["autocorrelation", { areas: ["99.01"], permutations: 999 }],
    ];
    const before = [];
    for (const [process, inputs] of asked) before.push((await service.run(process, inputs)).body);
    const standing = await published();

    const known = (await service.call("/api/collections/incidents/items?limit=1&status=reported")).body.numberMatched;
    const then = new Date().toISOString();
    for (let more = 0; more < 5; more++) await post(villages[7]!, 3);
    const merged = await service.call(`/api/incidents/${same.body.id}/merge`, { body: { into: other.body.id } });
    expect(merged.body.properties, JSON.stringify(merged.body)).toMatchObject({ status: "merged" });
    const past = `/api/collections/incidents/items?limit=1&status=reported&asOf=${encodeURIComponent(then)}`;
    expect((await service.call(past)).body.numberMatched).toBe(known);
    const address = (answer: { body: { id: string } }): string => `/api/collections/incidents/items/${answer.body.id}`;
    const replaced = await service.call(address(changed), {
      method: "PUT",
      headers: { "if-match": changed.headers.get("etag") ?? "" },
      body: { ...incident(villages[9]!, day(100)), id: changed.body.id },
    });
    expect(replaced.status, JSON.stringify(replaced.body)).toBe(200);
    const gone = await service.call(address(withdrawn), {
      method: "DELETE",
      headers: { "if-match": withdrawn.headers.get("etag") ?? "" },
    });
    expect(gone.status).toBeLessThan(300);
    const corrected = `code,population\n${villages
      .slice(0, 20)
      .map((code) => `${code},4321`)
      .join("\n")}\n`;
    expect((await service.load("indicators", "koreksi.csv", corrected, { year: "2024" })).status).toBe("successful");

    for (const [at, [process, inputs]] of asked.entries()) {
      const first = before[at];
      const today = (await service.run(process, inputs)).body;
      expect(today.inputHash, `${process} sees other data today`).not.toBe(first.inputHash);
      const again = await replay(first.run);
      expect(again, process).toMatchObject({ replayOf: first.run, isSameData: true, isSame: true });
      expect(again.columns).toEqual(first.columns);
    }
    expect(await replay(standing)).toMatchObject({ isSameData: true, isSame: true });
  });

  test("is not kept as a run of its own", async () => {
    const { body } = await service.run("rates", { areas: ["99.01"] });
    expect((await replay(body.run)).run).toBe(body.run);
  });
});
