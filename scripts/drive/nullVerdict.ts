import { alpha, levels, type NullMap, tails } from "./nullPart.ts";

/** One claim about null maps: what was measured, what it may be at most, and whether it holds. */
export interface NullVerdict {
  readonly claim: string;
  readonly measured: number;
  readonly atMost: number;
  readonly holds: boolean;
}

const verdict = (claim: string, measured: number, atMost: number): NullVerdict => ({ claim, measured, atMost, holds: measured <= atMost });

/**
 * What null maps say of a method: P(p ≤ a) ≤ a, few maps with any discovery, and a uniform randomised p of one village.
 * Standard errors are of maps, which do not depend on each other, and not of villages, which do; three of them are allowed.
 * The distance of Kolmogorov and Smirnov may be what chance exceeds once in a thousand.
 */
export function judgeNull(maps: readonly NullMap[]): NullVerdict[] {
  const verdicts: NullVerdict[] = [];
  tails.forEach((tail, t) => {
    levels.forEach((level, l) => {
      const shares = maps.map((map) => map.shares[t]![l]!);
      const mean = shares.reduce((sum, share) => sum + share, 0) / maps.length;
      const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
      verdicts.push(verdict(`P(p ≤ ${level}) ${tail}`, mean, level + 3 * Math.sqrt(squares / (maps.length - 1) / maps.length) + 1e-12));
    });
  });
  tails.slice(0, 2).forEach((tail, t) => {
    const rate = maps.filter(({ alarms }) => alarms[t]).length / maps.length;
    verdicts.push(verdict(`any discovery ${tail}`, rate, alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / maps.length)));
  });
  const randomised = maps.map((map) => map.randomised).sort((a, b) => a - b);
  const distance = Math.max(...randomised.map((p, i) => Math.max(p - i / maps.length, (i + 1) / maps.length - p)));
  verdicts.push(verdict("Kolmogorov–Smirnov", distance, 1.95 / Math.sqrt(maps.length)));
  return verdicts;
}
