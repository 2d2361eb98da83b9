import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestService, type TestService } from "../../fixtures/service.ts";

// Long enough that it would still be running at the end of the test.
const endless = {
  areas: ["99.01"],
  period: { from: "2025-01-01", to: "2026-01-01" },
  measure: "count",
  permutations: 9_999_999,
  correction: "none",
};

describe("a process as a job", () => {
  let service: TestService;
  let villages: string[];
  const begin = async (process: string, inputs: unknown): Promise<string> => {
    const answer = await service.call(`/api/processes/${process}/execution`, { body: { inputs }, headers: { prefer: "respond-async" } });
    expect(answer.status).toBe(201);
    return answer.headers.get("location") ?? "";
  };
  const status = async (job: string) => (await service.call(job)).body;
  const until = async (job: string, wanted: readonly string[]) => {
    for (let body = await status(job); ; body = await status(job)) {
      if (wanted.includes(body.status)) return body;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  beforeAll(async () => {
    service = await startTestService("embedded");
    await service.load("boundaries", "wilayah.geojson", readFileSync("data/demo/region.geojson"));
    villages = (await service.call("/api/collections/villages/items?limit=90")).body.features.map((feature: { id: string }) => feature.id);
    const rows = villages.map((code, at) => `${code},2025-0${1 + (at % 9)}-11,404,F6,Uji`).join("\n");
    await service.load("incidents", "kejadian.csv", `village_code,occurred_from,issue,form,facts\n${rows}\n`);
  });
  afterAll(() => service?.remove());

  test("gives the document that the direct answer would", async () => {
    const inputs = { areas: ["99.01"], period: { from: "2025-01-01", to: "2026-01-01" }, measure: "count", permutations: 999, seed: 5 };
    const job = await begin("autocorrelation", inputs);
    expect(await until(job, ["successful", "failed"])).toMatchObject({ status: "successful", progress: 100 });
    const { body } = await service.call(`${job}/results`);
    expect(body.summary).toEqual((await service.run("autocorrelation", inputs)).body.summary);
    expect((await service.call(`${job}/results?f=csv`)).body).toMatchObject({ code: "invalid_parameter", field: "f" });
  });

  test("gives its columns as a table that names its run", async () => {
    const period = { from: "2025-01-01", to: "2026-01-01" };
    const job = await begin("hotspots", { areas: ["99.01"], period, measure: "count", significance: "analytic", correction: "none" });
    await until(job, ["successful", "failed"]);
    const { body } = await service.call(`${job}/results`);
    const lines = ((await service.call(`${job}/results?f=csv`)).body as string).trim().split("\n");
    expect((await service.call(`/api/runs/${body.run}?f=csv`)).body.trim().split("\n")).toEqual(lines);
    expect(lines).toHaveLength(1 + body.codes.length);
    expect(lines[0]).toMatch(/^code,value,z,p,.*,class,run,period_from,period_to,data_as_of$/);
    expect(lines[1]).toMatch(
      new RegExp(`^${body.codes[0]},${body.columns.value[0]},.*,${body.run},2025-01-01,2026-01-01,${body.dataAsOf}$`),
    );
  });

  test("does not keep an import waiting, and when dismissed gives its thread back", async () => {
    const job = await begin("hotspots", endless);
    await until(job, ["running"]);
    const imported = await service.load("indicators", "penduduk.csv", `code,population\n${villages[0]},1234\n`, { year: "2024" });
    expect(imported.results).toMatchObject({ accepted: 1 });
    expect((await status(job)).status).toBe("running");

    expect((await service.call(job, { method: "DELETE" })).body.status).toBe("dismissed");
    const waiting = await begin("rates", { areas: ["99.01"] });
    expect((await until(waiting, ["successful", "failed"])).status).toBe("successful");
    expect((await service.call(`${job}/results`)).status).toBe(422);
  });

  test("of a scan ends amid its simulations when dismissed, and gives its threads back", async () => {
    const inputs = { areas: ["99.01"], period: { from: "2025-01-01", to: "2026-01-01" }, model: "permutation", stepDays: 1 };
    const job = await begin("space-time-scan", { ...inputs, simulations: 6399 });
    for (let progress = 0; progress === 0; ) {
      const body = await status(job);
      expect(["accepted", "running"]).toContain(body.status);
      progress = body.progress ?? 0;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await service.call(job, { method: "DELETE" })).body.status).toBe("dismissed");
    const waiting = await begin("space-time-scan", { ...inputs, simulations: 99 });
    expect((await until(waiting, ["successful", "failed"])).status).toBe("successful");
    expect((await status(job)).status).toBe("dismissed");
    expect((await service.call(`${job}/results`)).status).toBe(422);
  });
});
