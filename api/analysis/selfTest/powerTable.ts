import { binomialInterval } from "../distributions/binomialInterval.ts";
import type { SelfTestInput } from "./selfTest.ts";
import { smallestDetectable } from "./smallestDetectable.ts";
import type { SelfTestTally } from "./tally.ts";

/** A share of simulated maps with its exact 95% interval. */
export interface SimulatedShare {
  readonly lower: number;
  readonly upper: number;
  readonly runs: number;
}

export interface Detectable {
  readonly clusterSize: number;
  /** NaN: more than the largest risk tried. */
  readonly relativeRisk: number;
  /** Where the lower end is NaN so are the others; an upper end of NaN is beyond the largest risk tried. */
  readonly lower: number;
  readonly upper: number;
}

export interface PowerTable {
  readonly falseAlarmRate: SimulatedShare & { readonly rate: number };
  readonly power: readonly (SimulatedShare & { readonly relativeRisk: number; readonly clusterSize: number; readonly power: number })[];
  /** Of every size that fits into the area. */
  readonly smallestDetectable: readonly Detectable[];
}

/** Probability with which a risk must be seen to be called detectable. */
export const wantedPower = 0.8;

/**
 * Sums the tallies of a self-test up: the false-alarm rate, the power by size and risk, both with exact intervals, and the smallest detectable risk of every size,
 * its interval from the same fit through the ends of the powers' intervals.
 */
export function powerTable(input: Pick<SelfTestInput, "relativeRisks" | "clusterSizes">, tallies: readonly SelfTestTally[]): PowerTable {
  const { relativeRisks, clusterSizes } = input;
  const runs = tallies.reduce((sum, tally) => sum + tally.runs, 0);
  const alarms = tallies.reduce((sum, tally) => sum + tally.alarms, 0);
  const cells = clusterSizes.map((clusterSize, s) =>
    relativeRisks.map((relativeRisk, r) => {
      const seen = tallies.reduce((sum, tally) => sum + tally.detected[s * relativeRisks.length + r]!, 0);
      return {
        relativeRisk,
        clusterSize,
        power: seen / runs,
        ...(Number.isNaN(seen) ? unknownInterval : binomialInterval(seen, runs)),
        runs,
      };
    }),
  );
  const fitting = cells.filter((row) => row.length > 0 && !Number.isNaN(row[0]!.power));
  const crossing = (values: readonly number[]): number => smallestDetectable(relativeRisks, values, wantedPower);
  return {
    falseAlarmRate: { rate: alarms / runs, ...binomialInterval(alarms, runs), runs },
    power: fitting.flat(),
    smallestDetectable: fitting.map((row) => ({
      clusterSize: row[0]!.clusterSize,
      relativeRisk: crossing(row.map(({ power }) => power)),
      lower: crossing(row.map(({ upper }) => upper)),
      upper: crossing(row.map(({ lower }) => lower)),
    })),
  };
}

const unknownInterval = { lower: Number.NaN, upper: Number.NaN };
