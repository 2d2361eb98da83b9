import type { Equivalent } from "./equivalent.ts";

type Lines = readonly (readonly [file: string, line: string, ...changes: (readonly [before: string, after: string])[]])[];

const together = (why: string, lines: Lines): Equivalent[] =>
  lines.map(([file, line, ...changes]) => ({ file: `api/analysis/scan/${file}.ts`, line, changes, why }));

/** More of the list of equivalents.ts: several lines of the scan for one reason. */
export const equivalentsOfScan: readonly Equivalent[] = [
  ...together(
    "Drawers only bring keys near their place, which the last pass or the common sort finds whatever they did: only the time differs.",
    [
      ["ascending", "const perDrawer = 2;", ["2", "3"]],
      ["ascending", "const mostInDrawer = 64;", ["64", "65"]],
      ["ascending", "const scale = (1 - 1e-9) / most;", ["1e-9", "0.001"], ["1", "0"]],
      ["ascending", "let fullest = 0;", ["0", "1"]],
      ["ascending", "fullest = Math.max(fullest, held);", ["max", "min"], ["fullest = Math.max(fullest, held);", ";"]],
      ["ascending", "if (fullest > mostInDrawer) return keys.sort();", [">", ">="], [">", "<="]],
      [
        "ascending",
        "if (fullest > mostInDrawer) return keys.sort();",
        ["fullest > mostInDrawer", "true"],
        ["fullest > mostInDrawer", "false"],
      ],
    ],
  ),
  ...together("With a single step every draw of a step gives that one; only words are drawn in vain.", [
    ["simulate", "const hasSteps = plan.stepShare.length > 1;", [">", ">="], ["1", "0"]],
  ]),
  ...together("Events that no open window holds only make zones look stronger than they are: more is looked at in vain.", [
    ["succession", "sweep.take(eventArea, eventStep, isBlocked);", ["sweep.take(eventArea, eventStep, isBlocked);", ";"]],
  ]),
  ...together("No step is blocked yet: marks that are all zero are looked at in vain.", [
    ["succession", "judge.start(floor, blocks > 0);", [">", ">="]],
    ["succession", "sweep.through(centre, centre + 1, blocks > 0 ? isBlocked : null);", [">", ">="], ["blocks > 0", "true"]],
  ]),
  ...together("A longer buffer is the same to whoever reads it.", [
    ["totals", "const before = new Int32Array(laneCount / 2);", ["2", "1"]],
    ["totals", "const after = new Int32Array(laneCount / 2);", ["2", "1"]],
  ]),
  ...together("After the last chain there is no rung to look at.", [
    ["totals", "for (let centre = 0; centre + 1 < offsets.length; centre++) {", ["<", "<="]],
    ["vectorClimb", "for (let centre = 0; centre + 1 < offsets.length; centre++) {", ["<", "<="]],
  ]),
  ...together("Fewer simulations are looked at together: only the time differs.", [
    ["totals", "const used = Array.from(lanes.keys()).filter((at) => isHalved || at % 2 === 0);", ["%", "*"]],
  ]),
  ...together("No offset stands beyond the last, so that halving goes on below it.", [
    ["window", "let high = chains.offsets.length - 1;", ["-", "+"], ["1", "0"]],
  ]),
  ...together("Where the next search begins: it looks again lower until it finds the maximum, so only the time differs.", [
    [
      "simulate",
      "lowest = simulation === first ? maximum : Math.min(lowest, maximum);",
      ["lowest = simulation === first ? maximum : Math.min(lowest, maximum);", ";"],
      ["min", "max"],
    ],
  ]),
  ...together("How wide a circle is searched: whoever reads it goes nearest first and stops at the limit.", [
    ["circles", "radius *= 1.25;", ["1.25", "1.875"]],
  ]),
  ...together("It only spares the look at each run of steps: more may be looked at in vain.", [
    [
      "judge",
      "if (total <= (lines.intercept[first]! + lines.slope[first]! * shortest) * unit) return false;",
      ["total <= (lines.intercept[first]! + lines.slope[first]! * shortest) * unit", "false"],
    ],
  ]),
];
