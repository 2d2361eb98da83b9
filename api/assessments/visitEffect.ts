import type { VisitEffectInput } from "../analysis/visitEffect/study.ts";
import { fewestIncidents, fewestVisits, mostImbalance } from "../analysis/visitEffect/verdict.ts";
import type { VisitEffectResult } from "../analysis/visitEffect/visitEffect.ts";
import { addDays, dayOf, daysBetween } from "../contract/time.ts";
import type { VisitEffectInputs } from "../contract/visitEffectInputs.ts";
import { problem } from "../problem.ts";
import { type VisitMade, visitsMade } from "../queries/visitsMade.ts";
import type { Frame, Outcome } from "./frame.ts";
import { type RiskData, readRiskData } from "./risk.ts";
import { effectReason, verdictOf } from "./visitEffectSentences.ts";

/** Without a period three years are looked at; the risk score itself remembers five. */
const usualDays = 1095;
const mostDays = 1825;
/** Days between the moments at which the score of all villages is worked out; a visit is compared by the last one before it. */
const scoreDays = 60;
/** The scores' middle is all that is compared, not their intervals. */
const scoreDraws = 20;

/**
 * The process `visit-effect`: whether visits were followed by fewer incidents than comparable villages had without them, or why that cannot be told.
 * The visits stand in the inputs of the run, so that it can be worked out again.
 */
export async function assessVisitEffect(frame: Frame, inputs: VisitEffectInputs): Promise<Outcome> {
  const period = askedPeriod(frame, inputs);
  const { areas, issues, statuses, seed } = inputs;
  const data = await readRiskData(frame, { areas, issues, statuses, border: true, seed }, addDays(period.to, -1));
  const inside = data.sample.codes.filter((_, index) => data.sample.reported[index] === 1);
  const visits = inputs.visits ? givenVisits(inputs.visits, inside, period) : await visitsMade(frame.database, inside, period);
  const input = await studyInput(frame, inputs, data, visits, period);
  frame.onProgress?.(50, "Membandingkan desa / comparing villages");
  const found = await frame.pool.run("analyseVisitEffect", [input], frame.signal);
  return {
    inputs: { ...inputs, period, issues: data.issues, visits },
    seed,
    ...columnsOf(found, data.sample.codes),
    summary: {
      ...sentencesOf(found, inputs.afterDays),
      visits: found.visits,
      episodes: found.episodes,
      matched: found.matched,
      compared: found.sets.reduce((sum, set) => sum + set.members.length - 1, 0),
      recordsFrom: addDays(period.from, input.firstDay),
      estimate: found.estimate,
      naive: found.naive,
      placebo: found.placebo,
      power: found.power,
      balance: found.balance,
      path: found.path,
      ...data.populationYears,
      officialVersion: data.version.name,
      officialTables: data.version,
    },
    warnings: [
      { code: "recorded_incidents_only" },
      ...(found.naive.change < 0 && found.naive.p <= inputs.alpha && found.verdict !== "helps"
        ? [{ code: "before_after_misleads", details: found.naive }]
        : []),
    ],
    hashed: [
      input.population,
      input.incidents.village,
      input.incidents.day,
      input.visits.village,
      input.visits.day,
      data.input.weights.targets,
    ],
  };
}

function askedPeriod(frame: Frame, { period }: VisitEffectInputs): { from: string; to: string } {
  const to = [period?.to ?? "9999-12-31", addDays(dayOf(frame.now, frame.timeZone), 1)].sort()[0]!;
  const from = period?.from ?? addDays(to, -usualDays);
  const days = daysBetween(from, to);
  if (days < 1 || days > mostDays)
    throw problem("invalid_input", { field: "period", value: `${from}/${to}`, expected: `1 … ${mostDays} hari / days` });
  return { from, to };
}

/** Given visits in the order of their days. @throws unknown_area for a village that is not among those asked for, invalid_input for a day outside the period. */
function givenVisits(given: readonly VisitMade[], inside: readonly string[], { from, to }: { from: string; to: string }): VisitMade[] {
  const known = new Set(inside);
  const strange = given.find(({ code }) => !known.has(code));
  if (strange) throw problem("unknown_area", { field: "visits", value: strange.code });
  const early = given.find(({ day }) => day < from || day >= to);
  if (early) throw problem("invalid_input", { field: "visits.day", value: early.day, expected: `${from} … ${to}` });
  return given.toSorted((a, b) => (a.day === b.day ? (a.code < b.code ? -1 : 1) : a.day < b.day ? -1 : 1));
}

