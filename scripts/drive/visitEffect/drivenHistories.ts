import { analyseVisitEffect, type VisitEffectResult } from "../../../api/analysis/visitEffect/visitEffect.ts";
import type { NullPlace } from "../nullMaps.ts";
import { type MadeWorld, madeHistory } from "./madeHistory.ts";

/** What was found in made histories of one kind, in the order of their seeds. */
export type Found = Pick<VisitEffectResult, "estimate" | "naive" | "placebo" | "power" | "verdict" | "matched">;

const alpha = 0.05;

/** Makes so many histories of a kind and learns from each as the service does, with fewer draws. */
export function learnFromHistories(place: NullPlace, world: MadeWorld, runs: number, firstSeed: number): Found[] {
  return Array.from({ length: runs }, (_, run) => {
    const seed = firstSeed + run;
    const { afterDays } = world;
    const { estimate, naive, placebo, power, verdict, matched } = analyseVisitEffect({
      ...madeHistory(place, world, seed),
      ...{ afterDays, roundDays: 7, controls: 3, alpha, permutations: 399, simulations: 100, seed },
    });
    return { estimate, naive, placebo, power, verdict, matched };
  });
}

/** One claim: what was measured, between what it may lie, and whether it does. */
export interface Claim {
  readonly claim: string;
  readonly measured: number;
  readonly least: number;
  readonly most: number;
  readonly holds: boolean;
}

const claimOf = (claim: string, measured: number, least: number, most: number): Claim => ({
  claim,
  measured,
  least,
  most,
  holds: measured >= least && measured <= most,
});
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (found: readonly Found[], claim: (one: Found) => boolean): number => found.filter(claim).length / found.length;

/** A share that is one of a true one may stray so far by chance: three standard errors. */
const stray = (expected: number, runs: number): number => 3 * Math.sqrt((expected * (1 - expected)) / runs);

/** What is claimed of histories in which visits prevent `effect` of the incidents. */
export function judgeHistories(found: readonly Found[], effect: number): Claim[] {
  const runs = found.length;
  const isSignificant = ({ estimate }: Found): boolean => estimate !== null && estimate.p <= alpha;
  const isNaiveSuccess = ({ naive }: Found): boolean => naive.p <= alpha && naive.change < 0;
  if (effect === 0)
    return [
      claimOf("significant, either way", share(found, isSignificant), 0, alpha + stray(alpha, runs)),
      claimOf(
        "says 'membantu'",
        share(found, ({ verdict }) => verdict === "helps"),
        0,
        alpha + stray(alpha, runs),
      ),
      claimOf("before/after says success", share(found, isNaiveSuccess), 0.5, 1),
      claimOf(
        "placebo fails",
        share(found, ({ placebo }) => placebo?.fails === true),
        0,
        0.01 + stray(0.01, runs),
      ),
      claimOf(
        "interval holds 0",
        share(found, (one) => holdsEffect(one, 0)),
        1 - alpha - stray(alpha, runs),
        1,
      ),
    ];
  const stated = mean(found.map(({ power }) => power?.power[power.effects.findIndex((one) => Math.abs(one - effect) < 1e-9)] ?? 0));
  const isFound = (one: Found): boolean => isSignificant(one) && (one.estimate?.effect ?? 0) < 0;
  return [
    claimOf("found, against the power stated", share(found, isFound), stated - stray(stated, runs), stated + stray(stated, runs)),
    claimOf(
      "interval holds the effect",
      share(found, (one) => holdsEffect(one, -effect)),
      1 - alpha - stray(alpha, runs),
      1,
    ),
    claimOf(
      "placebo fails",
      share(found, ({ placebo }) => placebo?.fails === true),
      0,
      0.01 + stray(0.01, runs),
    ),
  ];
}

function holdsEffect({ estimate }: Found, effect: number): boolean {
  return estimate !== null && !(estimate.lower > effect) && !(estimate.upper < effect);
}
