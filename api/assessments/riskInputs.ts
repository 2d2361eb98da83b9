import { contentValueWeight, sourceValueWeight } from "../analysis/risk/incidentWeights.ts";
import type { AssessRiskInput } from "../analysis/risk/risk.ts";
import { daysBetween } from "../contract/time.ts";
import * as samples from "../queries/samples.ts";
import type { Frame } from "./frame.ts";

/** Ten half-lives: an incident older than this weighs less than a thousandth. */
export const rememberedDays = 1825;

/** Incidents as the flat arrays that the kernel takes. */
export function riskIncidentArrays(
  rows: readonly samples.RiskIncident[],
  indexOf: ReadonlyMap<string, number>,
  asOf: string,
): AssessRiskInput["incidents"] {
  return {
    area: Int32Array.from(rows, (row) => indexOf.get(row.code) ?? -1),
    daysBefore: Float64Array.from(rows, (row) => daysBetween(row.day, asOf)),
    severity: Uint8Array.from(rows, (row) => row.severity),
    sourceWeight: Float64Array.from(rows, (row) => sourceValueWeight(row.source)),
    contentWeight: Float64Array.from(rows, (row) => contentValueWeight(row.content)),
    probability: new Float64Array(rows.length).fill(1),
  };
}

/** Values of every loaded indicator over the villages, NaN where unknown. */
export async function readIndicators(frame: Frame, villages: readonly string[], year: number): Promise<AssessRiskInput["indicators"]> {
  const index = new Map(villages.map((code, at) => [code, at]));
  const indicators = [];
  for (const { id, orientation } of await samples.loadedIndicators(frame.database)) {
    const values = new Float64Array(villages.length).fill(Number.NaN);
    for (const row of await samples.indicatorNear(frame.database, villages, id, year)) values[index.get(row.code) ?? -1] = row.value;
    indicators.push({ id, values, orientation });
  }
  return indicators;
}
