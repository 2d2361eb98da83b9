import { logLikelihoodRatio } from "../../../../api/analysis/scan/likelihood.ts";
import type { ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { seededRandom } from "../../../fixtures/random.ts";

/** Areas of unequal size scattered over some 60 km, with seeded events; one day a step. */
export function scattered(n: number, events: number, days: number, seed: number, more: Partial<ScanInput> = {}): ScanInput {
  const random = seededRandom(seed);
  return {
    longitude: Float64Array.from({ length: n }, () => 112 + 0.5 * random()),
    latitude: Float64Array.from({ length: n }, () => -7.8 + 0.5 * random()),
    population: Float64Array.from({ length: n }, () => Math.ceil(200 + 5000 * random() ** 3)),
    eventArea: Int32Array.from({ length: events }, () => Math.floor(n * random() ** 1.5)),
    eventDay: Int32Array.from({ length: events }, () => Math.floor(days * random())),
    days,
    model: "poisson",
    temporal: true,
    stepDays: 1,
    maxPopulation: 0.5,
    minimumCases: 2,
    zones: "circular",
    prospective: false,
    ...more,
  };
}

export interface Brute {
  readonly ratio: number;
  readonly areas: readonly number[];
  readonly fromDay: number;
  readonly toDay: number;
}

/** The scan as its definition reads: every circle by the haversine formula, every window of days, every count counted anew. Steps are days. */
export function byDefinition(input: ScanInput, zones: readonly (readonly number[])[] = circles(input)): Brute[] {
  const { population, eventArea, eventDay, days, model, minimumCases, prospective, temporal } = input;
  const isIn = (area: number): boolean => model === "permutation" || population[area]! > 0;
  const events = Array.from(eventArea, (area, e) => ({ area, day: temporal ? eventDay[e]! : 0 })).filter(({ area }) => isIn(area));
  const cases = events.length;
  const people = population.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
  const last = temporal ? days : 1;
  const longest = temporal ? (input.maxDays ?? Math.floor(days / 2)) : 1;
  const found: Brute[] = [];
  for (const zone of zones) {
    const inside = new Set(zone);
    const here = events.filter(({ area }) => inside.has(area));
    const share = model === "permutation" ? here.length / cases : zone.reduce((sum, area) => sum + population[area]!, 0) / people;
    for (let from = 0; from < last; from++) {
      for (let to = prospective ? last : from + 1; to <= Math.min(last, from + longest); to++) {
        const then = events.filter(({ day }) => day >= from && day < to);
        const observed = then.filter(({ area }) => inside.has(area)).length;
        const expected = share * (model === "permutation" ? then.length : (cases * (to - from)) / last);
        if (observed < minimumCases || observed <= expected) continue;
        found.push({ ratio: logLikelihoodRatio(observed, expected, cases), areas: zone, fromDay: from, toDay: temporal ? to : days });
      }
    }
  }
  return found.sort((one, other) => other.ratio - one.ratio);
}

/** Every circle around every area that holds at most the largest share. */
export function circles({ longitude, latitude, population, eventArea, model, maxPopulation }: ScanInput): number[][] {
  const weight = Array.from(population, (people, area) =>
    model === "permutation" ? eventArea.filter((at) => at === area).length : people,
  );
  const areas = weight.flatMap((value, area) => (model === "permutation" || value > 0 ? [area] : []));
  const limit = maxPopulation * areas.reduce((sum, area) => sum + weight[area]!, 0) * (1 + 1e-12);
  const distance = (one: number, other: number): number => {
    const radians = (degrees: number): number => (degrees * Math.PI) / 180;
    const half = (angle: number): number => Math.sin(angle / 2) ** 2;
    const north = half(radians(latitude[one]! - latitude[other]!));
    const east = half(radians(longitude[one]! - longitude[other]!));
    return 2 * Math.asin(Math.sqrt(north + Math.cos(radians(latitude[one]!)) * Math.cos(radians(latitude[other]!)) * east));
  };
  return areas.flatMap((centre) =>
    areas
      .map((edge) => areas.filter((area) => distance(centre, area) <= distance(centre, edge) + 1e-12))
      .filter((zone) => zone.reduce((sum, area) => sum + weight[area]!, 0) <= limit),
  );
}
