import { describe, expect, it } from "vitest";
import { benjaminiHochberg, bonferroni, rejectionLimit } from "../../../../api/analysis/significance/corrections.ts";

describe("corrections for many tests", () => {
  // Hand arithmetic: p × tests / rank, minimum carried from the largest down.
  it("Benjamini–Hochberg q is the least p × tests / rank at or above", () => {
    const q = benjaminiHochberg(Float64Array.of(0.01, 0.04, 0.03, 0.005));
    expect([...q].map((value) => Number(value.toFixed(12)))).toEqual([0.02, 0.04, 0.04, 0.02]);
  });

  it("equal p-values have equal q-values", () => {
    const q = benjaminiHochberg(Float64Array.of(0.02, 0.5, 0.02, 0.02));
    expect(q[0]).toBe(q[2]);
    expect(q[0]).toBe(q[3]);
  });

  it("an area without a test has no q and does not count as a test", () => {
    const p = Float64Array.of(0.01, Number.NaN, 0.04);
    expect([...benjaminiHochberg(p)]).toEqual([0.02, Number.NaN, 0.04]);
    expect([...bonferroni(p)]).toEqual([0.02, Number.NaN, 0.08]);
  });

  it("Bonferroni never goes beyond 1", () => {
    expect([...bonferroni(Float64Array.of(0.5, 0.6, 0.001))]).toEqual([1, 1, 0.003]);
  });

  it("no test, no value", () => {
    expect([...benjaminiHochberg(Float64Array.of(Number.NaN))]).toEqual([Number.NaN]);
    expect(benjaminiHochberg(new Float64Array(0)).length).toBe(0);
  });

  it("what can be rejected grows with the number at the floor under FDR only", () => {
    expect(rejectionLimit("fdr", 0.05, 3, 300)).toBeCloseTo(0.0005, 15);
    expect(rejectionLimit("bonferroni", 0.05, 3, 300)).toBeCloseTo(0.05 / 300, 15);
    expect(rejectionLimit("none", 0.05, 3, 300)).toBe(0.05);
  });
});
