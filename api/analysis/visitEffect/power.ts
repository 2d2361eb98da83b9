import { normalQuantile } from "../distributions/normal.ts";
import { createRandom, type Random } from "../significance/random.ts";
import type { MatchedSet } from "./matchedSets.ts";
import type { Prognosis } from "./prognosis.ts";
import { leftBy } from "./randomisation.ts";

const powerStream = 2;
/** Reductions that the power is worked out for. */
export const powerEffects: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
/** A reduction is one that could have been found when it is found so often. */
export const wantedPower = 0.8;

export interface EffectPower {
  /** Share of simulated histories in which a reduction by each of `powerEffects` is found. */
  readonly power: number[];
  /** The smallest reduction found in 80%, as a share; NaN where not even the end of all incidents would be. */
  readonly smallestEffect: number;
}

/** A member of a set as it would be without visits. */
interface Simulated {
  /** Incidents expected without any visit. */
  readonly expected: number;
  /** Of them those that the forecast learns to lie behind visits. */
  readonly exposed: number;
  /** Share of its own days behind a visit. */
  readonly exposure: number;
}

/**
 * What the comparison could have found: its power by simulation, and the smallest effect with a power of 80%.
 *
 * Why: "no effect seen" says something only where an effect would have been seen.
 * In words: each member of each set is given incidents from a Poisson distribution around what is expected of it without visits were that effect true, itself varying by `extra` (gamma) as the records do; each
 * incident on the share of its days behind a visit is left out with the probability of the effect. What the forecast of "no effect" would learn from villages that visits made quieter is learned from this very history
 * (`expectExposed`) and taken from the forecast. The sum of the randomisation test is found significant by the variance of its draws, two-sided at alpha and in the right direction. Power by linear
 * interpolation. Cost: O(simulations × members × effects).
 */
export function powerOf(
  sets: readonly MatchedSet[],
  prognosis: Prognosis,
  options: {
    readonly widening: number;
    readonly alpha: number;
    readonly simulations: number;
    readonly seed: number;
  },
): EffectPower {
  const random = createRandom(options.seed, powerStream);
  const threshold = normalQuantile(1 - options.alpha / 2);
  const power = powerEffects.map((effect) => {
    const simulated = withoutVisits(sets, prognosis, leftBy(-effect));
    let found = 0;
    for (let simulation = 0; simulation < options.simulations; simulation++)
      if (simulatedZ(simulated, effect, prognosis.extra, options.widening, random) < -threshold) found++;
    return found / options.simulations;
  });
  const at = power.findIndex((share) => share >= wantedPower);
  if (at < 0) return { power, smallestEffect: Number.NaN };
  const [before, below] = at === 0 ? [0, options.alpha / 2] : [powerEffects[at - 1]!, power[at - 1]!];
  const part = power[at]! > below ? (wantedPower - below) / (power[at]! - below) : 1;
  return { power, smallestEffect: before + part * (powerEffects[at]! - before) };
}

/** The members as they would be without visits, were it true that these leave `left` of the incidents. */
const withoutVisits = (sets: readonly MatchedSet[], { expectWithout, expectExposed }: Prognosis, left: number): Simulated[][] =>
  sets.map(({ described, exposure }) =>
    described.map((at, member) => ({
      expected: expectWithout(at, left - 1),
      exposed: expectExposed(at, left - 1),
      exposure: exposure[member]!,
    })),
  );

function simulatedZ(sets: readonly Simulated[][], effect: number, extra: number, widening: number, random: Random): number {
  let [total, variance] = [0, 0];
  for (const set of sets) {
    const beyond = set.map(({ expected, exposed, exposure }) => {
      const count = poisson(expected * gammaFactor(extra, random) * (1 - effect * exposure), random);
      return count - (expected - effect * exposed);
    });
    const sum = beyond.reduce((all, one) => all + one, 0);
    // The differences of a set add up to 0.
    const differences = beyond.map((one) => one - (sum - one) / (beyond.length - 1));
    total += differences[0]!;
    variance += differences.reduce((all, one) => all + one ** 2, 0) / beyond.length;
  }
  if (variance === 0) return 0;
  // Where the records vary more than these counts do, the test is wider, and so is what it is given.
  return total / Math.sqrt(variance * widening) + Math.sqrt(1 - 1 / widening) * gaussian(random);
}

/** A gamma number of mean 1 and the given variance, by Marsaglia and Tsang; 1 without variance. */
function gammaFactor(variance: number, random: Random): number {
  if (variance < 1e-6) return 1;
  const shape = 1 / variance;
  const lifted = shape < 1 ? shape + 1 : shape;
  const d = lifted - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = Math.sqrt(-2 * Math.log(random.unit() + 1e-12)) * Math.cos(2 * Math.PI * random.unit());
    const cube = (1 + c * z) ** 3;
    if (cube <= 0 || Math.log(random.unit() + 1e-12) >= z ** 2 / 2 + d * (1 - cube + Math.log(cube))) continue;
    return ((shape < 1 ? (random.unit() + 1e-12) ** (1 / shape) : 1) * d * cube) / shape;
  }
}

function poisson(mean: number, random: Random): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian(random)));
  const least = Math.exp(-mean);
  let [count, product] = [0, random.unit()];
  while (product > least) {
    count++;
    product *= random.unit();
  }
  return count;
}

const gaussian = (random: Random): number => Math.sqrt(-2 * Math.log(random.unit() + 1e-12)) * Math.cos(2 * Math.PI * random.unit());
