export type Band = "AMAN" | "RAWAN" | "SANGAT RAWAN" | "DATA KURANG";

const rawanFrom = 34;
const sangatRawanFrom = 67;
const hysteresis = 3;

/**
 * The band of a score. With a previous band (published assessments only) a village goes up as soon as it reaches the next band but comes down only once it is 3 points
 * below it, so that bands do not flicker and no warning is delayed. Score in [0, 100].
 */
export function bandOf(score: number, previous: Band | null): Band {
  const slack = (from: number, wasAbove: boolean): number => (wasAbove ? from - hysteresis : from);
  if (score >= slack(sangatRawanFrom, previous === "SANGAT RAWAN")) return "SANGAT RAWAN";
  if (score >= slack(rawanFrom, previous === "RAWAN" || previous === "SANGAT RAWAN")) return "RAWAN";
  return "AMAN";
}

/** Whether an interval says nothing: it reaches from AMAN to SANGAT RAWAN. */
export function spansAllBands(lower: number, upper: number): boolean {
  return lower < rawanFrom && upper >= sangatRawanFrom;
}
