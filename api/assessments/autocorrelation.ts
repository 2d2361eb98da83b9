import type { Inputs } from "../contract/processes.ts";
import { dayOf } from "../contract/time.ts";
import type { Frame, Outcome } from "./frame.ts";
import { namedAreas } from "./hotspots.ts";
import { filledFilter, middleYear, readCounts, readPopulation, readSample, readWeights } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** The process `autocorrelation`: whether the whole map is clustered at all. Its numbers stand in the summary. */
export async function assessAutocorrelation(frame: Frame, inputs: Inputs<"autocorrelation">): Promise<Outcome> {
  const filter = filledFilter(inputs, dayOf(frame.now, frame.timeZone));
  const sample = await readSample(frame.database, inputs, frame.scope);
  const counts = await readCounts(frame.database, sample, filter);
  const { population, years } = await readPopulation(frame.database, sample, middleYear(filter.period));
  const weights = await buildWeights(frame, sample, await readWeights(frame.database, sample, inputs.weights));
  const { measure, permutations, seed } = inputs;
  const result = await frame.pool.run(
    "analyseAutocorrelation",
    [{ counts, population, weights, measure, permutations, seed }],
    frame.signal,
  );
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues },
    seed,
    codes: sample.codes.filter((_, index) => sample.reported[index] === 1),
    columns: {},
    summary: { ...result.summary, islands: namedAreas(sample, result.summary.islands), populationYears: years },
    warnings: result.warnings,
    hashed: [counts, population, weights.targets, weights.values],
  };
}
