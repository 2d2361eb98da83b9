import { describe, expect, it } from "vitest";
import { edgeAfter, edgesOf, movedBySteps, nearestEdge, placedAt, resized } from "../../../web/charts/brush.ts";
import { addDays, daysBetween } from "../../../web/format/day.ts";

const steps = Array.from({ length: 10 }, (_, week) => addDays("2025-01-06", week * 7));
const extent = { from: "2025-01-06", to: "2025-03-17" };
const edges = edgesOf(steps, extent);
const range = { from: "2025-01-20", to: "2025-02-10" };

describe("the brush", () => {
  it("moves by whole steps and stops at both ends with its length kept", () => {
    expect(movedBySteps(range, "week", 1, extent)).toEqual({ from: "2025-01-27", to: "2025-02-17" });
    expect(movedBySteps(range, "week", -9, extent)).toEqual({ from: "2025-01-06", to: "2025-01-27" });
    expect(movedBySteps(range, "week", 99, extent)).toEqual({ from: "2025-02-24", to: "2025-03-17" });
  });

  it("moves by calendar months, whatever their length", () => {
    const year = { from: "2025-01-01", to: "2026-01-01" };
    expect(movedBySteps({ from: "2025-01-01", to: "2025-02-01" }, "month", 1, year)).toEqual({ from: "2025-02-01", to: "2025-03-01" });
  });

  it("is the whole time line where it would be longer than that", () => {
    expect(placedAt("2025-02-01", { from: "2024-01-01", to: "2025-01-01" }, extent)).toEqual(extent);
  });

  it("has edges only where steps begin or the time line ends", () => {
    expect(edges).toHaveLength(11);
    expect(nearestEdge("2025-01-15", edges)).toBe("2025-01-13");
    expect(nearestEdge("2024-01-01", edges)).toBe("2025-01-06");
    expect(edgeAfter("2025-01-15", 1, edges)).toBe("2025-01-20");
    expect(edgeAfter("2025-01-15", -1, edges)).toBe("2025-01-13");
    expect(edgeAfter("2025-01-13", 2, edges)).toBe("2025-01-27");
    expect(edgeAfter("2025-03-17", 1, edges)).toBe("2025-03-17");
    expect(edgeAfter("2025-03-03", 9, edges)).toBe("2025-03-17");
  });

  it("never shrinks to nothing, from whichever end it is pulled", () => {
    expect(resized(range, "from", "2025-03-10", edges)).toEqual({ from: "2025-02-03", to: "2025-02-10" });
    expect(resized(range, "to", "2025-01-06", edges)).toEqual({ from: "2025-01-20", to: "2025-01-27" });
    const kept = resized({ from: "2025-01-06", to: "2025-01-13" }, "to", "2025-01-06", edges);
    expect(daysBetween(kept.from, kept.to)).toBeGreaterThan(0);
  });
});
