import { type Bounds, createBounds, type Lines } from "./bounds.ts";
import { logLikelihoodRatio } from "./likelihood.ts";
import { anyEvenRunAbove, anyRunAbove } from "./runs.ts";

/** A window that nothing found so far surpasses. */
export interface Found {
  readonly ratio: number;
  /** What the caller named the zone by. */
  readonly zone: number;
  readonly fromStep: number;
  readonly toStep: number;
  readonly observed: number;
  readonly expected: number;
}

/** How windows in time are judged. */
export interface WindowRule {
  readonly cases: number;
  readonly minimumCases: number;
  readonly isProspective: boolean;
  readonly stepShare: Float64Array;
  readonly longestEnd: Int32Array;
  /** The range of expected events of the zones over the whole period. */
  readonly leastExpected: number;
  readonly mostExpected: number;
}

/** Ratios closer than this (relative above 1) are equal: they differ by rounding only. */
const tolerance = 1e-9;
/** Whether a ratio is as high as another, the higher one, but for rounding. */
export function isTied(ratio: number, highest: number): boolean {
  return ratio >= highest - tolerance * Math.max(1, highest);
}
/** Events are counted in units of at most this over all events, so that sums stay within 31 bits. */
const unitLimit = 2 ** 30;

/**
 * Judges the windows of one zone after another, keeping the strongest.
 * The caller fills `row` with the zone's events by step, each counted as `unit`, and `total` is handed over in the same units.
 */
export interface Judge {
  readonly row: Int32Array;
  readonly unit: number;
  /** Steps that a window must not touch (> 0); only looked at when `start` said so. */
  readonly blocked: Int32Array;
  /** Begins a search for windows with a ratio above `floor`. */
  start(floor: number, isBlocking: boolean): void;
  /**
   * False only where no window of any zone that lies within the row's areas, and has at least the expected events given, surpasses the strongest so far.
   * Cost: a few additions a step.
   */
  mayContain(expected: number, total: number): boolean;
  /** Looks at every window of the zone that could be the strongest. */
  look(expected: number, zone: number): void;
  /** The highest ratio so far, or the floor. */
  best(): number;
  /** All windows that share the highest ratio; empty when none was above the floor. */
  found(): readonly Found[];
}

