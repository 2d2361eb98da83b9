import type { Equivalent } from "./equivalent.ts";

/** More of the list of equivalents.ts: lines of the self-test. */
export const equivalentsOfSelfTest: readonly Equivalent[] = [
  {
    file: "api/analysis/selfTest/permutationMethod.ts",
    line: "const firstLook = 128;",
    changes: [["128", "129"]],
    why: "When it looks and what it spares: the verdict is that of all permutations.",
  },
  {
    file: "api/analysis/selfTest/permutationMethod.ts",
    line: "const firstBound = 512;",
    changes: [["512", "513"]],
    why: "When it looks and what it spares: the verdict is that of all permutations.",
  },
  {
    file: "api/analysis/selfTest/permutationMethod.ts",
    line: "const firstTrial = 2048;",
    changes: [["2048", "2049"]],
    why: "When it looks and what it spares: the verdict is that of all permutations.",
  },
  {
    file: "api/analysis/selfTest/permutationMethod.ts",
    line: "const triedAlone = 4;",
    changes: [["4", "5"]],
    why: "When it looks and what it spares: the verdict is that of all permutations.",
  },
  {
    file: "api/analysis/selfTest/permutationMethod.ts",
    line: "if (draws >= firstTrial && !hasTried) {",
    changes: [
      ["draws >= firstTrial && !hasTried", "false"],
      [">=", ">"],
    ],
    why: "When it looks and what it spares: the verdict is that of all permutations.",
  },
  {
    file: "api/analysis/selfTest/permutationMethod.ts",
    line: "if (draws >= firstBound && atFloor.length > 0 && most >= 0) {",
    changes: [["draws >= firstBound && atFloor.length > 0 && most >= 0", "false"]],
    why: "When it looks and what it spares: the verdict is that of all permutations.",
  },
  {
    file: "api/analysis/selfTest/permutationMethod.ts",
    line: 'if (best.some((a) => (tail === "high" ? highest[a]! : Math.min(lowest[a]!, highest[a]!)) <= most)) return true;',
    changes: [
      ['best.some((a) => (tail === "high" ? highest[a]! : Math.min(lowest[a]!, highest[a]!)) <= most)', "false"],
      ["some", "every"],
      ["<=", "<"],
    ],
    why: "Says yes before all permutations are made, or leaves it to them.",
  },
  {
    file: "api/analysis/selfTest/exactMethod.ts",
    line: "if (!candidate) {",
    changes: [["!candidate", "true"]],
    why: "Worked out again instead of remembered.",
  },
  {
    file: "api/analysis/selfTest/dealtOrders.ts",
    line: "const keptPositions = 5_000_000;",
    changes: [["5_000_000", "5000001"]],
    why: "How much is remembered instead of dealt again.",
  },
];
