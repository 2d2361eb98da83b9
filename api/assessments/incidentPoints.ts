import { planeOf } from "../analysis/neighbours/plane.ts";
import type { Inputs } from "../contract/processes.ts";
import { dayOf, daysBetween } from "../contract/time.ts";
import { incidentPoints } from "../queries/incidentPoints.ts";
import type { EventFilter } from "../queries/samples.ts";
import type { Frame } from "./frame.ts";
import { filledFilter, readSample } from "./sample.ts";

type Question = Pick<Inputs<"clusters">, "areas" | "period" | "issues" | "statuses">;

/** The incidents of a question as points of one plane, by id. */
export interface IncidentPoints {
  /** What was asked with its defaults filled, to be kept with the run. */
  readonly filter: EventFilter & { readonly period: { readonly from: string; readonly to: string } };
  readonly ids: readonly string[];
  readonly villages: readonly string[];
  readonly days: readonly string[];
  /** Whole days since the start of the period. */
  readonly dayNumbers: Float64Array;
  /** Degrees. */
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
  /** Metres in the local plane at the middle latitude. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 where the village's label point stands in for the place. */
  readonly isLabelPoint: Uint8Array;
  /** What the reader must know about the points. */
  readonly warnings: readonly { readonly code: string; readonly details: Readonly<Record<string, number>> }[];
}

/** True distances differ from those of the plane by less than this, or it is said. */
const largestStretch = 1.01;

/** Reads the incidents of a question within the person's scope and lays them into one plane of metres. @throws unknown_area */
export async function readIncidentPoints(frame: Frame, question: Question): Promise<IncidentPoints> {
  const filter = filledFilter(question, dayOf(frame.now, frame.timeZone));
  const { villages } = await readSample(frame.database, { areas: question.areas, level: "village", border: false }, frame.scope);
  const points = await incidentPoints(frame.database, villages, filter);
  const longitude = Float64Array.from(points, (point) => point.lon);
  const latitude = Float64Array.from(points, (point) => point.lat);
  const { x, y, stretch } = planeOf(longitude, latitude);
  const labelPoints = points.filter((point) => point.isLabelPoint);
  const districtOnly = points.filter((point) => point.isDistrictOnly).length;
  return {
    filter,
    ids: points.map((point) => point.id),
    villages: points.map((point) => point.villageCode),
    days: points.map((point) => point.day),
    dayNumbers: Float64Array.from(points, (point) => daysBetween(filter.from, point.day)),
    longitude,
    latitude,
    x,
    y,
    isLabelPoint: Uint8Array.from(points, (point) => (point.isLabelPoint ? 1 : 0)),
    warnings: [
      ...(labelPoints.length > 0
        ? [
            {
              code: "label_points",
              details: {
                points: points.length,
                labelPoints: labelPoints.length,
                villages: new Set(labelPoints.map((point) => point.villageCode)).size,
                districtOnly,
              },
            },
          ]
        : []),
      ...(stretch > largestStretch ? [{ code: "plane_stretched", details: { percent: 100 * (stretch - 1) } }] : []),
    ],
  };
}
