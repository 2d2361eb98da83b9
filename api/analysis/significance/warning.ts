/** Something that the reader of a result must know: a stable code and the numbers that belong to it. */
export interface AnalysisWarning {
  readonly code: string;
  readonly details: Readonly<Record<string, number | string>>;
}
