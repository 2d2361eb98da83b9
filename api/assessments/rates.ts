import type { Inputs } from "../contract/processes.ts";
import { dayOf, daysBetween } from "../contract/time.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { readPlacedCounts } from "./places.ts";
import { readPopulation } from "./population.ts";
import { filledFilter, readSample, readWeights } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** The process `rates`: crude and smoothed rates with their credible intervals. */
export async function assessRates(frame: Frame, inputs: Inputs<"rates">): Promise<Outcome> {
  const filter = filledFilter(inputs, dayOf(frame.now, frame.timeZone));
  const sample = await readSample(frame.database, inputs, frame.scope);
  const { counts, uncertain } = await readPlacedCounts(frame.database, sample, filter, inputs.places);
  const { population, years } = await readPopulation(frame.database, sample, filter.period, inputs.population);
  const weights =
    inputs.smoothing === "local" ? await buildWeights(frame, sample, await readWeights(frame.database, sample, inputs.weights)) : undefined;
  const result = await frame.pool.run(
    "analyseRates",
    [
      {
        counts,
        population,
        reported: sample.reported,
        ...(weights ? { weights } : {}),
        per: inputs.per,
        years: inputs.annual ? daysBetween(filter.period.from, filter.period.to) / 365.25 : 1,
        smoothing: inputs.smoothing,
        credible: inputs.credible,
      },
    ],
    frame.signal,
  );
  const only = (values: Float64Array): number[] => onlyReported(values, sample.reported);
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues },
    seed: 0,
    codes: onlyReported(sample.codes, sample.reported),
    columns: Object.fromEntries(Object.entries(result.columns).map(([name, values]) => [name, only(values)])),
    summary: { ...result.summary, ...years, uncertainPlaces: uncertain },
    warnings: result.warnings,
    hashed: [counts, population, weights?.targets ?? [], weights?.values ?? []],
  };
}
