import type { Inputs } from "../contract/processes.ts";
import { dayOf } from "../contract/time.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { filledFilter, middleYear, readCounts, readPopulation, readSample, readWeights, type Sample } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** Indices of the sample as codes, and only of areas that were asked for. */
export function namedAreas(sample: Sample, indices: unknown): string[] {
  return (Array.isArray(indices) ? (indices as number[]) : [])
    .filter((index) => sample.reported[index] === 1)
    .map((index) => sample.codes[index] ?? "");
}

/** The process `hotspots`: where events gather beyond what chance gives, with the validity of every p-value. */
export async function assessHotspots(frame: Frame, inputs: Inputs<"hotspots">): Promise<Outcome> {
  const filter = filledFilter(inputs, dayOf(frame.now, frame.timeZone));
  const sample = await readSample(frame.database, inputs, frame.scope);
  const counts = await readCounts(frame.database, sample, filter);
  const { population, years } = await readPopulation(frame.database, sample, middleYear(filter.period));
  const weights = await buildWeights(frame, sample, await readWeights(frame.database, sample, inputs.weights));
  const { statistic, measure, significance, tail, permutations, correction, alpha, seed } = inputs;
  const result = await frame.pool.run(
    "analyseHotspots",
    [
      {
        counts,
        population,
        reported: sample.reported,
        weights,
        statistic,
        measure,
        significance,
        tail,
        permutations,
        correction,
        alpha,
        seed,
      },
    ],
    frame.signal,
  );
  const { islands, withoutData, extended, ...summary } = result.summary;
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues },
    seed,
    codes: onlyReported(sample.codes, sample.reported),
    columns: Object.fromEntries(
      Object.entries(result.columns).map(([name, values]) => [
        name,
        onlyReported<number | string | null>(values as ArrayLike<number | string | null>, sample.reported),
      ]),
    ),
    summary: {
      ...summary,
      islands: namedAreas(sample, islands),
      withoutData: namedAreas(sample, withoutData),
      extended: namedAreas(sample, extended),
      populationYears: years,
      border: sample.codes.length - onlyReported(sample.codes, sample.reported).length,
      power: null,
    },
    warnings: [...result.warnings, { code: "power_not_computed" }],
    hashed: [counts, population, weights.targets, weights.values],
  };
}