async function studyInput(
  frame: Frame,
  inputs: VisitEffectInputs,
  { sample, input }: RiskData,
  visits: readonly VisitMade[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<VisitEffectInput> {
  const endDay = daysBetween(from, to);
  // Silence before the first incident of all is not known to be silence.
  const day = Int32Array.from(input.incidents.daysBefore, (days) => endDay - 1 - days);
  const firstDay = Math.max(0, Math.min(day.length === 0 ? 0 : day.reduce((least, one) => Math.min(least, one), endDay), endDay - 1));
  const shifts: number[] = [];
  for (let then = firstDay + scoreDays; then < endDay && visits.length > 0; then += scoreDays) shifts.push(then);
  const scores = await frame.pool.runParts(
    "assessRisk",
    shifts.map((then) => [
      // As it stood before that day: what came later has a negative age, which the score leaves out.
      {
        ...input,
        draws: scoreDraws,
        incidents: { ...input.incidents, daysBefore: input.incidents.daysBefore.map((days) => days - (endDay - then)) },
      },
    ]),
    { signal: frame.signal, onPart: (done, of) => frame.onProgress?.((50 * done) / of, "Menilai risiko dahulu / scoring the past") },
  );
  const { population, reported, weights } = input;
  const { afterDays, roundDays, controls, alpha, permutations, simulations, seed } = inputs;
  return {
    villages: sample.codes.length,
    population,
    weights,
    inside: reported,
    incidents: { village: input.incidents.area, day },
    visits: {
      village: Int32Array.from(visits, ({ code }) => sample.indexOf.get(code) ?? -1),
      day: Int32Array.from(visits, (visit) => daysBetween(from, visit.day)),
    },
    scores: scores.map(({ columns }, at) => ({ day: shifts[at]!, values: columns.score })),
    ...{ firstDay, endDay, afterDays, roundDays, controls, alpha, permutations, simulations, seed },
  };
}

/** By village that was visited and compared: how often, and its incidents after against those expected without. */
function columnsOf({ sets }: VisitEffectResult, codes: readonly string[]): Pick<Outcome, "codes" | "columns"> {
  const visited = [...new Set(sets.map(({ members }) => members[0]!))].sort((a, b) => a - b);
  const sum = (of: (set: VisitEffectResult["sets"][number]) => number): number[] =>
    visited.map((village) => sets.reduce((all, set) => all + (set.members[0] === village ? of(set) : 0), 0));
  return {
    codes: visited.map((village) => codes[village]!),
    columns: {
      visits: sum(() => 1),
      observed: sum(({ observed }) => observed[0]!),
      expected: sum(({ expected }) => expected[0]!),
      compared: sum(({ members }) => members.length - 1),
    },
  };
}

function sentencesOf(found: VisitEffectResult, afterDays: number) {
  const { estimate, placebo, power, matched, episodes } = found;
  const percent = (share: number | undefined): number => Math.round(1000 * (share ?? Number.NaN)) / 10;
  const details = {
    matched,
    episodes,
    afterDays,
    needed: fewestVisits,
    fewer: percent(-(estimate?.effect ?? Number.NaN)),
    least: percent(-(estimate?.upper ?? Number.NaN)),
    most: percent(-(estimate?.lower ?? Number.NaN)),
    smallest: percent(power?.smallestEffect),
    incidents: found.sets.reduce((sum, { observed }) => sum + observed.reduce((all, count) => all + count, 0), 0),
    imbalance: Math.abs(found.balance[0]?.difference ?? Number.NaN),
    limit: mostImbalance,
    effect: percent(placebo?.estimate?.effect),
    p: placebo?.estimate?.p ?? Number.NaN,
  };
  return {
    verdict: verdictOf(found.verdict, details),
    reasons: found.reasons.map((code) =>
      effectReason(code, code === "too_few_incidents" ? { ...details, needed: fewestIncidents } : details),
    ),
  };
}
