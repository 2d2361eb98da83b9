import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boundaryCases } from "../../scripts/drive/fuzz/cases/boundaries.ts";
import { itemCases } from "../../scripts/drive/fuzz/cases/items.ts";
import type { NamedCase } from "../../scripts/drive/fuzz/cases/namedCase.ts";
import { queryCases } from "../../scripts/drive/fuzz/cases/queries.ts";
import { outcomeOf } from "../../scripts/drive/fuzz/cases/run.ts";
import { tableCases } from "../../scripts/drive/fuzz/cases/tables.ts";
import { furnish } from "../../scripts/drive/fuzz/place.ts";
import { engines } from "../fixtures/database.ts";
import { adminToken, startTestService, type TestService } from "../fixtures/service.ts";

const cases: readonly NamedCase[] = [...itemCases, ...queryCases, ...boundaryCases, ...tableCases];

test("there are 150 named cases, no two of one name", () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThanOrEqual(150);
});

describe.each(engines)("what is sent wrong, by name, %s", (engine) => {
  let service: TestService;
  const counts = async (): Promise<string> => {
    const ids = ["incidents", "reports", "villages", "potentials"];
    const pages = await Promise.all(ids.map((id) => service.call(`/api/collections/${id}/items?limit=1`)));
    const population = await service.call("/api/values/population");
    return JSON.stringify([pages.map(({ body }) => body.numberMatched), population.body.columns]);
  };
  beforeAll(async () => {
    service = await startTestService(engine);
    await furnish({ url: service.url, token: adminToken });
  }, 400_000);
  afterAll(() => service?.remove());

  // One test, for a test each would take longer than what is tested; a failure names its case.
  test("each is refused with its status, code and field, and changes nothing", { timeout: 400_000 }, async () => {
    const door = { url: service.url, token: adminToken };
    const before = await counts();
    const wrong: unknown[] = [];
    for (const named of cases) {
      const { status, code, field, fault } = await outcomeOf(door, named);
      const isRight = status === named.status && code === named.code && (named.field === undefined || field === named.field);
      if (!isRight || fault !== null)
        wrong.push({ name: named.name, status, code, field, fault, expected: [named.status, named.code, named.field] });
    }
    expect(wrong).toEqual([]);
    expect(await counts()).toBe(before);
  });
});
