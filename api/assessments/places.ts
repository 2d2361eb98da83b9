import { expectedCounts, imputePlaces, type UncertainEvents } from "../analysis/hotspots/imputePlaces.ts";
import type { Inputs } from "../contract/processes.ts";
import type { Database } from "../database/database.ts";
import { uncertainIncidents } from "../queries/candidates.ts";
import { codeLength, type EventFilter } from "../queries/samples.ts";
import { readCounts, type Sample } from "./sample.ts";

export type Places = Inputs<"hotspots">["places"];

/** Maps of whole events that stand for uncertain places where a method needs whole events. */
const imputedMaps = 20;

/** Events per area with what was done about those that may have been in several places. */
export interface PlacedCounts {
  /** Whole numbers but for `weighted`, where an uncertain event counts in each area by its probability. */
  readonly counts: Float64Array;
  /** Whole counts of several possible maps; only for `weighted`, and only where any place is uncertain. */
  readonly imputed: (seed: number) => Float64Array[] | undefined;
  /** For the summary: how many incidents may have been in several villages, and what was done. */
  readonly uncertain: { readonly incidents: number; readonly treatment: Places };
}

/** Reads the events of each area and settles those of uncertain place as asked: in the likeliest village, by probability in each, or left out. */
export async function readPlacedCounts(database: Database, sample: Sample, filter: EventFilter, places: Places): Promise<PlacedCounts> {
  const counts = await readCounts(database, sample, filter);
  const rows = await uncertainIncidents(database, sample.villages, filter);
  const villages = new Set(sample.villages);
  const areaOf = (village: string): number =>
    villages.has(village) ? (sample.indexOf.get(village.slice(0, codeLength[sample.level])) ?? -1) : -1;
  const offsets: number[] = [];
  const certain = counts.slice();
  rows.forEach(({ id, code }, row) => {
    if (id === rows[row - 1]?.id) return;
    offsets.push(row);
    const area = areaOf(code);
    if (area >= 0) certain[area]! -= 1;
  });
  const uncertain: UncertainEvents = {
    offsets: Int32Array.from([...offsets, rows.length]),
    areas: Int32Array.from(rows, ({ candidate }) => areaOf(candidate)),
    probabilities: Float64Array.from(rows, ({ probability }) => probability),
  };
  const isWeighted = places === "weighted" && rows.length > 0;
  return {
    counts: isWeighted ? expectedCounts(certain, uncertain) : places === "certain_only" ? certain : counts,
    imputed: (seed) => (isWeighted ? imputePlaces(certain, uncertain, imputedMaps, seed) : undefined),
    uncertain: { incidents: offsets.length, treatment: places },
  };
}
