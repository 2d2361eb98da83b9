import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emergingClassNames } from "../../../api/contract/emergingClassNames.ts";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import type { TestAnswer, TestService } from "../../fixtures/service.ts";

const asked = { areas: ["35.17"], issues: ["404"], border: false, seed: 7 };
const period = { from: "2024-01-01", to: "2025-12-31" };

describe.skipIf(!hasOutside)("emerging hotspots of Jombang", () => {
  let service: TestService;
  const run = async (inputs: Record<string, unknown>): Promise<TestAnswer["body"]> => {
    const answer = await service.run("emerging-hotspots", { ...asked, ...inputs });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  };

  beforeAll(async () => {
    service = await startJombangService("embedded");
  });
  afterAll(() => service?.remove());

  test("every village has a class, a trend and its bins, step by step", async () => {
    const { codes, columns, summary, warnings, inputs } = await run({ period, stepDays: 73 });
    expect(codes.length).toBe(306);
    expect(inputs).toMatchObject({ steps: 10, period });
    expect(summary.steps.length).toBe(10);
    // 730 days in steps of 73.
    expect([summary.steps[0].from, summary.steps[0].to, summary.steps[9].to, summary.unusedDays]).toEqual([
      "2024-01-01",
      "2024-03-14",
      "2025-12-31",
      0,
    ]);
    expect(summary.steps.reduce((sum: number, step: { events: number }) => sum + step.events, 0)).toBe(1249);
    expect(summary.events).toBe(1249);
    for (const name of ["z", "class", "count", "q"]) {
      expect(summary.bins[name].length).toBe(10);
      for (const bin of summary.bins[name]) expect(bin.length).toBe(306);
    }
    const islands = new Set<string>(summary.islands);
    codes.forEach((code: string, index: number) => {
      const numbers = ["mannKendallZ", "p", "q", "senSlope", "hotSteps", "coldSteps"].map((name) => columns[name][index]);
      if (islands.has(code)) expect([columns.class[index], ...numbers]).toEqual(new Array(7).fill(null));
      else expect(numbers.every(Number.isFinite) && columns.class[index] in emergingClassNames).toBe(true);
    });
    expect(summary.classes.reduce((sum: number, each: { areas: number }) => sum + each.areas, 0)).toBe(306 - islands.size);
    expect(warnings.map(({ code }: { code: string }) => code)).toContain("sparse_bins");
  });

  test("a step's bin is what the process hotspots says of the same days", async () => {
    const { summary } = await run({ period, stepDays: 73 });
    const { from, to } = summary.steps[6];
    const alone = await service.run("hotspots", { ...asked, period: { from, to } });
    expect(alone.body.columns.z).toEqual(summary.bins.z[6]);
    expect(alone.body.columns.class).toEqual(summary.bins.class[6]);
    expect(alone.body.columns.q).toEqual(summary.bins.q[6]);
  });

  test("days that fill no step are left out at the beginning, and said", async () => {
    const { summary, inputs } = await run({ period, stepDays: 80, permutations: 999 });
    expect(inputs.steps).toBe(9);
    expect([summary.steps[0].from, summary.steps[8].to, summary.unusedDays]).toEqual(["2024-01-11", "2025-12-31", 10]);
    expect(summary.events).toBeLessThan(1249);
  });

  test.each([
    ["seven steps", { period, stepDays: 100 }, "analysis_refused", { refusal: "too_few_steps", needed: 8 }],
    ["more steps than the period holds", { period, stepDays: 73, steps: 11 }, "invalid_input", { field: "steps", value: 11 }],
    ["steps longer than the period", { period: { from: "2025-01-01", to: "2025-01-20" } }, "invalid_input", { field: "steps" }],
  ])("%s: refused with the reason", async (_, inputs, code, details) => {
    const answer = await service.run("emerging-hotspots", { ...asked, ...inputs });
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject({ code, ...details });
  });

  test("without a period the steps reach back from today", async () => {
    const today = new Date();
    const answer = await service.run("emerging-hotspots", { ...asked, steps: 80, stepDays: 75, permutations: 999 });
    expect(answer.body.inputs.period.from < new Date(today.getTime() - 5990 * 86_400_000).toISOString().slice(0, 10)).toBe(true);
    expect(answer.body.summary.steps.length).toBe(80);
    expect(answer.body.warnings.map(({ code }: { code: string }) => code)).toContain("steps_without_events");
  });
});
