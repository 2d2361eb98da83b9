import { logLikelihoodRatio } from "./likelihood.ts";

/** Vertices lie this factor of expected events apart. */
const vertexRatio = 3;
/** Ratios are bounded in steps of this, so that tables can be kept; rounded down, which only looks at more. */
const levelStep = 0.25;

/**
 * For one level of the likelihood ratio, straight lines under the curve "observed that reaches the level, given expected".
 * While observed ≤ intercept[j] + slope[j] × expected for every j, the ratio is at most the level.
 */
export interface Lines {
  readonly intercept: Float64Array;
  readonly slope: Float64Array;
}

export interface Bounds {
  /** Expected events where line j begins; one more for the end of the last. */
  readonly vertices: Float64Array;
  /** The line over this many expected events; the first and last go on beyond their ends. */
  readonly lineAt: (expected: number) => number;
  /** Lines of the highest level kept that is not above `ratio`. */
  readonly linesFor: (ratio: number) => Lines;
}

/**
 * Bounds by which windows are ruled out without a logarithm.
 *
 * Why it is exact: the likelihood ratio is convex in (observed, expected), so the windows that do not reach a level form a convex set and the curve above them,
 * observed = g(expected), is concave and rises. Chords between points of a concave curve lie under it, so what is under all chords does not reach the level.
 * The points themselves are lowered by a billionth against rounding.
 * cases: whole number; least, most: the range of expected events, 0 < least ≤ most < cases. Cost: 0.1 ms a level, on first use.
 */
export function createBounds(cases: number, least: number, most: number): Bounds {
  const count = Math.max(1, Math.ceil(Math.log(most / least) / Math.log(vertexRatio)));
  const vertices = new Float64Array(count + 1);
  for (let j = 0; j <= count; j++) vertices[j] = j === count ? most : least * vertexRatio ** j;
  const kept: Lines[] = [];
  return {
    vertices,
    lineAt: (expected) => {
      let j = 0;
      while (j + 1 < count && vertices[j + 1]! < expected) j++;
      return j;
    },
    linesFor: (ratio) => {
      const level = Math.floor(Math.max(0, ratio) / levelStep);
      kept[level] ??= linesThrough(
        vertices,
        vertices.map((expected) => observedReaching(level * levelStep, expected, cases)),
      );
      return kept[level];
    },
  };
}

/**
 * The observed number, not whole and a billionth too low, at which the ratio reaches the level; `cases` where it never does.
 * The ratio is convex in observed and rises above expected, so that Newton's steps come down to the answer from above.
 */
export function observedReaching(level: number, expected: number, cases: number): number {
  if (logLikelihoodRatio(cases, expected, cases) <= level) return cases;
  if (level <= 0) return expected * (1 - 1e-9);
  let observed = Math.min(expected + Math.sqrt(2 * level * expected) + level, (expected + cases) / 2);
  for (let step = 0; step < 100; step++) {
    const slope = Math.log(observed / expected) - Math.log((cases - observed) / (cases - expected));
    const next = observed - (logLikelihoodRatio(observed, expected, cases) - level) / slope;
    if (Math.abs(next - observed) <= 1e-13 * observed) break;
    observed = next < cases ? next : (observed + cases) / 2;
  }
  return observed * (1 - 1e-9);
}

function linesThrough(vertices: Float64Array, values: Float64Array): Lines {
  const count = vertices.length - 1;
  const intercept = new Float64Array(count);
  const slope = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    const width = vertices[j + 1]! - vertices[j]!;
    slope[j] = width > 0 ? (values[j + 1]! - values[j]!) / width : 0;
    intercept[j] = values[j]! - slope[j]! * vertices[j]!;
  }
  return { intercept, slope };
}
