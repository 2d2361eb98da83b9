import { nearRepeatTable } from "../analysis/nearRepeat/nearRepeat.ts";
import type { Inputs } from "../contract/processes.ts";
import type { Frame, Outcome } from "./frame.ts";
import { readIncidentPoints } from "./incidentPoints.ts";

/** Simulations of one part of the work; places are compared anew in each, which takes as long as a few simulations. */
const simulationsInPart = 50;

/** The process `near-repeat`: whether incidents follow each other nearby within days more often than chance gives. */
export async function assessNearRepeat(frame: Frame, inputs: Inputs<"near-repeat">): Promise<Outcome> {
  const points = await readIncidentPoints(frame, inputs);
  const { simulations, alpha, seed } = inputs;
  const ascending = (edges: readonly number[]): number[] => [...new Set(edges)].sort((a, b) => a - b);
  const [distanceEdgesMetres, dayEdges] = [ascending(inputs.distancesMetres), ascending(inputs.days)];
  const input = { x: points.x, y: points.y, days: points.dayNumbers, distanceEdgesMetres, dayEdges, seed };
  const counted = await frame.pool.run("countNearRepeat", [input, simulations, alpha], frame.signal);
  const parts = Array.from({ length: Math.ceil(simulations / simulationsInPart) }, (_, part) => {
    const begin = part * simulationsInPart;
    return [input, begin, Math.min(simulations, begin + simulationsInPart)] as [typeof input, number, number];
  });
  const found = await frame.pool.runParts("permuteNearRepeat", parts, {
    signal: frame.signal,
    onPart: (done, of) => frame.onProgress?.((100 * done) / of, `${Math.min(simulations, done * simulationsInPart)} / ${simulations}`),
  });
  const atLeast = counted.observed.map((_, cell) => found.reduce((sum, part) => sum + part[cell]!, 0));
  return {
    inputs: { ...inputs, distancesMetres: distanceEdgesMetres, days: dayEdges, period: points.filter.period, issues: points.filter.issues },
    seed,
    codes: [],
    columns: {},
    summary: {
      n: points.ids.length,
      nearPairs: counted.near,
      samePlacePairs: counted.samePlace,
      samePlaceAndDayPairs: counted.samePlaceAndDay,
      simulations,
      correction: "bonferroni",
      ...nearRepeatTable(input, counted, atLeast, simulations, alpha),
    },
    warnings: points.warnings,
    hashed: [points.longitude, points.latitude, points.dayNumbers],
  };
}
