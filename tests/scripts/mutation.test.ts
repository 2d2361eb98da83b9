import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { driveMutants } from "../../scripts/drive/mutation/drive.ts";
import { findEquivalent } from "../../scripts/drive/mutation/equivalent.ts";
import { applied, mutantsOf } from "../../scripts/drive/mutation/operators.ts";
import { scoreAll, scoreRoom, scoreTable, survivorLines } from "../../scripts/drive/mutation/report.ts";
import { proportionalShares, sampled, shareInterval } from "../../scripts/drive/mutation/sample.ts";

const kernel = `/** Sum of what is above zero. */
export function sumAbove(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > 0) sum += values[i]!;
  }
  return sum;
}

export function stepsTo(end: number): number {
  let step = 0;
  while (step < end) step += 1;
  return step;
}

export function forgotten(a: number): number {
  return a * 2;
}
`;
const tests = `import { expect, it } from "vitest";
import { stepsTo, sumAbove } from "../../kernels/room/sums.ts";

it("adds up", () => expect(sumAbove(Float64Array.of(1, -2, 4))).toBe(5));
it("steps", () => expect(stepsTo(3)).toBe(3));
`;
const red = `import { expect, it } from "vitest";
import { forgotten } from "../../kernels/room/sums.ts";
it("is red without any mutant", () => expect(forgotten).toBe(2));
`;

const changes = (text: string): string[] => mutantsOf("a.ts", text).map((mutant) => applied(mutant, text));

describe("the mutation drive", () => {
  let root = "";
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "mutation-"));
    for (const [path, text] of [
      ["kernels/room/sums.ts", kernel],
      ["tests/room/sums.test.ts", tests],
      ["tests/room/red.test.ts", red],
    ] as const) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("tells killed, endless, surviving and untested mutants apart, and leaves out tests that are red anyway", async () => {
    const { scores, tried, leftOut } = await driveMutants({
      root,
      kernels: { "kernels/room/sums.ts": kernel },
      tests: ["tests/room/sums.test.ts", "tests/room/red.test.ts"],
      roomOf: (path) => path.split("/")[1]!,
      rooms: ["room"],
      sample: Number.POSITIVE_INFINITY,
      seed: 1,
      threads: 1,
    });
    const outcomeOf = (before: string, after: string, line: number): string | undefined =>
      tried.find(({ mutant }) => mutant.line === line && mutant.before === before && mutant.text === after)?.outcome;
    expect(outcomeOf("+=", "-=", 5)).toBe("killed");
    expect(outcomeOf(">", "<=", 5)).toBe("killed");
    // Zero adds nothing, so no test can tell.
    expect(outcomeOf(">", ">=", 5)).toBe("survived");
    expect(outcomeOf("+=", "-=", 12)).toBe("timeout");
    expect(outcomeOf("*", "/", 17)).toBe("noTest");
    expect(scores[0]!.score).toBeGreaterThan(0.6);
    expect(scores[0]!.score).toBeLessThan(0.95);
    expect(leftOut).toEqual([expect.stringMatching(/^tests\/room\/red\.test\.ts: "is red without any mutant" fails/)]);
    expect(survivorLines(tried)).toContain("kernels/room/sums.ts:5  >  →  >=");
    expect(survivorLines(tried)).toContain("kernels/room/sums.ts:17  *  →  /  (no test comes here)");
  });

  it.each([
    ["const a = b + c;", ["const a = b - c;"]],
    ["const a = b < c;", ["const a = b <= c;", "const a = b >= c;"]],
    ["const a = b === c;", ["const a = b !== c;"]],
    ["const a = b && c;", ["const a = b || c;"]],
    ["const a = b ?? c;", ["const a = b;"]],
    ["const a = !b;", ["const a = b;"]],
    ["const a = -b;", ["const a = b;"]],
    ["const a = 0;", ["const a = 1;"]],
    ["const a = 7;", ["const a = 8;"]],
    ["const a = 0.5;", ["const a = 0.75;"]],
    ["const a = true;", ["const a = false;"]],
    ['const a = "high";', ['const a = "";']],
    ["if (a) b();", ["if (true) b();", "if (false) b();", "if (a) ;"]],
    ["const a = b ? c : d;", ["const a = true ? c : d;", "const a = false ? c : d;"]],
    ["const a = Math.min(b, c);", ["const a = Math.max(b, c);"]],
    ["const a = b.filter(c);", ["const a = b;"]],
    ["const a = new Float64Array(n + 1);", ["const a = new Float64Array(n - 1);", "const a = new Float64Array(n + 0);"]],
    ['type A = "low" | 3; import { b } from "c"; throw new Error("text");', []],
  ])("%s is changed to all of %j", (text, expected) => {
    expect(changes(text).sort()).toEqual([...expected].sort());
  });

  it("a sample is the same for the same seed, ordered, without repeats, and whole where there are no more", () => {
    const values = Array.from({ length: 50 }, (_, i) => i);
    const drawn = sampled(values, 12, 3);
    expect(sampled(values, 12, 3)).toEqual(drawn);
    expect(sampled(values, 12, 4)).not.toEqual(drawn);
    expect(new Set(drawn).size).toBe(12);
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
    expect(sampled(values, Number.POSITIVE_INFINITY, 3)).toEqual(values);
  });

  it("of all rooms together each is drawn in proportion to its mutants, of the smallest two or all", () => {
    expect(proportionalShares(40, [300, 100, 4])).toEqual([30, 10, 2]);
    expect(proportionalShares(40, [399, 1])).toEqual([40, 1]);
  });

  it("the interval of a share is Wilson's, narrower for a good part of the whole, a point for all", () => {
    // R 4.2.2: prop.test(45, 60, correct = FALSE)$conf.int.
    const [lower, upper] = shareInterval(45, 60, 1e9);
    expect(lower).toBeCloseTo(0.6276793, 6);
    expect(upper).toBeCloseTo(0.8422348, 6);
    expect(shareInterval(45, 60, 90)[0]).toBeGreaterThan(lower);
    expect(shareInterval(45, 60, 60)).toEqual([0.75, 0.75]);
  });

  it("all rooms together count by their mutants, and the table names every room", () => {
    const tried = (killed: number, survived: number) =>
      [...new Array(killed).fill("killed"), ...new Array(survived).fill("survived")].map((outcome) => ({ mutant: {}, outcome })) as never;
    const rooms = [scoreRoom("large", 300, 2, tried(9, 1)), scoreRoom("small", 100, 0, tried(5, 5))];
    const all = scoreAll(rooms);
    expect(all.score).toBeCloseTo(0.8, 12);
    expect([all.mutants, all.equivalent, all.tried, all.outcomes.killed]).toEqual([400, 2, 20, 14]);
    expect(scoreTable([...rooms, all]).split("\n")).toHaveLength(4);
  });

  it("an equivalent mutant is known by its file, line of text and change, wherever the line has moved", () => {
    const text = "const a = 1;\n\n  const b = c > 0;\n";
    const mutant = mutantsOf("a.ts", text).find(({ text: after }) => after === ">=")!;
    const entry = { file: "a.ts", line: "const b = c > 0;", changes: [[">", ">="]], why: "told" } as const;
    expect(findEquivalent([entry], mutant, text)).toBe(entry);
    expect(findEquivalent([{ ...entry, changes: [[">", "<="]] }], mutant, text)).toBeUndefined();
    expect(findEquivalent([{ ...entry, file: "b.ts" }], mutant, text)).toBeUndefined();
  });
});
