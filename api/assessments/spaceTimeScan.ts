import type { ScanPlan } from "../analysis/scan/plan.ts";
import type { ScanCluster } from "../analysis/scan/scan.ts";
import { isAtLeast } from "../analysis/scan/sequential.ts";
import type { Inputs } from "../contract/processes.ts";
import { WeightsInput } from "../contract/questionInputs.ts";
import { addDays, dayOf, daysBetween } from "../contract/time.ts";
import { codeLength, labelPoints } from "../queries/samples.ts";
import { stepCounts } from "../queries/stepCounts.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { namedAreas } from "./hotspots.ts";
import { readPopulation } from "./population.ts";
import { filledFilter, readSample, readWeights, type Sample } from "./sample.ts";
import { scanPowerOf } from "./scanPower.ts";
import { buildWeights } from "./weights.ts";

/** Simulations of one part: so few that progress shows and cancelling takes hold, so many that a part is worth sending. */
const simulationsPerPart = 64;
/** Parts between two looks at whether to stop early. */
const partsPerRound = 4;

/** Reads what a scan is asked of, plans it, simulates its maxima and finds its clusters. */
export async function searchSpaceTime(frame: Frame, inputs: Inputs<"space-time-scan">) {
  const filter = filledFilter(inputs, dayOf(frame.now, frame.timeZone));
  const days = daysBetween(filter.period.from, filter.period.to);
  const sample = await readSample(frame.database, inputs, frame.scope);
  const { population, years } = await readPopulation(frame.database, sample, filter.period, inputs.population);
  const { eventArea, eventDay } = await readEvents(frame, sample, filter);
  const points = await labelPoints(frame.database, sample.codes);
  const isConnected = inputs.zones === "adjacency";
  const { model, temporal, stepDays, maxPopulation, maxDays, minimumCases, zones, maxAreas, prospective, simulations, seed, alpha } =
    inputs;
  const plan = await frame.pool.run(
    "planScan",
    [
      {
        longitude: Float64Array.from(points, (point) => point.lon),
        latitude: Float64Array.from(points, (point) => point.lat),
        ...{
          population,
          eventArea,
          eventDay,
          days,
          model,
          temporal,
          stepDays,
          maxPopulation,
          maxDays,
          minimumCases,
          zones,
          maxAreas,
          prospective,
        },
        ...(isConnected
          ? {
              adjacency: await buildWeights(
                frame,
                sample,
                await readWeights(frame.database, sample, WeightsInput.parse({ kind: "queen" })),
              ),
            }
          : {}),
      },
    ],
    frame.signal,
  );
  const maxima = await simulate(frame, plan, seed, simulations, inputs.stopAfter);
  const result = await frame.pool.run(
    "findClusters",
    [plan, sample.codes.length, maxima, { alpha, stepDays, stopAfter: inputs.stopAfter ?? 0 }],
    frame.signal,
  );
  return { filter, days, sample, population, years, eventArea, eventDay, plan, result };
}

/**
 * The process `space-time-scan`: the clusters in space and time that chance explains worst, with p-values for the whole map.
 * Incidents count at their village's label point, since that is where its people are. In `summary.clusters` the period of a cluster is half-open: `from` is its first day and
 * `to` the first day after it. A cluster across the border names only the areas that were asked for, and says how many lie outside; its figures are of the whole cluster.
 */
export async function assessSpaceTimeScan(frame: Frame, inputs: Inputs<"space-time-scan">): Promise<Outcome> {
  const { filter, days, sample, population, years, eventArea, eventDay, plan, result } = await searchSpaceTime(frame, inputs);
  const { power, warnings } = await scanPowerOf(frame, inputs, { sample, plan, criticalRatio: result.summary.criticalRatio });
  const { withoutPopulation, ...summary } = result.summary;
  const reported = <T>(values: ArrayLike<T>): T[] => onlyReported(values, sample.reported);
  const clusters = result.clusters
    .map((cluster, index) => ({ rank: index + 1, ...described(cluster, sample, filter.period.from) }))
    .filter(({ codes }) => codes.length > 0);
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues, maxDays: inputs.maxDays ?? Math.floor(days / 2) },
    seed: inputs.seed,
    codes: reported(sample.codes),
    columns: {
      cluster: reported(result.columns.cluster),
      observed: reported(result.columns.observed),
      expected: reported(result.columns.expected),
    },
    summary: {
      ...summary,
      clusters,
      withoutPopulation: namedAreas(sample, withoutPopulation),
      ...years,
      border: sample.codes.length - reported(sample.codes).length,
      power,
    },
    warnings: [...result.warnings, ...warnings],
    hashed: [population, eventArea, eventDay],
  };
}

/** One entry an incident: its area in the sample and its day from the start of the period, in ascending order. */
async function readEvents(
  frame: Frame,
  sample: Sample,
  filter: ReturnType<typeof filledFilter>,
): Promise<{ eventArea: Int32Array; eventDay: Int32Array }> {
  const events: [number, number][] = [];
  for (const { code, step, n } of await stepCounts(frame.database, sample.villages, filter, 1)) {
    const area = sample.indexOf.get(code.slice(0, codeLength[sample.level])) ?? -1;
    for (let event = 0; event < n; event++) events.push([area, step]);
  }
  events.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return { eventArea: Int32Array.from(events, ([area]) => area), eventDay: Int32Array.from(events, ([, day]) => day) };
}

/** The maxima of the simulations, in parts; with `stopAfter`, no more rounds of parts than are needed to decide. */
async function simulate(
  frame: Frame,
  plan: ScanPlan,
  seed: number,
  simulations: number,
  stopAfter: number | undefined,
): Promise<Float64Array> {
  const parts: [ScanPlan, number, number, number][] = [];
  for (let first = 0; first < simulations; first += simulationsPerPart) {
    parts.push([plan, seed, first, Math.min(simulations, first + simulationsPerPart)]);
  }
  const observed = stopAfter === undefined ? 0 : await frame.pool.run("observedMaximum", [plan], frame.signal);
  const perRound = stopAfter === undefined ? parts.length : partsPerRound;
  const maxima: number[] = [];
  let stronger = 0;
  for (let round = 0; round < parts.length && stronger < (stopAfter ?? 1); round += perRound) {
    const found = await frame.pool.runParts("simulateMaxima", parts.slice(round, round + perRound), {
      signal: frame.signal,
      onPart: (done) =>
        frame.onProgress?.(
          (95 * (round + done)) / parts.length,
          `${Math.min(simulations, (round + done) * simulationsPerPart)}/${simulations} simulasi / simulations`,
        ),
    });
    for (const part of found) maxima.push(...part);
    if (stopAfter !== undefined) stronger = maxima.filter((maximum) => isAtLeast(maximum, observed)).length;
  }
  return Float64Array.from(maxima);
}

function described(cluster: ScanCluster, sample: Sample, start: string) {
  const { areas, fromDay, toDay, observed, expected, relativeRisk, ratio, p, pGumbel, recurrenceIntervalDays, radiusMetres } = cluster;
  const codes = namedAreas(sample, Array.from(areas));
  return {
    codes,
    areasOutside: areas.length - codes.length,
    centre: namedAreas(sample, [areas[0]])[0] ?? null,
    radiusMetres,
    from: addDays(start, fromDay),
    to: addDays(start, toDay),
    observed,
    expected,
    relativeRisk,
    llr: ratio,
    p,
    pGumbel,
    recurrenceIntervalDays,
  };
}
