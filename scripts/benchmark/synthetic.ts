import type { Weights } from "../../api/analysis/neighbours/weights.ts";
import type { RiskIncidents } from "../../api/analysis/risk/incidents.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";

export interface Synthetic {
  readonly counts: Float64Array;
  readonly population: Float64Array;
  readonly reported: Uint8Array;
  readonly weights: Weights;
  readonly incidents: RiskIncidents;
  readonly indicators: { id: string; values: Float64Array; orientation: "high" }[];
}

/** Seeded people, incidents (four a village over 1,000 days, some villages far more) and indicators. */
export function synthesise(n: number, weights: Weights): Synthetic {
  const { unit, below } = createRandom(3517);
  const population = Float64Array.from({ length: n }, () => Math.round(600 + 9000 * unit() ** 2));
  const events = 4 * n;
  const incidents = {
    area: Int32Array.from({ length: events }, () => Math.floor(n * unit() ** 1.5)),
    daysBefore: Float64Array.from({ length: events }, () => below(1000)),
    severity: Uint8Array.from({ length: events }, () => 1 + below(5)),
    sourceWeight: new Float64Array(events).fill(0.5),
    contentWeight: new Float64Array(events).fill(0.5),
    probability: new Float64Array(events).fill(1),
  };
  const counts = new Float64Array(n);
  for (const area of incidents.area) counts[area]! += 1;
  const indicators = ["a", "b", "c", "d"].map((id) => ({
    id,
    values: Float64Array.from({ length: n }, () => unit()),
    orientation: "high" as const,
  }));
  return { counts, population, reported: new Uint8Array(n).fill(1), weights, incidents, indicators };
}
