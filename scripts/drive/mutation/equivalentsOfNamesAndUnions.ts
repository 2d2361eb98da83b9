import type { Equivalent } from "./equivalent.ts";

type Lines = readonly (readonly [file: string, line: string, ...changes: (readonly [before: string, after: string])[]])[];

const together = (why: string, lines: Lines): Equivalent[] =>
  lines.map(([file, line, ...changes]) => ({ file: `api/analysis/${file}.ts`, line, changes, why }));

/** More of the list of equivalents.ts: lines of names and dissolve. */
export const equivalentsOfNamesAndUnions: readonly Equivalent[] = [
  ...together("Another hash spreads points and edges over other places and finds them there.", [
    [
      "dissolve/edges",
      "const mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b);",
      ["0x9e3779b1", "2654435762"],
      ["0x85ebca6b", "2246822508"],
    ],
    ["dissolve/edges", "return (mixed ^ (mixed >>> 15)) >>> 0;", ["15", "16"], ["^", "&"], [">>>", "<<"], ["0", "1"]],
  ]),
  ...together("Whoever is filtered before would only be looked at in vain: the full look comes to the same.", [
    [
      "names/letterEdits",
      "if ((rowsCount - columns) * nats.silentLeftOut > limit || (columns - rowsCount) * nats.silentAdded > limit)",
      ["(rowsCount - columns) * nats.silentLeftOut > limit || (columns - rowsCount) * nats.silentAdded > limit", "false"],
      ["||", "&&"],
      ["*", "/"],
    ],
    [
      "names/letterEdits",
      "if (least > limit && leastAbove > limit) return Number.POSITIVE_INFINITY;",
      ["least > limit && leastAbove > limit", "false"],
    ],
    ["names/letterEdits", "if (best < least) least = best;", ["<", "<="]],
  ]),
];
