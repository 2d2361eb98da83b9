import { addTailCounts } from "../analysis/autocorrelation/shuffles.ts";
import type { Inputs } from "../contract/processes.ts";
import { dayOf } from "../contract/time.ts";
import type { Frame, Outcome } from "./frame.ts";
import { namedAreas } from "./hotspots.ts";
import { readPlacedCounts } from "./places.ts";
import { readPopulation } from "./population.ts";
import { filledFilter, readSample, readWeights } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** A multiple of the shuffles with one random stream; about ten seconds of work for the nation, far less for a kabupaten. */
const permutationsInPart = 1024;

/** The process `autocorrelation`: whether the whole map is clustered at all. Its numbers stand in the summary. */
export async function assessAutocorrelation(frame: Frame, inputs: Inputs<"autocorrelation">): Promise<Outcome> {
  const filter = filledFilter(inputs, dayOf(frame.now, frame.timeZone));
  const sample = await readSample(frame.database, inputs, frame.scope);
  const { counts, uncertain } = await readPlacedCounts(frame.database, sample, filter, inputs.places);
  const { population, years } = await readPopulation(frame.database, sample, filter.period, inputs.population);
  const weights = await buildWeights(frame, sample, await readWeights(frame.database, sample, inputs.weights));
  const { statistic, islandsPolicy, measure, permutations, seed } = inputs;
  const asked = { counts, population, weights, statistic, islandsPolicy, measure, permutations, seed };
  const counted = await frame.pool.runParts(
    "permuteAutocorrelation",
    Array.from({ length: Math.ceil(permutations / permutationsInPart) }, (_, part) => {
      const from = part * permutationsInPart;
      return [asked, { from, permutations: Math.min(permutationsInPart, permutations - from) }];
    }),
    { signal: frame.signal, onPart: (done, of) => frame.onProgress?.((100 * done) / of, `${done}/${of}`) },
  );
  const tails = (counted[0] ?? []).map((_, which) => addTailCounts(counted.flatMap((part) => part[which] ?? [])));
  const result = await frame.pool.run("analyseAutocorrelation", permutations > 0 ? [asked, tails] : [asked], frame.signal);
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues },
    seed,
    codes: sample.codes.filter((_, index) => sample.reported[index] === 1),
    columns: {},
    summary: {
      ...result.summary,
      islands: namedAreas(sample, result.summary.islands),
      withoutData: namedAreas(sample, result.summary.withoutData),
      ...years,
      uncertainPlaces: uncertain,
    },
    warnings: result.warnings,
    hashed: [counts, population, weights.targets, weights.values],
  };
}
