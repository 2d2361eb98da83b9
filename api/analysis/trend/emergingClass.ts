type Pattern = "new" | "consecutive" | "intensifying" | "persistent" | "diminishing" | "sporadic" | "oscillating" | "historical";

/** What an area has been over all steps: one of eight patterns of hot or of cold steps, or none of them. */
export type EmergingClass = `${Pattern} ${"hot" | "cold"}` | "none";

/** An area is hot (or cold) nearly always from this share of the steps on. */
const nearlyAlways = 0.9;

/**
 * The pattern of an area's hot and cold steps.
 *
 * In words, for hot and likewise for cold, the last step decides first. Hot in it: nearly always hot (at least 90% of the steps) is intensifying, diminishing or, without a trend that
 * can be told from chance, persistent; else hot for the first time is new, hot in the last steps in one run and never before is consecutive, on and off is sporadic, and
 * oscillating where it was also cold. Not hot in it but nearly always hot before is historical. All else is none.
 * sides: one a step in order of time: 1 hot, −1 cold, 0 neither; at least one. trend: the sign of a significant trend of the statistic, 0 without.
 * Source of the patterns: Esri, How Emerging Hot Spot Analysis works, https://pro.arcgis.com/en/pro-app/latest/tool-reference/space-time-pattern-mining/learnmoreemerging.htm;
 * two differences: hot areas are rising or falling only if the trend holds after correction for many areas, and every pattern but historical demands the last step. Cost: O(steps).
 */
export function emergingClass(sides: ArrayLike<number>, trend: number): EmergingClass {
  const steps = sides.length;
  const last = sides[steps - 1]!;
  const countOf = (side: number): number => Array.from(sides).filter((each) => each === side).length;
  if (last === 0) {
    if (countOf(1) >= nearlyAlways * steps) return "historical hot";
    return countOf(-1) >= nearlyAlways * steps ? "historical cold" : "none";
  }
  const same = countOf(last);
  const name = last > 0 ? "hot" : "cold";
  if (same >= nearlyAlways * steps) {
    if (trend === 0) return `persistent ${name}`;
    return trend === last ? `intensifying ${name}` : `diminishing ${name}`;
  }
  if (same === 1) return `new ${name}`;
  let run = 1;
  while (run < steps && sides[steps - 1 - run] === last) run++;
  if (run === same) return `consecutive ${name}`;
  return countOf(-last) > 0 ? `oscillating ${name}` : `sporadic ${name}`;
}
