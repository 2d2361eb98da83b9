import type { HotspotMethod } from "../analysis/selfTest/testedMethod.ts";
import type { Inputs } from "../contract/processes.ts";
import { dayOf } from "../contract/time.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { readPlacedCounts } from "./places.ts";
import { readPopulation } from "./population.ts";
import { type PowerQuestion, powerOf } from "./power.ts";
import { filledFilter, readSample, readWeights, type Sample } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** Indices of the sample as codes, and only of areas that were asked for. */
export function namedAreas(sample: Sample, indices: unknown): string[] {
  return (Array.isArray(indices) ? (indices as number[]) : [])
    .filter((index) => sample.reported[index] === 1)
    .map((index) => sample.codes[index] ?? "");
}

/** What a question about hotspots is asked of, read once. */
export async function readHotspotsQuestion(frame: Frame, inputs: Inputs<"hotspots">) {
  const filter = filledFilter(inputs, dayOf(frame.now, frame.timeZone));
  const sample = await readSample(frame.database, inputs, frame.scope);
  const placed = await readPlacedCounts(frame.database, sample, filter, inputs.places);
  const { population, years } = await readPopulation(frame.database, sample, filter.period, inputs.population);
  const weights = await buildWeights(frame, sample, await readWeights(frame.database, sample, inputs.weights));
  const { statistic, measure, significance, tail, permutations, correction, alpha, seed } = inputs;
  const method: HotspotMethod = { statistic, measure, significance, tail, permutations, correction, alpha, seed };
  const { counts } = placed;
  const events = counts.reduce((sum, count, index) => sum + (population[index]! > 0 ? count : 0), 0);
  const power: PowerQuestion = { population, reported: sample.reported, weights, method, events, level: sample.level };
  return { filter, sample, placed, population, years, weights, method, power };
}

/** The process `hotspots`: where events gather beyond what chance gives, with the validity of every p-value. */
export async function assessHotspots(frame: Frame, inputs: Inputs<"hotspots">): Promise<Outcome> {
  const { filter, sample, placed, population, years, weights, method, power: question } = await readHotspotsQuestion(frame, inputs);
  const { counts, uncertain } = placed;
  const imputed = inputs.statistic === "exact" ? placed.imputed(inputs.seed) : undefined;
  const result = await frame.pool.run(
    "analyseHotspots",
    [
      {
        counts,
        ...(imputed ? { imputed } : {}),
        population,
        reported: sample.reported,
        weights,
        ...method,
        refusesHopeless: !frame.tellsHopeless,
      },
    ],
    frame.signal,
  );
  const { power, warnings } = await powerOf(frame, question);
  const { islands, withoutData, extended, ...summary } = result.summary;
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues },
    seed: inputs.seed,
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
      ...years,
      uncertainPlaces: uncertain,
      border: sample.codes.length - onlyReported(sample.codes, sample.reported).length,
      power,
    },
    warnings: [...result.warnings, ...warnings],
    hashed: [counts, population, weights.targets, weights.values, ...(imputed ?? [])],
  };
}
