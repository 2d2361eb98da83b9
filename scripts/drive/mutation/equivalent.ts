import type { Mutant } from "./operators.ts";

/** A mutant that no test can tell from the kernel, because both do the same, and why. */
export interface Equivalent {
  readonly file: string;
  /** The line as it stands in the kernel, without the spaces around it. */
  readonly line: string;
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

/** The entry of the list that speaks of this mutant. */
export function findEquivalent(list: readonly Equivalent[], mutant: Mutant, text: string): Equivalent | undefined {
  const line = text.split("\n")[mutant.line - 1]!.trim();
  return list.find(
    (entry) => entry.file === mutant.file && entry.line === line && entry.before === mutant.before && entry.after === mutant.text,
  );
}
