import { addDays, daysBetween } from "../contract/time.ts";
import type { Database } from "../database/database.ts";
import * as samples from "../queries/samples.ts";
import { at, type Sample } from "./sample.ts";

/** Which years the people of how many villages are of, as every result says it. */
export interface PopulationYears {
  readonly populationYears: readonly { readonly year: number; readonly villages: number }[];
  /** Present when asked for: between which years the people of how many villages were interpolated. */
  readonly populationInterpolated?: readonly { readonly from: number; readonly to: number; readonly villages: number }[];
}

interface VillagePeople {
  readonly code: string;
  readonly value: number;
  /** One year, or the two between which the value lies. */
  readonly years: readonly [number] | readonly [number, number];
}

type Period = { readonly from: string; readonly to: string };

const middleDay = (period: Period): string => addDays(period.from, Math.floor(daysBetween(period.from, period.to) / 2));

/** A day as a number of years: 2024.0 is the first of January. */
function inYears(day: string): number {
  const year = Number(day.slice(0, 4));
  const length = daysBetween(`${year}-01-01`, `${year + 1}-01-01`);
  return year + daysBetween(`${year}-01-01`, day) / length;
}

async function nearest(database: Database, villages: readonly string[], period: Period): Promise<VillagePeople[]> {
  const rows = await samples.indicatorNear(database, villages, "population", Number(middleDay(period).slice(0, 4)));
  return rows.map(({ code, value, year }) => ({ code, value, years: [year] }));
}

/** On the straight line between the two years around the middle of the period, each year's people being those of its middle; never beyond the first or last year. */
async function interpolated(database: Database, villages: readonly string[], period: Period): Promise<VillagePeople[]> {
  const moment = inYears(middleDay(period));
  const rows = await samples.indicatorAround(database, villages, "population", moment);
  return rows.map(({ code, yearBefore, valueBefore, yearAfter, valueAfter }) => {
    if (yearBefore === null) return { code, value: valueAfter!, years: [yearAfter!] };
    if (yearAfter === null) return { code, value: valueBefore!, years: [yearBefore] };
    const share = (moment - (yearBefore + 0.5)) / (yearAfter - yearBefore);
    return { code, value: valueBefore! + share * (valueAfter! - valueBefore!), years: [yearBefore, yearAfter] };
  });
}

function tally(people: readonly VillagePeople[]): Map<string, number> {
  const villages = new Map<string, number>();
  for (const { years } of people) villages.set(years.join(" "), (villages.get(years.join(" ")) ?? 0) + 1);
  return new Map([...villages].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * People per area for a period: of the year nearest to its middle (the later of two), or interpolated when asked. Above village level one unknown village makes
 * the area unknown (NaN).
 */
export async function readPopulation(
  database: Database,
  sample: Sample,
  period: Period,
  method: "nearest" | "interpolated" = "nearest",
): Promise<{ population: Float64Array; years: PopulationYears }> {
  const people = await (method === "nearest" ? nearest : interpolated)(database, sample.villages, period);
  const known = new Map(people.map(({ code, value }) => [code, value]));
  const population = new Float64Array(sample.codes.length);
  for (const village of sample.villages) {
    const index = at(sample, village);
    population[index] = (population[index] ?? 0) + (known.get(village) ?? Number.NaN);
  }
  const told = [...tally(people)].map(([years, villages]) => ({ years: years.split(" ").map(Number), villages }));
  return {
    population,
    years: {
      populationYears: told.filter(({ years }) => years.length === 1).map(({ years, villages }) => ({ year: years[0]!, villages })),
      ...(method === "interpolated"
        ? {
            populationInterpolated: told
              .filter(({ years }) => years.length === 2)
              .map(({ years, villages }) => ({ from: years[0]!, to: years[1]!, villages })),
          }
        : {}),
    },
  };
}
