const small = {
  numerator: [3.20937758913846947e3, 3.77485237685302021e2, 1.1386415415105016e2, 3.1611237438705656, 1.85777706184603153e-1],
  denominator: [2.84423683343917062e3, 1.28261652607737228e3, 2.44024637934444173e2, 2.36012909523441209e1, 1],
};
const middle = {
  numerator: [
    1.23033935479799725e3, 2.05107837782607147e3, 1.71204761263407058e3, 8.8195222124176909e2, 2.98635138197400131e2, 6.61191906371416295e1,
    8.88314979438837594, 5.64188496988670089e-1, 2.15311535474403846e-8,
  ],
  denominator: [
    1.23033935480374942e3, 3.43936767414372164e3, 4.36261909014324716e3, 3.29079923573345963e3, 1.62138957456669019e3, 5.37181101862009858e2,
    1.17693950891312499e2, 1.57449261107098347e1, 1,
  ],
};
const large = {
  numerator: [6.58749161529837803e-4, 1.60837851487422766e-2, 1.25781726111229246e-1, 3.60344899949804439e-1, 3.05326634961232344e-1, 1.63153871373020978e-2],
  denominator: [2.33520497626869185e-3, 6.05183413124413191e-2, 5.27905102951428412e-1, 1.87295284992346047, 2.56852019228982242, 1],
};

function ratio(parts: { numerator: number[]; denominator: number[] }, x: number): number {
  let above = 0;
  for (let i = parts.numerator.length - 1; i >= 0; i--) above = above * x + parts.numerator[i]!;
  let below = 0;
  for (let i = parts.denominator.length - 1; i >= 0; i--) below = below * x + parts.denominator[i]!;
  return above / below;
}

/**
 * Complementary error function, 1 − erf(x), in [0, 2], with full relative accuracy in the right tail (about 1e-15).
 * In words: three rational approximations, for |x| up to 0.46875, up to 4, and beyond. Source: Cody 1969, doi:10.1090/S0025-5718-1969-0247736-4.
 * Cost: constant, about 20 ns. NaN gives NaN.
 */
export function complementaryError(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return 1 - x * ratio(small, x * x);
  let tail: number;
  if (size <= 4) tail = ratio(middle, size);
  else {
    const inverse = 1 / (size * size);
    tail = (1 / Math.sqrt(Math.PI) - inverse * ratio(large, inverse)) / size;
  }
  // exp(-x²) in two steps: the square of a rounded x is exact, so no digits are lost in the far tail.
  const rounded = Math.trunc(size * 16) / 16;
  tail *= size > 27 ? 0 : Math.exp(-rounded * rounded) * Math.exp(-(size - rounded) * (size + rounded));
  return x < 0 ? 2 - tail : tail;
}

/** Probability that a standard normal variable is below z, in [0, 1]. Source and accuracy: complementaryError. */
export function normalBelow(z: number): number {
  return complementaryError(-z / Math.SQRT2) / 2;
}

/** Probability that a standard normal variable is above z, in [0, 1], accurate in the far right tail. */
export function normalAbove(z: number): number {
  return complementaryError(z / Math.SQRT2) / 2;
}

/** Probability that a standard normal variable is at least as far from 0 as z, in [0, 1]. */
export function normalTwoSided(z: number): number {
  return complementaryError(Math.abs(z) / Math.SQRT2);
}

/**
 * The z below which a standard normal variable falls with the probability given, in (−∞, ∞); 0 and 1 give the infinities.
 * In words: a logistic starting guess, then Newton steps with Halley's correction on the distribution itself. Accuracy about 1e-15 relative. Cost: about 0.2 µs.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return Number.NaN;
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  if (probability === 1) return Number.POSITIVE_INFINITY;
  if (probability === 0.5) return 0;
  // The lower tail keeps its digits; the upper one is its mirror.
  const tail = Math.min(probability, 1 - probability);
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 3; step++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const newton = (normalBelow(z) - tail) / density;
    z -= newton / (1 + (z * newton) / 2);
  }
  return probability < 0.5 ? z : -z;
}
