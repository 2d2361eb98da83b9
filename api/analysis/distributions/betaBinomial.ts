import { logGamma } from "./gamma.ts";

/**
 * Probability of exactly x successes in `trials` whose common probability is itself a beta(a, b) variable, in [0, 1].
 * x and trials whole numbers, a, b > 0. Source: Skellam 1948, doi:10.1111/j.2517-6161.1948.tb00014.x. Accuracy about 1e-12, less as trials × log(a + b) grows beyond 10,000. Cost: about 0.5 µs.
 */
export function betaBinomialAt(x: number, trials: number, a: number, b: number): number {
  if (x < 0 || x > trials) return 0;
  const ways = logGamma(trials + 1) - logGamma(x + 1) - logGamma(trials - x + 1);
  return Math.exp(ways + logRising(a, x) + logRising(b, trials - x) - logRising(a + b, trials));
}

/** Logarithm of gamma(z + steps) / gamma(z). For large z by the difference of two Stirling series, since the gamma functions themselves would cancel each other's digits. */
function logRising(z: number, steps: number): number {
  if (z < 32) return logGamma(z + steps) - logGamma(z);
  const end = z + steps;
  const series = (y: number): number => (1 / 12 - (1 / 360 - 1 / (1260 * y * y)) / (y * y)) / y;
  return (z - 0.5) * Math.log1p(steps / z) + steps * (Math.log(end) - 1) + series(end) - series(z);
}

/**
 * Probability of at least x successes in `trials` whose common probability is a beta(a, b) variable, in [0, 1]; accurate in the far tail.
 * In words: the probabilities on that side of the mean where they fall are added up, each from the last by its ratio, until they no longer count.
 * Cost: grows with the number of probabilities that count, a few standard deviations.
 */
export function betaBinomialAtLeast(x: number, trials: number, a: number, b: number): number {
  return x > (trials * a) / (a + b) ? upwards(x, trials, a, b) : 1 - upwards(trials - x + 1, trials, b, a);
}

/** Probability of at most x successes in `trials` whose common probability is a beta(a, b) variable, in [0, 1]; accurate in the far tail. */
export function betaBinomialAtMost(x: number, trials: number, a: number, b: number): number {
  return betaBinomialAtLeast(trials - x, trials, b, a);
}

function upwards(from: number, trials: number, a: number, b: number): number {
  let term = betaBinomialAt(from, trials, a, b);
  let sum = term;
  for (let x = from; x < trials && term > sum * 1e-17; x++) {
    term *= ((trials - x) * (x + a)) / ((x + 1) * (trials - x - 1 + b));
    sum += term;
  }
  return sum;
}
