import { emergingClassNames } from "../contract/emergingClassNames.ts";
import type { Inputs } from "../contract/processes.ts";
import { addDays, dayOf, daysBetween } from "../contract/time.ts";
import { problem } from "../problem.ts";
import { codeLength } from "../queries/samples.ts";
import { stepCounts } from "../queries/stepCounts.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { namedAreas } from "./hotspots.ts";
import { readPopulation } from "./population.ts";
import { filledFilter, readSample, readWeights } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** Steps of equal length back from the end of the period, oldest first; without a period the steps make it. @throws invalid_input where the period is too short. */
function stepsOf(inputs: Inputs<"emerging-hotspots">, filled: { from: string; to: string }): { from: string; to: string }[] {
  const { stepDays } = inputs;
  const held = Math.floor(daysBetween(filled.from, filled.to) / stepDays);
  const steps = inputs.steps ?? Math.max(1, held);
  if (steps > held && (inputs.period || inputs.steps === undefined))
    throw problem("invalid_input", { field: "steps", value: steps, expected: `≤ ${held} (period ÷ stepDays)` });
  return Array.from({ length: steps }, (_, index) => {
    const from = addDays(filled.to, (index - steps) * stepDays);
    return { from, to: addDays(from, stepDays) };
  });
}

/** The process `emerging-hotspots`: a Gi* map of every step, the trend of each area's z, and what the two make of the area. */
export async function assessEmergingHotspots(frame: Frame, inputs: Inputs<"emerging-hotspots">): Promise<Outcome> {
  const asked = filledFilter(inputs, dayOf(frame.now, frame.timeZone));
  const steps = stepsOf(inputs, asked.period);
  const from = steps[0]?.from ?? asked.from;
  const period = inputs.period ?? { from, to: asked.to };
  const sample = await readSample(frame.database, inputs, frame.scope);
  const n = sample.codes.length;
  const counts = steps.map(() => new Float64Array(n));
  for (const { code, step, n: events } of await stepCounts(frame.database, sample.villages, { ...asked, from }, inputs.stepDays)) {
    const area = sample.indexOf.get(code.slice(0, codeLength[sample.level])) ?? -1;
    const ofStep = counts[step];
    if (ofStep) ofStep[area] = (ofStep[area] ?? 0) + events;
  }
  // One population for all steps, so that a trend is one of events and never of a new census.
  const { population, years } = await readPopulation(frame.database, sample, period, inputs.population);
  const weights = await buildWeights(frame, sample, await readWeights(frame.database, sample, inputs.weights));
  const { measure, permutations, alpha, seed } = inputs;
  const judged = { population, reported: sample.reported, weights, measure, permutations, alpha, seed };
  const maps = await frame.pool.runParts(
    "analyseHotspots",
    counts.map((step) => [
      { ...judged, counts: step, statistic: "gi_star", significance: "permutation", tail: "two_sided", correction: "fdr" },
    ]),
    {
      signal: frame.signal,
      onPart: (done, of) => frame.onProgress?.((95 * done) / of, `${done}/${of} langkah / steps`),
    },
  );
  const bins = maps.map(({ columns }, step) => ({ z: columns.z, class: columns.class, counts: counts[step] ?? new Float64Array(n) }));
  const result = await frame.pool.run("analyseEmergingHotspots", [bins, alpha], frame.signal);
  const reported = <T>(values: ArrayLike<T>): T[] => onlyReported(values, sample.reported);
  const first = maps[0]?.summary;
  const silent = new Set(["without_population", "islands"]);
  return {
    inputs: { ...inputs, period, issues: asked.issues, steps: steps.length },
    seed,
    codes: reported(sample.codes),
    columns: Object.fromEntries(
      Object.entries(result.columns).map(([name, values]) => [
        name,
        reported<number | string | null>(values as ArrayLike<number | string | null>),
      ]),
    ),
    summary: {
      ...result.summary,
      classes: Object.entries(emergingClassNames).map(([name, [indonesian, english]]) => ({
        class: name,
        indonesian,
        english,
        areas: result.columns.class.filter((each, index) => each === name && sample.reported[index] === 1).length,
      })),
      n: first?.n,
      islands: namedAreas(sample, first?.islands),
      withoutData: namedAreas(sample, first?.withoutData),
      ...years,
      unusedDays: Math.max(0, daysBetween(period.from, from)),
      steps: steps.map((step, index) => ({ ...step, events: counts[index]?.reduce((sum, count) => sum + count, 0) })),
      bins: {
        z: bins.map((step) => reported(step.z)),
        class: bins.map((step) => reported(step.class)),
        count: bins.map((step) => reported(step.counts)),
        q: maps.map(({ columns }) => reported(columns.q)),
      },
    },
    warnings: [{ code: "pattern_not_forecast" }, ...(maps[0]?.warnings ?? []).filter(({ code }) => silent.has(code)), ...result.warnings],
    hashed: [...counts, population, weights.targets, weights.values],
  };
}
