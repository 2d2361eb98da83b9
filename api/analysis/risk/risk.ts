import { islandsOf, restrictWeights, type Weights } from "../neighbours/weights.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { type Band, bandOf, spansAllBands } from "./bands.ts";
import { type ComponentName, type ComponentWeights, componentNames, normalisedWeights } from "./componentWeights.ts";
import { decayIncidents, type RiskIncidents } from "./incidents.ts";
import type { OfficialVersion, RiskIndicator } from "./officialVersion.ts";
import { aroundPosterior, ownPosterior, posteriorComponent } from "./posteriors.ts";
import { rankDescending } from "./ranks.ts";
import { risingShare } from "./rising.ts";
import { type Simulated, simulateScores } from "./simulation.ts";
import { vulnerabilityOf } from "./vulnerability.ts";

export interface AssessRiskInput {
  /** People an area, NaN where unknown. */
  readonly population: Float64Array;
  /** 1 for an area to score, 0 for the ring around, which only spills over. */
  readonly reported: Uint8Array;
  readonly incidents: RiskIncidents;
  /** Neighbours; the weights' values are not used. */
  readonly weights: Weights;
  readonly indicators: readonly RiskIndicator[];
  /** Components in [0, 1], NaN where unknown; missing altogether when absent. */
  readonly agenda?: Float64Array | null;
  readonly potensi?: Float64Array | null;
  /** Equal where absent. */
  readonly componentWeights?: ComponentWeights;
  readonly version: OfficialVersion;
  /** Share of the area that reports cover, in [0, 1], NaN where unknown; not used when absent. */
  readonly coverage?: Float64Array | null;
  /** Bands of the previous published assessment, for hysteresis. */
  readonly previousBands?: readonly (Band | null)[] | null;
  readonly seed: number;
  readonly draws?: number;
}

type RiskColumn = "score" | "scoreLower" | "scoreUpper" | "rank" | "rankLower" | "rankUpper" | ComponentName | "count";

export interface RiskResult {
  /** NaN or null for areas not reported and where unknown. Component columns are points that add up to the score; `count` are the incidents of the last 365 days. */
  readonly columns: Readonly<Record<RiskColumn, Float64Array>> & {
    readonly band: (Band | null)[];
    /** 1 where the trend is 0 only because there are fewer than 3 incidents. */
    readonly trendTooFew: Uint8Array;
  };
  readonly summary: {
    readonly n: number;
    readonly reported: number;
    readonly scored: number;
    /** Areas with a rank: those with a score that are not DATA KURANG. */
    readonly ranked: number;
    /** Incidents used, ring included. */
    readonly incidents: number;
    /** Components that no area has. */
    readonly missing: ComponentName[];
    /** The weights that the points were made with, before a village's missing components are shared out. */
    readonly componentWeights: Record<ComponentName, number>;
    readonly indicators: string[];
    readonly unusedIndicators: string[];
    readonly bands: Record<Band, number>;
    readonly islands: number[];
    readonly draws: number;
    readonly provisional: boolean;
  };
  readonly warnings: AnalysisWarning[];
}

/**
 * The risk score of each village, 0 to 100, with the points of its parts, bounds, rank and band.
 *
 * Why: one number to sort by whose parts say why. In words: score = 100 × sum of weight × component, each component in [0, 1]; the weights of components that a village lacks
 * are shared out over those it has.
 * kejadian: own weighted incident rate u (Gamma–Poisson posterior mean of decayed incidents per 10,000 people a year × mean weight) as u / (u + reference);
 * imbasan: the same of all neighbours together; kecenderungan: risingShare; kerentanan: vulnerabilityOf; agenda and potensi as given.
 * Bounds: simulateScores, 90%, widened to hold the score. Rank 1 is the highest, ties share the better rank, DATA KURANG has none. Band: bandOf; DATA KURANG where people are unknown, coverage is below one half,
 * or the bounds reach from AMAN to SANGAT RAWAN. Decaying counts as discounted likelihood: Ibrahim & Chen 2000, doi:10.1214/ss/1009212673. Other sources: with the parts.
 * Refuses `wrong_input`, and `too_few_areas` when nothing is reported. Same input and seed: same bits. Cost: O(n × (draws + indicators) + edges + incidents).
 */
