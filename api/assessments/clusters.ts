import type { Inputs } from "../contract/processes.ts";
import type { Frame, Outcome } from "./frame.ts";
import { type IncidentPoints, readIncidentPoints } from "./incidentPoints.ts";

/** Places are not known better than to the metre. */
const resolutionMetres = 1;

/** The process `clusters`: which incidents lie together, and where, since when and until when each group does. */
export async function assessClusters(frame: Frame, inputs: Inputs<"clusters">): Promise<Outcome> {
  const points = await readIncidentPoints(frame, inputs);
  const { x, y, dayNumbers, filter } = points;
  const { algorithm, epsilonMetres, epsilonDays, minPoints } = inputs;
  const input = { x, y, days: dayNumbers, algorithm, epsilonMetres, epsilonDays, minPoints, resolutionMetres };
  const { cluster, core, probability, clusters, warnings } = await frame.pool.run("analyseClusters", [input], frame.signal);
  const ofOneLabelPoint = clusters.filter(({ members, hull }) => hull.length === 1 && members.every((point) => points.isLabelPoint[point]));
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues },
    seed: 0,
    codes: [],
    ids: points.ids,
    columns: {
      cluster: Array.from(cluster, (number) => (number < 0 ? null : number)),
      ...(core ? { core: Array.from(core, (one) => one === 1) } : {}),
      ...(probability ? { probability } : {}),
    },
    summary: {
      n: points.ids.length,
      noise: cluster.filter((number) => number < 0).length,
      clusters: clusters.map(({ members, hull }, number) => {
        const days = members.map((point) => points.days[point] ?? "").sort();
        return {
          cluster: number,
          count: members.length,
          labelPoints: members.filter((point) => points.isLabelPoint[point]).length,
          first: days[0],
          last: days.at(-1),
          villages: [...new Set(members.map((point) => points.villages[point]))].sort(),
          hull: outline(points, hull),
        };
      }),
    },
    warnings: [
      ...points.warnings,
      ...warnings,
      // Several incidents that are known to the village only lie on one spot by construction, whatever happened.
      ...(ofOneLabelPoint.length > 0 ? [{ code: "label_point_clusters", details: { clusters: ofOneLabelPoint.length } }] : []),
    ],
    hashed: [points.longitude, points.latitude, dayNumbers],
  };
}

/** Corners in degrees as GeoJSON: a point, a line, or a polygon. */
function outline({ longitude, latitude }: IncidentPoints, hull: readonly number[]): { type: string; coordinates: unknown } {
  const corners = hull.map((point) => [longitude[point], latitude[point]]);
  if (corners.length === 1) return { type: "Point", coordinates: corners[0] };
  if (corners.length === 2) return { type: "LineString", coordinates: corners };
  return { type: "Polygon", coordinates: [[...corners, corners[0]]] };
}
