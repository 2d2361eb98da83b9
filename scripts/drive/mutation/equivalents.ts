import type { Equivalent } from "./equivalent.ts";
import { equivalentsOfNamesAndUnions } from "./equivalentsOfNamesAndUnions.ts";
import { equivalentsOfScan } from "./equivalentsOfScan.ts";
import { equivalentsOfSelfTest } from "./equivalentsOfSelfTest.ts";

/** Mutants that do what the kernel does. Only such as certainly do: a mutant that merely nobody managed to kill stays a survivor. */
export const equivalents: readonly Equivalent[] = [
  {
    file: "api/analysis/significance/conditionalPermutation.ts",
    line: "for (let i = 0; i < n; i++) deck[i] = i;",
    changes: [["<", "<="]],
    why: "What is written behind the end of a typed array is dropped.",
  },
  {
    file: "api/analysis/significance/conditionalPermutation.ts",
    line: "if (group.length * 2 < Math.log2(size)) for (const a of group) tally(sums, observed.low[a]!, observed.high[a]!, a, counts);",
    changes: [
      ["group.length * 2 < Math.log2(size)", "true"],
      ["group.length * 2 < Math.log2(size)", "false"],
      ["*", "/"],
      ["<", "<="],
      ["<", ">="],
      ["2", "3"],
    ],
    why: "Chooses between two ways of counting that come to the same; only the time differs.",
  },
  {
    file: "api/analysis/significance/floorRule.ts",
    line: "if (places.length === 0) return { counts, draws, extended: [...extended].sort((a, b) => a - b), atFloor: 0 };",
    changes: [["[...extended].sort((a, b) => a - b)", "[...extended]"]],
    why: "Only areas at the floor from the beginning are ever extended, all of them in the first round and in order.",
  },
  {
    file: "api/analysis/significance/floorRule.ts",
    line: "if (behind.length === 0) return { counts, draws, extended: [...extended].sort((a, b) => a - b), atFloor: places.length };",
    changes: [["[...extended].sort((a, b) => a - b)", "[...extended]"]],
    why: "Only areas at the floor from the beginning are ever extended, all of them in the first round and in order.",
  },
  {
    file: "api/analysis/neighbours/pairTable.ts",
    line: "let place = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;",
    changes: [
      ["0x9e3779b1", "2654435762"],
      ["0x85ebca6b", "2246822508"],
      ["^", "&"],
      [">>>", "<<"],
    ],
    why: "Another hash spreads the pairs over other places and finds them there.",
  },
  {
    file: "api/analysis/neighbours/pairTable.ts",
    line: "place = (place ^ (place >>> 15)) & mask;",
    changes: [
      ["15", "16"],
      ["^", "&"],
      [">>>", "<<"],
    ],
    why: "Another hash spreads the pairs over other places and finds them there.",
  },
  {
    file: "api/analysis/neighbours/pieceGrid.ts",
    line: "range[0] = Math.max(0, Math.floor((Math.min(ax, bx) - margin - grid.west) / cellMetres));",
    changes: [
      ["Math.floor((Math.min(ax, bx) - margin - grid.west) / cellMetres)", "((Math.min(ax, bx) - margin - grid.west) / cellMetres)"],
    ],
    why: "The whole-number array cuts off what stands behind the point, and nothing is below zero.",
  },
  {
    file: "api/analysis/neighbours/pieceGrid.ts",
    line: "range[1] = Math.max(0, Math.floor((Math.min(ay, by) - margin - grid.south) / cellMetres));",
    changes: [
      ["Math.floor((Math.min(ay, by) - margin - grid.south) / cellMetres)", "((Math.min(ay, by) - margin - grid.south) / cellMetres)"],
    ],
    why: "The whole-number array cuts off what stands behind the point, and nothing is below zero.",
  },
  {
    file: "api/analysis/neighbours/pieceGrid.ts",
    line: "range[2] = Math.min(grid.columns - 1, Math.floor((Math.max(ax, bx) + margin - grid.west) / cellMetres));",
    changes: [
      ["Math.floor((Math.max(ax, bx) + margin - grid.west) / cellMetres)", "((Math.max(ax, bx) + margin - grid.west) / cellMetres)"],
    ],
    why: "The whole-number array cuts off what stands behind the point, and nothing is below zero.",
  },
  {
    file: "api/analysis/neighbours/pieceGrid.ts",
    line: "range[3] = Math.min(grid.rows - 1, Math.floor((Math.max(ay, by) + margin - grid.south) / cellMetres));",
    changes: [
      ["Math.floor((Math.max(ay, by) + margin - grid.south) / cellMetres)", "((Math.max(ay, by) + margin - grid.south) / cellMetres)"],
    ],
    why: "The whole-number array cuts off what stands behind the point, and nothing is below zero.",
  },
  {
    file: "api/analysis/rates/standardisedRatio.ts",
    line: "if (!limit) {",
    changes: [["!limit", "true"]],
    why: "The limits of a count are worked out again instead of remembered.",
  },
  {
    file: "api/analysis/scan/simulate.ts",
    line: "for (let from = floor; ; from = from > 1 ? from / 2 : 0) {",
    changes: [
      [">", ">="],
      [">", "<="],
      ["1", "0"],
      ["2", "3"],
      ["from > 1", "false"],
    ],
    why: "Where the search begins: it looks again lower until it finds the maximum, so only the time differs.",
  },
  {
    file: "api/analysis/scan/totals.ts",
    line: "} else if (floor > 0) waiting.push({ simulation, floor: floor > 1 ? floor / 2 : 0 });",
    changes: [
      ["1", "0"],
      ["2", "3"],
      ["floor > 1", "false"],
    ],
    why: "Where the search begins: it looks again lower until it finds the maximum, so only the time differs.",
  },
  {
    file: "api/analysis/scan/totals.ts",
    line: "isGuess = false;",
    changes: [["isGuess = false;", ";"]],
    why: "Where the search begins: it looks again lower until it finds the maximum, so only the time differs.",
  },
  {
    file: "api/analysis/scan/totals.ts",
    line: "let isGuess = true;",
    changes: [["true", "false"]],
    why: "Where the search begins: it looks again lower until it finds the maximum, so only the time differs.",
  },
  {
    file: "api/analysis/scan/totals.ts",
    line: "lowest = isGuess ? lane.best : Math.min(lowest, lane.best);",
    changes: [
      ["isGuess", "true"],
      ["isGuess", "false"],
    ],
    why: "Where the search begins: it looks again lower until it finds the maximum, so only the time differs.",
  },
  {
    file: "api/analysis/scan/plan.ts",
    line: "const rungWidthInTime = 1.6;",
    changes: [["1.6", "2.4000000000000004"]],
    why: "How finely zones are cut into rungs: what is looked at in vain differs, not what is found.",
  },
  {
    file: "api/analysis/scan/plan.ts",
    line: "const rungWidthOfTotals = 1;",
    changes: [["1", "0"]],
    why: "How finely zones are cut into rungs: what is looked at in vain differs, not what is found.",
  },
  {
    file: "api/analysis/scan/circles.ts",
    line: "if (sum > 1.5 * limit) radius *= 0.9;",
    changes: [
      ["1.5", "2.25"],
      [">", ">="],
      [">", "<="],
      ["sum > 1.5 * limit", "true"],
      ["sum > 1.5 * limit", "false"],
      ["0.9", "1.35"],
      ["radius *= 0.9;", ";"],
      ["*", "/"],
    ],
    why: "How wide a circle is searched: whoever reads it goes nearest first and stops at the limit.",
  },
  {
    file: "api/analysis/scan/circles.ts",
    line: "let radius = 1000;",
    changes: [["1000", "1001"]],
    why: "How wide a circle is searched: whoever reads it goes nearest first and stops at the limit.",
  },
  {
    file: "api/analysis/clusters/cores.ts",
    line: "const manyPairs = 64;",
    changes: [["64", "65"]],
    why: "From when on outlines are compared first: they only spare a look that would be in vain.",
  },
  {
    file: "api/analysis/clusters/cores.ts",
    line: "if (pairs > manyPairs && gap(x, starts, cell, other) ** 2 + gap(y, starts, cell, other) ** 2 > squaredMetres) return false;",
    changes: [["pairs > manyPairs && gap(x, starts, cell, other) ** 2 + gap(y, starts, cell, other) ** 2 > squaredMetres", "false"]],
    why: "The outlines only spare a look that would be in vain.",
  },
  {
    file: "api/analysis/rates/gammaPoisson.ts",
    line: "if (areas === 0) return { shape: Number.NaN, rate: Number.NaN };",
    changes: [["areas === 0", "false"]],
    why: "Without areas mean and variance are not numbers, and so is what is made of them.",
  },
  {
    file: "api/analysis/distributions/betaBinomial.ts",
    line: "if (!(a > 0) || !(b > 0)) return Number.NaN;",
    changes: [["!(a > 0) || !(b > 0)", "false"]],
    why: "The logarithm of the gamma function is no number there either.",
  },
  {
    file: "api/analysis/scan/simulate.ts",
    line: "export const floorPart = 0.85;",
    changes: [["0.85", "1.275"]],
    why: "Where the search begins: it looks again lower until it finds the maximum, so only the time differs.",
  },
  {
    file: "api/analysis/scan/bounds.ts",
    line: "const vertexRatio = 3;",
    changes: [["3", "4"]],
    why: "How closely windows are bounded: what is looked at in vain differs, not what is found.",
  },
  {
    file: "api/analysis/scan/bounds.ts",
    line: "const levelStep = 0.25;",
    changes: [["0.25", "0.375"]],
    why: "How closely windows are bounded: what is looked at in vain differs, not what is found.",
  },
  {
    file: "api/analysis/scan/totals.ts",
    line: "const levelStep = 0.25;",
    changes: [["0.25", "0.375"]],
    why: "How closely windows are bounded: what is looked at in vain differs, not what is found.",
  },
  {
    file: "api/analysis/scan/sweep.ts",
    line: "if (isBlocked) block(areas[k]!, 1);",
    changes: [["isBlocked", "true"]],
    why: "The function asks the same before it does anything.",
  },
  {
    file: "api/analysis/scan/sweep.ts",
    line: "if (isBlocked) block(areas[back]!, -1);",
    changes: [["isBlocked", "true"]],
    why: "The function asks the same before it does anything.",
  },
  {
    file: "api/analysis/scan/chains.ts",
    line: 'return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);',
    changes: [['typeof SharedArrayBuffer === "undefined"', "true"]],
    why: "Which kind of memory holds the same numbers.",
  },
  {
    file: "api/analysis/scan/chains.ts",
    line: "const kept = n <= 65_536 ? new Uint16Array(sharedBuffer(2 * size)) : new Int32Array(sharedBuffer(4 * size));",
    changes: [
      ["n <= 65_536", "false"],
      ["<=", "<"],
    ],
    why: "Wider numbers hold the same.",
  },
  {
    file: "api/analysis/trend/mannKendall.ts",
    line: "exactTails.set(n, tail);",
    changes: [["exactTails.set(n, tail);", ";"]],
    why: "Worked out again instead of remembered.",
  },
  {
    file: "api/analysis/rates/standardisedRatio.ts",
    line: "for (let i = 0; i < n; i++) {",
    changes: [["<", "<="]],
    why: "Beyond the last there are no people, so that it is passed over.",
  },
  {
    file: "api/analysis/duplicates/trigrams.ts",
    line: "const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a];",
    changes: [
      ["a.counts.size < b.counts.size", "true"],
      ["a.counts.size < b.counts.size", "false"],
      ["<", "<="],
      ["<", ">="],
    ],
    why: "Which of the two is gone through: what only one has adds nothing.",
  },
  {
    file: "api/analysis/scan/chains.ts",
    line: "let areas: Uint16Array | Int32Array = n <= 65_536 ? new Uint16Array(1 << 12) : new Int32Array(1 << 12);",
    changes: [
      ["n <= 65_536", "false"],
      ["<=", "<"],
    ],
    why: "Wider numbers hold the same.",
  },
  ...equivalentsOfNamesAndUnions,
  ...equivalentsOfScan,
  ...equivalentsOfSelfTest,
];