export function assessRisk(input: AssessRiskInput): RiskResult {
  const { population, reported, version } = input;
  const n = population.length;
  const draws = input.draws ?? 1000;
  checkInput(input, draws);
  const past = decayIncidents(input.incidents, n, version.halfLifeDays, version.windowDays);
  const hasPeople = Uint8Array.from(population, (people) => (people > 0 ? 1 : 0));
  const own = ownPosterior(past, population, version);
  const around = aroundPosterior(past, population, restrictNeighbours(input.weights, hasPeople), version);
  const vulnerability = vulnerabilityOf(input.indicators, version, n);
  const trendTooFew = new Uint8Array(n);
  const rising = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (!reported[i]) continue;
    const { component, tooFew } = risingShare(past.within90[i]!, past.within455[i]!);
    rising[i] = component;
    trendTooFew[i] = tooFew ? 1 : 0;
  }
  const unknown = new Float64Array(n).fill(Number.NaN);
  const components: Record<ComponentName, Float64Array> = {
    kejadian: posteriorComponent(own, version.reference),
    imbasan: posteriorComponent(around, version.reference),
    kecenderungan: rising,
    kerentanan: vulnerability.component,
    agenda: input.agenda ?? unknown,
    potensi: input.potensi ?? unknown,
  };
  const isReported = (_: number, i: number): boolean => reported[i] === 1;
  const missing = componentNames.filter((name) => !components[name].some((value, i) => reported[i] === 1 && !Number.isNaN(value)));
  const weights = normalisedWeights(input.componentWeights, missing);

  const points = pointsOf(components, weights, reported);
  const lacksGround = (i: number): boolean => !hasPeople[i] || (input.coverage?.[i] ?? 1) < 0.5;
  const scored = Array.from({ length: n }, (_, i) => i).filter((i) => !Number.isNaN(points.score[i]!));
  const simulate = (areas: Int32Array): Simulated =>
    simulateScores({
      areas,
      posteriors: [own, around],
      decays: past.decays,
      weights: past.weights,
      reference: version.reference,
      fixed: componentNames.slice(2).map((name) => components[name]),
      componentWeights: componentNames.map((name) => weights[name]),
      draws,
      seed: input.seed,
    });
  const none = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const bounds = { scoreLower: none(), scoreUpper: none(), rankLower: none(), rankUpper: none() };
  // What lacks people or coverage has a score to look into, but no place among the others.
  for (const isRanked of [true, false]) {
    const areas = Int32Array.from(scored.filter((i) => lacksGround(i) !== isRanked));
    const simulated = simulate(areas);
    areas.forEach((i, a) => {
      bounds.scoreLower[i] = Math.min(points.score[i]!, simulated.scoreLower[a]!);
      bounds.scoreUpper[i] = Math.max(points.score[i]!, simulated.scoreUpper[a]!);
      if (!isRanked) return;
      bounds.rankLower[i] = Math.floor(simulated.rankLower[a]!);
      bounds.rankUpper[i] = Math.ceil(simulated.rankUpper[a]!);
    });
  }
  const bands: Record<Band, number> = { AMAN: 0, RAWAN: 0, "SANGAT RAWAN": 0, "DATA KURANG": 0 };
  const band = Array.from(points.score, (score, i): Band | null => {
    if (!reported[i]) return null;
    const lacksData = lacksGround(i) || Number.isNaN(score) || spansAllBands(bounds.scoreLower[i]!, bounds.scoreUpper[i]!);
    const own: Band = lacksData ? "DATA KURANG" : bandOf(score, input.previousBands?.[i] ?? null);
    bands[own]++;
    return own;
  });
  const rank = rankDescending(points.score.map((score, i) => (band[i] === "DATA KURANG" ? Number.NaN : score)));
  for (let i = 0; i < n; i++) {
    bounds.rankLower[i] = Math.min(rank[i]!, bounds.rankLower[i]!);
    bounds.rankUpper[i] = Math.max(rank[i]!, bounds.rankUpper[i]!);
  }
  const asked = reported.filter(isReported).length;
  return {
    columns: {
      ...points,
      ...bounds,
      rank,
      count: Float64Array.from(past.within365, (count, i) => (reported[i] ? count : Number.NaN)),
      band,
      trendTooFew,
    },
    summary: {
      n,
      reported: asked,
      scored: scored.length,
      ranked: rank.filter((place) => !Number.isNaN(place)).length,
      incidents: past.used,
      missing,
      componentWeights: weights,
      indicators: vulnerability.used,
      unusedIndicators: vulnerability.unused,
      bands,
      islands: islandsOf(input.weights, reported),
      draws,
      provisional: version.provisional,
    },
    warnings: warningsOf(input, missing, vulnerability.unused, hasPeople, trendTooFew),
  };
}

