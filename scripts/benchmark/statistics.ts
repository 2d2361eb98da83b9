import { analyseAutocorrelation } from "../../api/analysis/autocorrelation/autocorrelation.ts";
import { analyseHotspots, type HotspotsInput } from "../../api/analysis/hotspots/hotspots.ts";
import { findNeighbours } from "../../api/analysis/neighbours/contiguity.ts";
import { type Weights, weightsFromPairs } from "../../api/analysis/neighbours/weights.ts";
import { analyseRates, type Smoothing } from "../../api/analysis/rates/rates.ts";
import type { RiskIncidents } from "../../api/analysis/risk/incidents.ts";
import { freezeOfficialVersion } from "../../api/analysis/risk/officialVersion.ts";
import { assessRisk } from "../../api/analysis/risk/risk.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";
import { readGeography } from "./geography.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";

type Place = "Jombang" | "East Java" | "nation";

/** The most that each may take on two cores, in ms. */
const limits: Record<Place, Partial<Record<"neighbours" | "analytic" | "local" | "moran999" | "moran99999" | "risk", number>>> = {
  Jombang: { risk: 50 },
  "East Java": { neighbours: 2000, moran99999: 600, risk: 500 },
  nation: { neighbours: 20_000, analytic: 30, local: 50, moran999: 100, moran99999: 6000, risk: 5000 },
};

/** Times the kernels on real polygons with seeded synthetic counts; the nation only with `--nation`, as reading it alone takes half a minute. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const places: Place[] = process.argv.includes("--nation") ? ["Jombang", "East Java", "nation"] : ["Jombang", "East Java"];
  const rows: BenchmarkRow[] = [];
  for (const place of places) rows.push(...(await benchmarkPlace(place)));
  return rows;
}

async function benchmarkPlace(place: Place): Promise<BenchmarkRow[]> {
  const geography = await readGeography(place);
  if (!geography) return [leftOut(place, "no ../shared")];
  const { polygons } = geography;
  const runs = place === "nation" ? 1 : 5;
  const limit = limits[place];
  const rows: BenchmarkRow[] = [];
  const add = async <T>(name: string, work: () => T, note?: (result: T) => string, limitMs?: number, times = runs): Promise<void> => {
    rows.push(await timed(`${place} (${polygons.n}): ${name}`, times, work, { note, limitMs, warm: place !== "nation" || times > 1 }));
  };
  const warned = (found: ReturnType<typeof findNeighbours>): string =>
    `${found.from.length} queen pairs, ${found.rook.filter(Boolean).length} rook, ${found.byTolerance.filter(Boolean).length} by tolerance`;
  await add("neighbours with tolerance", () => findNeighbours(polygons), warned, limit.neighbours, place === "nation" ? 1 : 5);
  const pairs = findNeighbours(polygons);
  const sample = synthesise(polygons.n, weightsFromPairs(polygons.n, pairs.from, pairs.to));
  for (const smoothing of ["global", "local", "gamma"] as Smoothing[]) {
    await add(
      `rates, ${smoothing}`,
      () => analyseRates({ ...sample, per: 10_000, years: 1, smoothing, credible: 0.9 }),
      undefined,
      undefined,
      5,
    );
  }
  const hotspots = (more: Partial<HotspotsInput>): (() => ReturnType<typeof analyseHotspots>) => {
    const base = { ...sample, statistic: "gi_star", measure: "rate", significance: "permutation", tail: "two_sided" } as const;
    return () => analyseHotspots({ ...base, permutations: 99_999, correction: "none", alpha: 0.05, seed: 1, ...more });
  };
  const found = ({ summary }: ReturnType<typeof analyseHotspots>): string => `${summary.significant} significant`;
  await add("Gi* analytic", hotspots({ significance: "analytic" }), found, limit.analytic, 5);
  await add("Local Moran, 999 permutations", hotspots({ statistic: "local_moran", permutations: 999 }), found, limit.moran999, 5);
  await add("Local Moran, 99,999 permutations, FDR", hotspots({ statistic: "local_moran", correction: "fdr" }), found, limit.moran99999);
  await add("Gi*, 99,999 permutations, FDR", hotspots({ correction: "fdr" }), found, limit.moran99999);
  await add("exact local risk, FDR", hotspots({ statistic: "exact", correction: "fdr" }), found);
  if (place !== "nation") {
    const input = { ...sample, measure: "eb", permutations: 999, seed: 1 } as const;
    await add(
      "EB Moran, 999 permutations",
      () => analyseAutocorrelation(input),
      ({ summary }) => `I ${summary.moranI?.toFixed(4)}`,
    );
  }
  const { population, reported, weights, incidents, indicators } = sample;
  const version = freezeOfficialVersion({ name: "benchmark", population, incidents, indicators });
  const input = { population, reported, weights, incidents, indicators, version, seed: 1 };
  await add(
    "risk with ranks, 1,000 draws",
    () => assessRisk(input),
    ({ summary }) => JSON.stringify(summary.bands),
    limit.risk,
    place === "nation" ? 2 : 5,
  );
  return rows;
}

interface Synthetic {
  readonly counts: Float64Array;
  readonly population: Float64Array;
  readonly reported: Uint8Array;
  readonly weights: Weights;
  readonly incidents: RiskIncidents;
  readonly indicators: { id: string; values: Float64Array; orientation: "high" }[];
}

/** Seeded people, incidents (four a village over 1,000 days, some villages far more) and indicators. */
function synthesise(n: number, weights: Weights): Synthetic {
  const { unit, below } = createRandom(3517);
  const population = Float64Array.from({ length: n }, () => Math.round(600 + 9000 * unit() ** 2));
  const events = 4 * n;
  const incidents = {
    area: Int32Array.from({ length: events }, () => Math.floor(n * unit() ** 1.5)),
    daysBefore: Float64Array.from({ length: events }, () => below(1000)),
    severity: Uint8Array.from({ length: events }, () => 1 + below(5)),
    sourceWeight: new Float64Array(events).fill(0.5),
    contentWeight: new Float64Array(events).fill(0.5),
    probability: new Float64Array(events).fill(1),
  };
  const counts = new Float64Array(n);
  for (const area of incidents.area) counts[area]! += 1;
  const indicators = ["a", "b", "c", "d"].map((id) => ({
    id,
    values: Float64Array.from({ length: n }, () => unit()),
    orientation: "high" as const,
  }));
  return { counts, population, reported: new Uint8Array(n).fill(1), weights, incidents, indicators };
}
