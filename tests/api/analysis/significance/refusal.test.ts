import { describe, expect, it } from "vitest";
import { AnalysisRefusal, requireInput } from "../../../../api/analysis/significance/refusal.ts";

describe("a refusal", () => {
  it("carries its code and details, and says both", () => {
    const refusal = new AnalysisRefusal("too_few_areas", { areas: 2, needed: 3 });
    expect(refusal).toBeInstanceOf(Error);
    expect([refusal.name, refusal.code, refusal.details]).toEqual(["AnalysisRefusal", "too_few_areas", { areas: 2, needed: 3 }]);
    expect(refusal.message).toBe('too_few_areas {"areas":2,"needed":3}');
    expect(new AnalysisRefusal("no_events").details).toEqual({});
  });

  it("names the field and value that are wrong, and is silent where they are right", () => {
    expect(() => requireInput(true, "k", 3)).not.toThrow();
    expect(() => requireInput(false, "k", undefined)).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: { field: "k", value: "undefined" } }),
    );
  });
});
