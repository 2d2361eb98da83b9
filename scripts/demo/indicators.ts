import { createRandom } from "../../api/analysis/significance/random.ts";
import type { Village } from "./villages.ts";

/** Rows of the table of indicators; null is an empty cell: unknown. */
export interface IndicatorRow {
  readonly code: string;
  readonly population: number | null;
  readonly idm: number;
  readonly iks: number;
  readonly ike: number;
  readonly ikl: number;
}

// Every how many villages the population is not known, and, less often, nothing at all is.
const withoutPopulationEvery = 67;
const withoutRowEvery = 149;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** A field of numbers around 0 with standard deviation near 1 in which neighbours are alike: noise, twice averaged over neighbours. */
function smoothField(villages: readonly Village[], seed: number, stream: number): number[] {
  const random = createRandom(seed, 4, stream);
  // Twelve uniform numbers add up to almost a normal one.
  let field = villages.map(() => Array.from({ length: 12 }, random.unit).reduce((a, b) => a + b, -6));
  for (let round = 0; round < 2; round++) {
    field = field.map((own, i) => {
      const around = villages[i]!.neighbours.map((other) => field[other]!);
      return (2 * own + around.reduce((a, b) => a + b, 0)) / Math.sqrt(4 + around.length);
    });
  }
  const mean = field.reduce((a, b) => a + b, 0) / field.length;
  const deviation = Math.sqrt(field.reduce((sum, value) => sum + (value - mean) ** 2, 0) / field.length);
  return field.map((value) => (value - mean) / deviation);
}

/** Population and the indices of each village: more people near the town, weaker indices far from it, and neighbours alike. */
export function makeIndicators(villages: readonly Village[], seed: number): IndicatorRow[] {
  const fields = [0, 1, 2, 3].map((stream) => smoothField(villages, seed, stream));
  return villages.flatMap((village, i): IndicatorRow[] => {
    if (i % withoutRowEvery === withoutRowEvery - 1) return [];
    const remoteness = clamp(village.distanceToTownKm / 25, 0, 1);
    const people = (village.kind === "kelurahan" ? 6800 : 4300 - 1900 * remoteness) * Math.exp(0.32 * fields[0]![i]!);
    const index = (base: number, slope: number, field: number) =>
      Math.round(clamp(base - slope * remoteness + 0.06 * fields[field]![i]!, 0.3, 0.98) * 1000) / 1000;
    const iks = index(0.82, 0.1, 1);
    const ike = index(0.76, 0.22, 2);
    const ikl = index(0.72, -0.05, 3);
    return [
      {
        code: village.code,
        population: i % withoutPopulationEvery === withoutPopulationEvery - 1 ? null : Math.round(people),
        idm: Math.round(((iks + ike + ikl) / 3) * 1000) / 1000,
        iks,
        ike,
        ikl,
      },
    ];
  });
}
