import { describe, expect, it } from "vitest";
import { classesOf, countBreaks, countClasses, quantileBreaks, riskBreaks, unknownClass, zeroClass } from "../../../web/colour/classes.ts";

const classOf = (value: number, breaks: readonly number[]): number => classesOf(Float64Array.of(value), breaks)[0] as number;

describe("classes of values", () => {
  it.each([
    [0.1, 0],
    [16.9, 0],
    [17, 1],
    [33.9, 1],
    [34, 2],
    [45, 3],
    [56, 4],
    [66.9, 4],
    [67, 5],
    [80, 6],
    [100, 6],
  ])("a risk score of %d is of class %d: an edge belongs to the class above it", (score, expected) => {
    expect(classOf(score, riskBreaks)).toBe(expected);
  });

  it("unknown is never a class of the ramp, and neither is a true zero", () => {
    expect(classOf(Number.NaN, riskBreaks)).toBe(unknownClass);
    expect(classOf(0, riskBreaks)).toBe(zeroClass);
    expect(classOf(0, countBreaks)).toBe(zeroClass);
  });

  it("a count above the last edge is of the last class", () => {
    expect(classOf(500, countBreaks)).toBe(6);
    expect(classOf(1, countBreaks)).toBe(0);
  });

  it("the values are left as they were", () => {
    const values = Float64Array.of(3, Number.NaN, 0);
    classesOf(values, countBreaks);
    expect([...values]).toEqual([3, Number.NaN, 0]);
  });

  it("every area is counted in exactly one class", () => {
    const counts = countClasses(classesOf(Float64Array.of(0, 1, 2, 2, 40, Number.NaN), countBreaks));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(counts[zeroClass]).toBe(1);
    expect(counts[unknownClass]).toBe(1);
    expect(counts[1]).toBe(2);
  });
});

describe("quantile classes", () => {
  it("seven classes of 1 to 70 hold about ten each", () => {
    const values = Float64Array.from({ length: 70 }, (_, index) => index + 1);
    const breaks = quantileBreaks(values);
    expect(breaks).toHaveLength(7);
    for (const count of countClasses(classesOf(values, breaks)).slice(0, 7)) expect(Math.abs(count - 10)).toBeLessThanOrEqual(1);
  });

  it("a constant has one class, nothing has none", () => {
    expect(quantileBreaks(Float64Array.of(5, 5, 5))).toEqual([5]);
    expect(quantileBreaks(Float64Array.of(Number.NaN))).toEqual([]);
    expect(quantileBreaks(new Float64Array(0))).toEqual([]);
  });

  it("edges ascend and never repeat", () => {
    const breaks = quantileBreaks(Float64Array.of(1, 1, 1, 1, 1001, 1002, 1003, 1004));
    expect([...breaks].sort((a, b) => a - b)).toEqual(breaks);
    expect(new Set(breaks).size).toBe(breaks.length);
  });
});
