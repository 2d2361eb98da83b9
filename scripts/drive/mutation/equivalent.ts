import type { Mutant } from "./operators.ts";

/** Mutants of one line that no test can tell from the kernel, because they do the same, and why. */
export interface Equivalent {
  readonly file: string;
  /** The line as it stands in the kernel, without the spaces around it. */
  readonly line: string;
  /** What stands there and what is put for it. */
  readonly changes: readonly (readonly [before: string, after: string])[];
  readonly why: string;
}

/** The entry of the list that speaks of this mutant. */
export function findEquivalent(list: readonly Equivalent[], mutant: Mutant, text: string): Equivalent | undefined {
  const line = text.split("\n")[mutant.line - 1]!.trim();
  return list.find(
    (entry) =>
      entry.file === mutant.file &&
      entry.line === line &&
      entry.changes.some(([before, after]) => before === mutant.before && after === mutant.text),
  );
}
