import { requireInput } from "../significance/refusal.ts";

export interface LogLinearFit {
  readonly coefficients: Float64Array;
  /** Expected count of every observation. */
  readonly fitted: Float64Array;
  /** Pearson's chi-square over its degrees of freedom; 1 for Poisson counts. */
  readonly dispersion: number;
  /** Covariance of the coefficients before it is multiplied by the dispersion, row after row. */
  readonly covariance: Float64Array;
  /** Weight of each observation in its own fitted value, in [0, 1]. */
  readonly leverage: Float64Array;
}

const mostRounds = 50;
const tolerance = 1e-12;

/**
 * Quasi-Poisson regression: the logarithm of the expected count is linear in the columns, the variance is the expected count times a dispersion.
 *
 * Why: counts by week have trend and season, and vary more than Poisson. In words: iteratively reweighted least squares, started from the counts plus 0.1, until the deviance no longer
 * changes by more than 1e-12 of itself; normal equations by Cholesky.
 * design: observations × parameters, row after row; counts ≥ 0; weights > 0. Null where the columns cannot be told apart or a coefficient runs off (a level without any event).
 * Source: McCullagh & Nelder 1989, doi:10.1007/978-1-4899-3242-6. Equal to R 4.2.2 glm(family = quasipoisson) to 1e-8. Cost: O(rounds × observations × parameters²).
 */
export function fitQuasiPoisson(
  design: Float64Array,
  parameters: number,
  counts: Float64Array,
  weights: Float64Array,
): LogLinearFit | null {
  const n = counts.length;
  requireInput(design.length === n * parameters, "design", design.length);
  requireInput(weights.length === n, "weights", weights.length);
  const fitted = counts.map((count) => count + 0.1);
  const coefficients = new Float64Array(parameters);
  let deviance = Number.POSITIVE_INFINITY;
  for (let round = 0; round < mostRounds; round++) {
    const lower = choleskyOfCross(design, parameters, fitted, weights);
    if (!lower) return null;
    const right = new Float64Array(parameters);
    for (let i = 0; i < n; i++) {
      const working = fitted[i]! * Math.log(fitted[i]!) + counts[i]! - fitted[i]!;
      for (let a = 0; a < parameters; a++) right[a]! += weights[i]! * design[i * parameters + a]! * working;
    }
    coefficients.set(solved(lower, parameters, right));
    let next = 0;
    for (let i = 0; i < n; i++) {
      let eta = 0;
      for (let a = 0; a < parameters; a++) eta += coefficients[a]! * design[i * parameters + a]!;
      fitted[i] = Math.exp(eta);
      const count = counts[i]!;
      next += 2 * weights[i]! * ((count > 0 ? count * Math.log(count / fitted[i]!) : 0) - (count - fitted[i]!));
    }
    if (!Number.isFinite(next)) return null;
    if (Math.abs(next - deviance) <= tolerance * (Math.abs(next) + 0.1))
      return finished(design, parameters, counts, weights, coefficients, fitted);
    deviance = next;
  }
  return null;
}

function finished(
  design: Float64Array,
  parameters: number,
  counts: Float64Array,
  weights: Float64Array,
  coefficients: Float64Array,
  fitted: Float64Array,
): LogLinearFit | null {
  const n = counts.length;
  const lower = choleskyOfCross(design, parameters, fitted, weights);
  if (!lower) return null;
  const covariance = new Float64Array(parameters * parameters);
  for (let a = 0; a < parameters; a++) {
    const unit = new Float64Array(parameters);
    unit[a] = 1;
    covariance.set(solved(lower, parameters, unit), a * parameters);
  }
  const leverage = new Float64Array(n);
  let pearson = 0;
  for (let i = 0; i < n; i++) {
    let form = 0;
    for (let a = 0; a < parameters; a++)
      for (let b = 0; b < parameters; b++)
        form += design[i * parameters + a]! * covariance[a * parameters + b]! * design[i * parameters + b]!;
    leverage[i] = weights[i]! * fitted[i]! * form;
    pearson += (weights[i]! * (counts[i]! - fitted[i]!) ** 2) / fitted[i]!;
  }
  return { coefficients, fitted, dispersion: pearson / (n - parameters), covariance, leverage };
}

/** Cholesky factor of the columns' cross products, weighted by weight × fitted; null where they are not independent. */
function choleskyOfCross(design: Float64Array, parameters: number, fitted: Float64Array, weights: Float64Array): Float64Array | null {
  const lower = new Float64Array(parameters * parameters);
  for (let i = 0; i < fitted.length; i++) {
    const weight = weights[i]! * fitted[i]!;
    for (let a = 0; a < parameters; a++) {
      const scaled = weight * design[i * parameters + a]!;
      for (let b = 0; b <= a; b++) lower[a * parameters + b]! += scaled * design[i * parameters + b]!;
    }
  }
  for (let a = 0; a < parameters; a++) {
    const whole = lower[a * parameters + a]!;
    for (let b = 0; b <= a; b++) {
      let sum = lower[a * parameters + b]!;
      for (let c = 0; c < b; c++) sum -= lower[a * parameters + c]! * lower[b * parameters + c]!;
      if (a > b) lower[a * parameters + b] = sum / lower[b * parameters + b]!;
      else if (sum > 1e-10 * whole) lower[a * parameters + a] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

/** Solves lower × lowerᵀ × x = right. */
function solved(lower: Float64Array, parameters: number, right: Float64Array): Float64Array {
  const x = right.slice();
  for (let a = 0; a < parameters; a++) {
    for (let b = 0; b < a; b++) x[a]! -= lower[a * parameters + b]! * x[b]!;
    x[a]! /= lower[a * parameters + a]!;
  }
  for (let a = parameters - 1; a >= 0; a--) {
    for (let b = a + 1; b < parameters; b++) x[a]! -= lower[b * parameters + a]! * x[b]!;
    x[a]! /= lower[a * parameters + a]!;
  }
  return x;
}
