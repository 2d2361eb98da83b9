import type { RiskIncidents } from "../../../../api/analysis/risk/incidents.ts";
import { contentValueWeight, sourceValueWeight } from "../../../../api/analysis/risk/incidentWeights.ts";
import { freezeOfficialVersion, type RiskIndicator } from "../../../../api/analysis/risk/officialVersion.ts";
import type { AssessRiskInput } from "../../../../api/analysis/risk/risk.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

export type Entry = readonly [area: number, daysBefore: number, severity?: number, source?: string];
export const incidentsOf = (entries: readonly Entry[]): RiskIncidents => ({
  area: Int32Array.from(entries, ([area]) => area),
  daysBefore: Float64Array.from(entries, ([, days]) => days),
  severity: Uint8Array.from(entries, ([, , severity]) => severity ?? 3),
  sourceWeight: Float64Array.from(entries, ([, , , source]) => sourceValueWeight(source ?? "F")),
  contentWeight: Float64Array.from(entries, () => contentValueWeight(6)),
  probability: new Float64Array(entries.length).fill(1),
});

export const n = 36;
export const random = seededRandom(21);
export const population = Float64Array.from({ length: n }, () => 800 + Math.floor(6000 * random()));
export const entries: Entry[] = Array.from({ length: 130 }, () => [
  Math.floor(n * random() ** 2),
  Math.floor(900 * random()),
  1 + Math.floor(5 * random()),
]);
export const idm: RiskIndicator = { id: "idm", values: Float64Array.from({ length: n }, () => random()), orientation: "low" };
export const poverty: RiskIndicator = {
  id: "poverty",
  values: Float64Array.from({ length: n }, (_, i) => (i === 7 ? Number.NaN : random())),
  orientation: "high",
};
export const version = freezeOfficialVersion({ name: "uji", population, incidents: incidentsOf(entries), indicators: [idm, poverty] });
export const input = (more: Partial<AssessRiskInput> = {}): AssessRiskInput => ({
  population,
  reported: new Uint8Array(n).fill(1),
  incidents: incidentsOf(entries),
  weights: weightsOfLists(gridLists(6, 6)),
  indicators: [idm, poverty],
  version,
  seed: 1,
  draws: 400,
  ...more,
});
export const withPeople = (i: number, people: number): Float64Array => population.map((known, at) => (at === i ? people : known));
