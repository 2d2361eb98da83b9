import { mostExactPlaces } from "../analysis/planning/exactGain.ts";
import type { GainBound } from "../analysis/planning/gainBound.ts";
import { routesOf } from "../analysis/planning/routingProblem.ts";
import { bestPlan, type FoundPlan } from "../analysis/planning/searchVisits.ts";
import { dayOf } from "../contract/time.ts";
import type { VisitPlanInputs } from "../contract/visitInputs.ts";
import type { Frame, Outcome } from "./frame.ts";
import { isAllGiven, readVisitData } from "./visitData.ts";
import { visitDocument } from "./visitDocument.ts";
import { keptStops, wishedVisits } from "./visitPriorities.ts";
import { type VisitProblem, visitProblem } from "./visitProblem.ts";
import { readTravel } from "./visitTravel.ts";

/** How many searches, how many steps each for one place (then divided by the places), and how many sums the bound may take. */
const efforts = {
  quick: { streams: 1, steps: 250_000, fewest: 300, most: 4000, boundSums: 0 },
  normal: { streams: 4, steps: 1_200_000, fewest: 2500, most: 20_000, boundSums: 4e8 },
  thorough: { streams: 8, steps: 3_000_000, fewest: 6000, most: 40_000, boundSums: 8e9 },
} as const;
const boundSteps = 96;
const mostExactRoutes = 40;

/**
 * The process `visit-plan`: who goes where on which day, so that the visits are worth most together. The effort is counted in steps and never in seconds, so the
 * same inputs and seed give the same plan on any machine and with any number of threads.
 */
export async function assessVisitPlan(frame: Frame, inputs: VisitPlanInputs): Promise<Outcome> {
  const data = await readVisitData(frame, inputs);
  const places = await readTravel(frame, inputs, data.codes, data.earlier);
  const asked = visitProblem(inputs, data, places, dayOf(frame.now, frame.timeZone));
  const kept = keptStops(inputs, data, asked);
  frame.onProgress?.(5, "Menyusun rute / planning routes");
  const search = { problem: asked.problem, keep: kept.stops, isLocked: kept.isLocked, seed: inputs.seed };
  const wishes = await wishedVisits(frame, inputs, data, asked, search, isAllGiven(inputs));
  const effort = efforts[inputs.effort];
  const iterations = Math.round(Math.min(effort.most, Math.max(effort.fewest, effort.steps / Math.max(1, data.codes.length))));
  const parts = Array.from(
    { length: effort.streams },
    (_, stream) => [{ ...search, priority: wishes.priority, stream, iterations }] as [never],
  );
  const [plans, bound] = await Promise.all([
    frame.pool.runParts("searchVisits", parts, {
      signal: frame.signal,
      onPart: (done, of) => frame.onProgress?.(5 + Math.round((85 * done) / of), "Menyusun rute / planning routes"),
    }) as Promise<FoundPlan[]>,
    boundOf(frame, asked, effort.boundSums),
  ]);
  const plan = bestPlan(plans);
  const other = await frame.pool.run("otherwise", [asked.problem, plan.routes, kept.isLocked], frame.signal);
  return visitDocument({ frame, inputs, data, places, asked, kept, wishes, plan, bound, other, iterations, streams: effort.streams });
}

/** The most that any plan could gain: exactly where places are few, else a proven bound as sharp as the effort allows. */
async function boundOf(frame: Frame, { problem }: VisitProblem, sums: number): Promise<GainBound | { bound: number; method: "exact" }> {
  if (problem.n <= mostExactPlaces && routesOf(problem) <= mostExactRoutes) {
    const exact = await frame.pool.run("exactGain", [problem], frame.signal);
    if (exact !== null) return { bound: exact, method: "exact" };
  }
  const teams = new Set(problem.startPlace).size;
  const iterations = Math.min(40, Math.floor(sums / (teams * boundSteps * problem.n ** 2)));
  return frame.pool.run("gainBound", [problem, { iterations, steps: boundSteps }], frame.signal);
}
