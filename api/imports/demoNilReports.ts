import { addDays } from "../contract/time.ts";
import type { DemoIncident } from "./demo.ts";
import type { DemoPlace } from "./demoPlaces.ts";
import { seededChoice } from "./demoRandom.ts";

export interface DemoNilReport {
  readonly id: string;
  readonly village_code: string;
  /** The first and the last day about which it says that nothing happened. */
  readonly period_from: string;
  readonly period_to: string;
  readonly obtained_at: string;
}

/** Reports of nothing from about a quarter of the villages that had no incident: what tells a quiet village from a silent one. */
export function demoNilReports(
  places: readonly DemoPlace[],
  incidents: readonly DemoIncident[],
  today: string,
  seed: number,
): DemoNilReport[] {
  const choice = seededChoice(seed ^ 0x5eed);
  const loud = new Set(
    incidents
      .filter((incident) => incident.properties.occurred_from >= addDays(today, -365))
      .map((incident) => incident.properties.village_code),
  );
  return places
    .filter((place) => !loud.has(place.code))
    .filter(() => choice.next() < 0.4)
    .flatMap((place) =>
      Array.from({ length: choice.between(1, 3) }, (_, month) => ({
        id: choice.uuid(),
        village_code: place.code,
        period_from: addDays(today, -30 * (month + 1)),
        period_to: addDays(today, -30 * month - 1),
        obtained_at: addDays(today, -30 * month),
      })),
    );
}
