import { describe, expect, it } from "vitest";
import { createAscending } from "../../../../api/analysis/scan/ascending.ts";
import { seededRandom } from "../../../fixtures/random.ts";

describe("keys of distance", () => {
  const random = seededRandom(6);
  it.each([
    ["none", 0, () => 0],
    ["one", 1, () => 9],
    ["spread over a disc", 700, () => 1e9 * Math.sqrt(random())],
    ["spread over a line", 700, () => 1e9 * random()],
    ["whole numbers with equals", 500, () => Math.floor(30 * random())],
    ["all but one crowded at the centre", 500, () => (random() < 0.01 ? 1e9 : 1000 * random())],
    ["all as large as can be", 40, () => 1e9],
  ] as [string, number, () => number][])("are in ascending order, none lost: %s", (_, count, draw) => {
    const ascending = createAscending(700);
    for (const reach of [1, 1, 0.3]) {
      const keys = Float64Array.from({ length: count }, () => reach * draw());
      const sorted = [...keys].sort((one, other) => one - other);
      expect(ascending(keys, 1e9)).toBe(keys);
      expect([...keys]).toEqual(sorted);
    }
  });
});
