import type { NamedLevel } from "../analysis/names/placeName.ts";
import type { PlaceText, Span } from "./placeText.ts";

/** A run of words taken for the name of an area: which words, where they begin, and how unlikely they are for that name, in nats. */
export interface Reading {
  readonly mask: number;
  readonly from: number;
  readonly nats: number;
}

/** The costs, in nats, of how people name places: what they leave out, in which order they write, what they put before it. Set by hand. */
export const usage = {
  unmarked: { village: 0.4, district: 0.9, regency: 0.9, province: 1 },
  /** "Kec." before what is no kecamatan. */
  markedOtherwise: 9,
  leftOut: { village: 6, district: 0.7, regency: 0.5, province: 0.1 },
  againstOrder: 1.5,
  acrossBreak: 4,
  otherKind: 3,
} as const;

/** What it costs that a span names an area of this level, before its name is compared. */
export function roleNats(span: Span, level: NamedLevel): number {
  const told = span.level === null ? usage.unmarked[level] : span.level === level ? 0 : usage.markedOtherwise;
  return told + span.breaks * usage.acrossBreak;
}

/** No reading: the level is not named. */
const leftOut: readonly (Reading | null)[] = [null];

/** The strays outside of the words that are read, in nats. */
export function strayNats(text: PlaceText, mask: number): number {
  let total = 0;
  for (let word = 0; word < text.words.length; word++) if ((mask & (1 << word)) === 0) total += text.strayNats[word]!;
  return total;
}

/** How many neighbours in the list stand in the text the other way round. */
function turns(readings: readonly (Reading | null)[]): number {
  let count = 0;
  let before = -1;
  for (const reading of readings) {
    if (reading === null) continue;
    if (reading.from < before) count++;
    before = reading.from;
  }
  return count;
}

/** What the readings of one level are put together with. */
export interface LevelReadings {
  readonly village: readonly Reading[];
  readonly district: readonly Reading[];
  readonly regency: readonly Reading[];
  readonly province: readonly Reading[];
}

/**
 * How unlikely it is, in nats, that one who means a village writes the text: the likeliest way of taking its words for the names of the village and of
 * what lies above it, each named at most once or left out, the rest being strays. Cost: the product of the readings of the four levels, each mostly 0 or 1.
 */
export function explainedNats(text: PlaceText, readings: LevelReadings): number {
  let best = Number.POSITIVE_INFINITY;
  for (const village of [...leftOut, ...readings.village]) {
    const byVillage = village === null ? usage.leftOut.village : village.nats;
    if (byVillage >= best) continue;
    for (const district of [...leftOut, ...readings.district]) {
      if (district !== null && ((village?.mask ?? 0) & district.mask) !== 0) continue;
      const byDistrict = byVillage + (district === null ? usage.leftOut.district : district.nats);
      if (byDistrict >= best) continue;
      const districtMask = (village?.mask ?? 0) | (district?.mask ?? 0);
      for (const regency of [...leftOut, ...readings.regency]) {
        if (regency !== null && (districtMask & regency.mask) !== 0) continue;
        const byRegency = byDistrict + (regency === null ? usage.leftOut.regency : regency.nats);
        if (byRegency >= best) continue;
        const regencyMask = districtMask | (regency?.mask ?? 0);
        for (const province of [...leftOut, ...readings.province]) {
          if (province !== null && (regencyMask & province.mask) !== 0) continue;
          const named = byRegency + (province === null ? usage.leftOut.province : province.nats);
          if (named >= best) continue;
          const order = turns([village, district, regency, province]) * usage.againstOrder;
          best = Math.min(best, named + order + strayNats(text, regencyMask | (province?.mask ?? 0)));
        }
      }
    }
  }
  return best;
}