export function createJudge(rule: WindowRule): Judge {
  const { cases, minimumCases, isProspective, stepShare, longestEnd } = rule;
  const count = stepShare.length;
  const unit = 2 ** Math.floor(Math.log2(unitLimit / cases));
  const row = new Int32Array(count);
  const blocked = new Int32Array(count);
  const isEven = count > 1 && stepShare.every((share, step) => step === 0 || share === stepShare[1]);
  const edge = new Float64Array(count + 1);
  for (let step = 0; step < count; step++) edge[step + 1] = edge[step]! + stepShare[step]!;
  const { least, most, firstAlone } = sharesOf(rule, edge);
  const smallest = Math.min(least, firstAlone || least);
  const bounds: Bounds = createBounds(cases, rule.leastExpected * smallest * (1 - 1e-9), rule.mostExpected * most * (1 + 1e-9));
  const { vertices, lineAt } = bounds;
  let best = 0;
  let lines: Lines = bounds.linesFor(0);
  let isBlocking = false;
  let found: Found[] = [];

  const keep = (ratio: number, zone: number, fromStep: number, toStep: number, observed: number, expected: number): void => {
    const margin = tolerance * Math.max(1, best);
    if (ratio < best - margin || (found.length === 0 && ratio <= best)) return;
    if (ratio > best) {
      best = ratio;
      lines = bounds.linesFor(best - 2 * tolerance * Math.max(1, best));
      found = found.filter((other) => other.ratio >= best - margin);
    }
    found.push({ ratio, zone, fromStep, toStep, observed, expected });
  };

  const off = new Int32Array(count);
  /** Whether some run of steps has more than a line allows: this one or, where all steps but the first are even, the next. */
  const anyAbove = (line: number, next: number, expected: number): boolean => {
    const { intercept, slope } = lines;
    const most = Math.floor(intercept[line]! * unit);
    const perShare = slope[line]! * expected * unit;
    if (!isEven) {
      for (let step = 0; step < count; step++) off[step] = Math.min(unitLimit, perShare * stepShare[step]!);
      return anyRunAbove(row, most, off);
    }
    const perShareNext = slope[next]! * expected * unit;
    return anyEvenRunAbove(
      row,
      most,
      Math.min(unitLimit, perShare * stepShare[0]!) | 0,
      Math.min(unitLimit, perShare * stepShare[1]!) | 0,
      Math.floor(intercept[next]! * unit),
      Math.min(unitLimit, perShareNext * stepShare[0]!) | 0,
      Math.min(unitLimit, perShareNext * stepShare[1]!) | 0,
    );
  };
  /** The same for runs that last until the end. */
  const anyEndAbove = (line: number, expected: number): boolean => {
    const most = lines.intercept[line]! * unit;
    const perShare = lines.slope[line]! * expected * unit;
    let sum = 0;
    for (let step = count - 1; step >= 0 && longestEnd[step] === count; step--) {
      sum += row[step]! - perShare * stepShare[step]!;
      if (sum > most) return true;
    }
    return false;
  };
  const lineFrom = (line: number, expected: number): number => {
    let j = line;
    while (j + 2 < vertices.length && vertices[j + 1]! < expected) j++;
    return j;
  };

  return {
    row,
    unit,
    blocked,
    start(floor, blocking) {
      best = floor;
      lines = bounds.linesFor(floor);
      isBlocking = blocking;
      found = [];
      row.fill(0);
      blocked.fill(0);
    },
    mayContain(expected, total) {
      const shortest = expected * least;
      const first = lineAt(shortest);
      if (firstAlone > 0) {
        const alone = expected * firstAlone;
        const line = lineAt(alone);
        if (row[0]! > (lines.intercept[line]! + lines.slope[line]! * alone) * unit) return true;
      }
      if (total <= (lines.intercept[first]! + lines.slope[first]! * shortest) * unit) return false;
      const last = lineFrom(first, expected * most);
      if (isProspective) {
        for (let line = first; line <= last; line++) if (anyEndAbove(line, expected)) return true;
      } else {
        for (let line = first; line <= last; line += isEven ? 2 : 1) if (anyAbove(line, Math.min(line + 1, last), expected)) return true;
      }
      return false;
    },
    look(expected, zone) {
      let { intercept, slope } = lines;
      const lastLine = intercept.length - 1;
      const perUnit = 1 / unit;
      // A window that begins or ends with a step without events is weaker than the one without that step, unless it has to last until the end.
      for (let start = count - 1; start >= 0; start--) {
        if (row[start] === 0 || (isProspective && longestEnd[start] !== count)) continue;
        const last = longestEnd[start]!;
        let sum = 0;
        let line = 0;
        for (let step = start; step < last; step++) {
          if (isBlocking && blocked[step]! > 0) break;
          sum += row[step]!;
          if (isProspective ? step + 1 < count : row[step] === 0) continue;
          const within = expected * (edge[step + 1]! - edge[start]!);
          while (line < lastLine && vertices[line + 1]! < within) line++;
          const observed = sum * perUnit;
          if (observed <= intercept[line]! + slope[line]! * within || observed < minimumCases) continue;
          keep(logLikelihoodRatio(observed, within, cases), zone, start, step + 1, observed, within);
          ({ intercept, slope } = lines);
        }
      }
    },
    best: () => best,
    found: () => found,
  };
}

/** The least and the greatest share of the period's expected events that a window has; a short first step alone is set apart, as it would widen the range of all. */
function sharesOf(rule: WindowRule, edge: Float64Array): { least: number; most: number; firstAlone: number } {
  const { isProspective, stepShare, longestEnd } = rule;
  const count = stepShare.length;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let start = 0; start < count; start++) {
    for (let end = isProspective ? count : start + 1; end <= longestEnd[start]!; end++) {
      const share = edge[end]! - edge[start]!;
      if (share <= 0 || (!isProspective && count > 1 && start === 0 && end === 1)) continue;
      least = Math.min(least, share);
      most = Math.max(most, share);
    }
  }
  const alone = isProspective || count === 1 ? 0 : stepShare[0]!;
  return most > 0 ? { least, most, firstAlone: alone } : { least: alone, most: alone, firstAlone: 0 };
}