/** Points per component and their sum, the score; NaN where missing or not reported. The sum is taken over the very points returned. */
function pointsOf(
  components: Record<ComponentName, Float64Array>,
  weights: Record<ComponentName, number>,
  reported: Uint8Array,
): Record<ComponentName | "score", Float64Array> {
  const n = reported.length;
  const none = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const points = {
    score: none(),
    kejadian: none(),
    imbasan: none(),
    kecenderungan: none(),
    kerentanan: none(),
    agenda: none(),
    potensi: none(),
  };
  for (let i = 0; i < n; i++) {
    if (!reported[i]) continue;
    const known = componentNames.filter((name) => !Number.isNaN(components[name][i]!));
    const weightSum = known.reduce((sum, name) => sum + weights[name], 0);
    if (!(weightSum > 0)) continue;
    let score = 0;
    for (const name of known) {
      points[name][i] = (100 * weights[name] * components[name][i]!) / weightSum;
      score += points[name][i]!;
    }
    points.score[i] = score;
  }
  return points;
}

/** Areas without people are in nobody's neighbourhood, but have one themselves. */
function restrictNeighbours(weights: Weights, hasPeople: Uint8Array): Weights {
  if (hasPeople.every((has) => has === 1)) return weights;
  const among = restrictWeights(weights, hasPeople);
  const offsets = new Int32Array(weights.n + 1);
  const targets: number[] = [];
  for (let i = 0; i < weights.n; i++) {
    const source = hasPeople[i] ? among : weights;
    for (let e = source.offsets[i]!; e < source.offsets[i + 1]!; e++) if (hasPeople[source.targets[e]!]) targets.push(source.targets[e]!);
    offsets[i + 1] = targets.length;
  }
  return { n: weights.n, offsets, targets: Int32Array.from(targets), values: new Float64Array(targets.length).fill(1) };
}

function warningsOf(
  input: AssessRiskInput,
  missing: readonly ComponentName[],
  unused: readonly string[],
  hasPeople: Uint8Array,
  trendTooFew: Uint8Array,
): AnalysisWarning[] {
  const warnings: AnalysisWarning[] = [];
  if (missing.length > 0) warnings.push({ code: "components_missing", details: { components: missing.join(", ") } });
  if (unused.length > 0) warnings.push({ code: "indicators_unused", details: { indicators: unused.join(", ") } });
  const withoutPeople = hasPeople.reduce((count, has, i) => count + (has === 0 && input.reported[i] === 1 ? 1 : 0), 0);
  if (withoutPeople > 0) warnings.push({ code: "without_population", details: { areas: withoutPeople } });
  const silent = trendTooFew.reduce((count, few) => count + few, 0);
  if (silent > 0) warnings.push({ code: "trend_too_few", details: { areas: silent } });
  if (input.version.provisional) warnings.push({ code: "official_version_provisional", details: { version: input.version.name } });
  return warnings;
}

function checkInput(input: AssessRiskInput, draws: number): void {
  const n = input.population.length;
  requireInput(input.reported.length === n, "reported", input.reported.length);
  requireInput(input.weights.n === n, "weights", input.weights.n);
  requireInput(Number.isInteger(draws) && draws >= 20 && draws <= 100_000, "draws", draws);
  for (const { id, values } of input.indicators) requireInput(values.length === n, `indicators.${id}`, values.length);
  for (const name of ["agenda", "potensi", "coverage", "previousBands"] as const) {
    requireInput(!input[name] || input[name].length === n, name, input[name]?.length);
  }
  if (!input.reported.some((one) => one === 1)) throw new AnalysisRefusal("too_few_areas", { areas: 0, needed: 1 });
}
