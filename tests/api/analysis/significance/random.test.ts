import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../api/analysis/significance/random.ts";

const first = (count: number, ...seeds: [number, ...number[]]): number[] => {
  const { next } = createRandom(...seeds);
  return Array.from({ length: count }, next);
};

describe("random streams", () => {
  it("the same seed and stream give the same bits, for good", () => {
    expect(first(5, 42, 1)).toEqual(first(5, 42, 1));
    expect(first(3, 1)).toEqual([2800580695, 2569699465, 851159635]);
  });

  it("another seed, stream or order of stream numbers gives other bits", () => {
    const starts = [
      first(1, 1),
      first(1, 2),
      first(1, 1, 0),
      first(1, 1, 0, 0),
      first(1, 1, 1, 0),
      first(1, 1, 0, 1),
      first(1, 2 ** 40 + 1),
      first(1, -1),
    ].flat();
    expect(new Set(starts).size).toBe(starts.length);
  });

  it("all 32 bits are as often 1 as 0, and neighbouring streams do not resemble each other", () => {
    const rounds = 40_000;
    const ones = new Array<number>(32).fill(0);
    const alike = new Array<number>(32).fill(0);
    const one = createRandom(7, 1).next;
    const other = createRandom(7, 2).next;
    for (let round = 0; round < rounds; round++) {
      const word = one();
      const same = ~(word ^ other());
      for (let bit = 0; bit < 32; bit++) {
        ones[bit]! += (word >>> bit) & 1;
        alike[bit]! += (same >>> bit) & 1;
      }
    }
    for (const count of [...ones, ...alike]) expect(Math.abs(count - rounds / 2)).toBeLessThan(4.5 * Math.sqrt(rounds / 4));
  });

  it("below keeps in range and hits every number alike", () => {
    const { below } = createRandom(3);
    const hits = new Array<number>(7).fill(0);
    for (let round = 0; round < 70_000; round++) hits[below(7)]! += 1;
    for (const count of hits) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });

  it("fill gives what next would have given", () => {
    const words = new Uint32Array(10);
    createRandom(9, 9).fill(words);
    expect([...words]).toEqual(first(10, 9, 9));
  });

  it("a seed that is no whole number is refused", () => {
    expect(() => createRandom(0.5)).toThrow(RangeError);
  });
});
