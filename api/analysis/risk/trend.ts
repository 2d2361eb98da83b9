import { subsetOf, takeFrom } from "../neighbours/subset.ts";
import { requireInput } from "../significance/refusal.ts";
import type { Band } from "./bands.ts";
import { type ComponentName, componentNames } from "./componentWeights.ts";
import type { RiskIncidents } from "./incidents.ts";
import { type AssessRiskInput, assessRisk } from "./risk.ts";

export interface RiskTrend extends Readonly<Record<"score" | "scoreLower" | "scoreUpper" | "count" | ComponentName, Float64Array>> {
  readonly band: (Band | null)[];
}

/**
 * The score of one area on several days, each recomputed with what had happened by then and today's people and indicators, for the line in its panel.
 * shiftsDays: how many days before the day assessed (0 is that day); area: its index. One entry a shift in every column; no ranks, no hysteresis.
 * Cost: that of a few areas for each shift, since only the area and its neighbours matter; about 1 ms each.
 */
export function assessRiskTrend(input: AssessRiskInput, shiftsDays: readonly number[], area: number): RiskTrend {
  requireInput(Number.isInteger(area) && area >= 0 && area < input.population.length, "area", area);
  const keep = new Uint8Array(input.population.length);
  keep[area] = 1;
  for (let e = input.weights.offsets[area]!; e < input.weights.offsets[area + 1]!; e++) keep[input.weights.targets[e]!] = 1;
  const { members, weights } = subsetOf(input.weights, keep);
  const at = members.indexOf(area);
  const take = (column: Float64Array): Float64Array => takeFrom(column, members);
  const place = new Int32Array(input.population.length).fill(-1);
  members.forEach((i, a) => {
    place[i] = a;
  });
  const local: AssessRiskInput = {
    ...input,
    population: take(input.population),
    reported: Uint8Array.from(members, (i) => (i === area ? 1 : 0)),
    weights,
    indicators: input.indicators.map((indicator) => ({ ...indicator, values: take(indicator.values) })),
    agenda: input.agenda && take(input.agenda),
    potensi: input.potensi && take(input.potensi),
    coverage: input.coverage && take(input.coverage),
    previousBands: null,
  };
  const incidents = incidentsOf(input.incidents, place);
  const results = shiftsDays.map((shift) =>
    assessRisk({ ...local, incidents: { ...incidents, daysBefore: incidents.daysBefore.map((days) => days - shift) } }),
  );
  const column = (name: "score" | "scoreLower" | "scoreUpper" | "count" | ComponentName): Float64Array =>
    Float64Array.from(results, (result) => result.columns[name][at]!);
  const parts = Object.fromEntries(componentNames.map((name) => [name, column(name)])) as Record<ComponentName, Float64Array>;
  return {
    ...parts,
    score: column("score"),
    scoreLower: column("scoreLower"),
    scoreUpper: column("scoreUpper"),
    count: column("count"),
    band: results.map((result) => result.columns.band[at]!),
  };
}

/** The incidents of areas that have a place, under that place. */
function incidentsOf(incidents: RiskIncidents, place: Int32Array): RiskIncidents {
  const entries: number[] = [];
  for (let e = 0; e < incidents.area.length; e++) if (incidents.area[e]! >= 0 && place[incidents.area[e]!]! >= 0) entries.push(e);
  const take = (column: Float64Array): Float64Array => Float64Array.from(entries, (e) => column[e]!);
  return {
    area: Int32Array.from(entries, (e) => place[incidents.area[e]!]!),
    daysBefore: take(incidents.daysBefore),
    severity: Uint8Array.from(entries, (e) => incidents.severity[e]!),
    sourceWeight: take(incidents.sourceWeight),
    contentWeight: take(incidents.contentWeight),
    probability: take(incidents.probability),
  };
}
