/**
 * An analysis that must not be made with what it was given: too few areas, too few permutations for the correction asked.
 * `code` is stable, `details` carry the values and what would help.
 */
export class AnalysisRefusal extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, number | string>>;

  constructor(code: string, details: Readonly<Record<string, number | string>> = {}) {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = "AnalysisRefusal";
    this.code = code;
    this.details = details;
  }
}

/** Throws the refusal `wrong_input` naming the field and its value, unless the claim holds. */
export function requireInput(claim: boolean, field: string, value: unknown): asserts claim {
  if (!claim) throw new AnalysisRefusal("wrong_input", { field, value: String(value) });
}
