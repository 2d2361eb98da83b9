import type { HotspotsInput } from "../hotspots/hotspots.ts";

/** A method of `analyseHotspots` as it is asked for, but for the map that it looks at. */
export type HotspotMethod = Pick<
  HotspotsInput,
  "statistic" | "measure" | "significance" | "tail" | "permutations" | "correction" | "alpha" | "seed"
>;

/**
 * Whether a method, shown a map of events, reports any of the watched areas: as `raised` (hot, high-high, high-low), or on `either` side.
 * A map for which the method is refused reports nothing.
 */
export type TestedMethod = (counts: Float64Array, watched: Uint8Array, side: "raised" | "either") => boolean;

/** A p-value of one area that may be significant, and the side on which its observation lies. */
export interface Candidate {
  readonly area: number;
  readonly p: number;
  readonly isRaised: boolean;
}

/** Whether any of the candidates is watched, on the side asked for, and still significant after the correction over `tests` tests. Those left out must have p > alpha. */
export function isReported(
  candidates: Candidate[],
  tests: number,
  { correction, alpha }: Pick<HotspotMethod, "correction" | "alpha">,
  watched: Uint8Array,
  side: "raised" | "either",
): boolean {
  // Rounded as in benjaminiHochberg and bonferroni, so that a p-value on the very edge falls on the same side.
  const isSignificant = (p: number, rank: number): boolean =>
    (correction === "none" ? p : correction === "bonferroni" ? Math.min(1, p * tests) : (p * tests) / rank) <= alpha;
  const ascending = candidates.sort((one, other) => one.p - other.p);
  let rejected = ascending.length;
  while (rejected > 0 && !isSignificant(ascending[rejected - 1]!.p, rejected)) rejected--;
  for (let at = 0; at < rejected; at++) {
    const { area, isRaised } = ascending[at]!;
    if (watched[area] && (isRaised || side === "either")) return true;
  }
  return false;
}
