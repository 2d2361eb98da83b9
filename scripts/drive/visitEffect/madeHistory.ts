import { createRandom } from "../../../api/analysis/significance/random.ts";
import type { VisitEffectInput } from "../../../api/analysis/visitEffect/study.ts";
import type { NullPlace } from "../nullMaps.ts";

/** How a history is made up. */
export interface MadeWorld {
  /** Incidents a year, of all villages together. */
  readonly incidentsAYear: number;
  /** Visits of every week go to the worst villages. */
  readonly visitsAWeek: number;
  /** Share of the incidents that each visit prevents in the days after. */
  readonly effect: number;
  readonly days: number;
  /** A week's visits begin after so many days. */
  readonly visitsFrom: number;
  readonly afterDays: number;
}

/** Jombang as it was made for the references: 1,249 incidents in two years. */
export const jombangWorld: MadeWorld = {
  incidentsAYear: 625,
  visitsAWeek: 2,
  effect: 0,
  days: 1095,
  visitsFrom: 240,
  afterDays: 90,
};

/** A bad time of a village and of those around it: so many times as many incidents for so many days. */
const badTimes = { aYear: 0.25, days: 60, factor: 5, around: 2 } as const;
/** A leader's score halves in so many days. */
const halfLifeDays = 60;
const restDays = 120;

/**
 * Three years of incidents and visits in which all is known: villages differ lastingly (gamma), have bad times that spread to their neighbours, and each week the worst by a
 * fading count of recent incidents are visited, as leaders do. `effect` of the incidents in the days after a visit do not happen.
 */
export function madeHistory(
  place: NullPlace,
  world: MadeWorld,
  seed: number,
): Pick<VisitEffectInput, "villages" | "population" | "weights" | "incidents" | "visits" | "firstDay" | "endDay"> {
  const random = createRandom(seed, 91);
  const n = place.population.length;
  const exponential = (): number => -Math.log(1 - random.unit());
  const people = place.population.reduce((sum, count) => sum + count, 0);
  // A gamma number of shape 2 and mean 1.
  const base = place.population.map((count) => ((count / people) * (exponential() + exponential())) / 2);
  const rate = new Float64Array(n * world.days);
  for (let village = 0; village < n; village++) rate.fill(base[village]!, village * world.days, (village + 1) * world.days);
  const raise = (village: number, from: number, factor: number): void => {
    for (let day = from; day < Math.min(world.days, from + badTimes.days); day++) rate[village * world.days + day]! *= factor;
  };
  for (let village = 0; village < n; village++) {
    for (let day = exponential() * (365 / badTimes.aYear); day < world.days; day += exponential() * (365 / badTimes.aYear)) {
      raise(village, Math.floor(day), badTimes.factor);
      for (let link = place.weights.offsets[village]!; link < place.weights.offsets[village + 1]!; link++)
        raise(place.weights.targets[link]!, Math.floor(day), badTimes.around);
    }
  }
  const scale = (world.incidentsAYear * world.days) / 365 / rate.reduce((sum, value) => sum + value, 0);
  const incidents: { village: number; day: number }[] = [];
  const visits: { village: number; day: number }[] = [];
  const score = new Float64Array(n);
  const visitedOn = new Int32Array(n).fill(-100_000);
  for (let day = 0; day < world.days; day++) {
    if (day % 7 === 0 && day >= world.visitsFrom) {
      const free = Array.from(score.keys()).filter((village) => day - visitedOn[village]! > restDays);
      free.sort((a, b) => score[b]! - score[a]! || a - b);
      for (const village of free.slice(0, world.visitsAWeek)) {
        visits.push({ village, day });
        visitedOn[village] = day;
      }
    }
    for (let village = 0; village < n; village++) {
      score[village]! *= 0.5 ** (1 / halfLifeDays);
      const mean = rate[village * world.days + day]! * scale;
      for (let at = exponential(); at < mean; at += exponential()) {
        const isPrevented = day - visitedOn[village]! < world.afterDays && random.unit() < world.effect;
        if (isPrevented) continue;
        incidents.push({ village, day });
        score[village]! += 1;
      }
    }
  }
  const columns = (list: readonly { village: number; day: number }[]) => ({
    village: Int32Array.from(list, ({ village }) => village),
    day: Int32Array.from(list, ({ day }) => day),
  });
  return {
    villages: n,
    population: place.population,
    weights: place.weights,
    incidents: columns(incidents),
    visits: columns(visits),
    firstDay: 0,
    endDay: world.days,
  };
}
