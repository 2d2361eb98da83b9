import { expect, test } from "vitest";
import { disagreement, json } from "../reference.ts";

/** A number, a column or a list of lists of a reference file, under its dotted name. */
type Leaf = number | readonly (number | string | null | readonly number[])[] | string;

/**
 * What is done about one entry of a reference file: our numbers, which must equal it to 1e-10 relative (+ 1e-12);
 * a comparison of its own; or the reason why nothing can be compared, such as another program's own random numbers.
 */
export type Comparison =
  | { readonly equals: () => ArrayLike<number> | number }
  | { readonly compare: (expected: never) => void }
  | { readonly because: string };

function leaves(value: unknown, name = ""): [string, Leaf][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[name, value as Leaf]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, name === "" ? key : `${name}.${key}`));
}

/** One test for each entry of a reference file, and one that none was forgotten; `meta` tells who made the file. */
export function testEveryEntry(file: string, comparisons: Readonly<Record<string, Comparison>>): void {
  const entries = new Map(leaves(json<unknown>(file)).filter(([name]) => !name.startsWith("meta")));

  test(`${file}: every entry is compared, or it is said why not`, () => {
    expect(Object.keys(comparisons).sort()).toEqual([...entries.keys()].sort());
    for (const [name, comparison] of Object.entries(comparisons))
      if ("because" in comparison) expect(comparison.because, `why ${name} is not compared`).toMatch(/^.{10,}/);
  });

  for (const [name, comparison] of Object.entries(comparisons)) {
    if ("because" in comparison) continue;
    test(`${file}: ${name}`, () => {
      const expected = entries.get(name)!;
      if ("compare" in comparison) return comparison.compare(expected as never);
      const actual = comparison.equals();
      expect(
        disagreement(
          typeof actual === "number" ? [actual] : actual,
          typeof actual === "number" ? [expected as number] : (expected as number[]),
          1e-10,
        ),
      ).toBeLessThan(1);
    });
  }
}

/** Shares of a few random draws lie near the truth: four standard errors of both counts of draws, and their rounding. */
export function expectNear(ours: ArrayLike<number>, theirs: readonly number[], ourDraws: number, theirDraws: number): void {
  const off = theirs.map((p, i) => {
    const mine = ours[i]!;
    const spread = mine * (1 - mine) * (1 / ourDraws + 1 / theirDraws);
    return Math.abs(p - mine) / (4 * Math.sqrt(spread) + 2 / theirDraws);
  });
  expect(Math.max(...off)).toBeLessThan(1);
}
