import { analyseAutocorrelation } from "../../api/analysis/autocorrelation/autocorrelation.ts";
import { analyseHotspots, type HotspotsInput } from "../../api/analysis/hotspots/hotspots.ts";
import { findNeighbours } from "../../api/analysis/neighbours/contiguity.ts";
import { weightsFromPairs } from "../../api/analysis/neighbours/weights.ts";
import { localEmpiricalBayes } from "../../api/analysis/rates/empiricalBayes.ts";
import { analyseRates, type Smoothing } from "../../api/analysis/rates/rates.ts";
import { freezeOfficialVersion } from "../../api/analysis/risk/officialVersion.ts";
import { assessRisk } from "../../api/analysis/risk/risk.ts";
import { type Geography, type Place, readGeography } from "./geography.ts";
import { growthRows } from "./growth.ts";
import { peerRows, type Work } from "./peers.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";
import { synthesise } from "./synthetic.ts";

/** The most that each may take on two cores, in ms. */
const limits: Record<Place, Partial<Record<Work, number>>> = {
  Jombang: { risk: 50 },
  "East Java": { neighbours: 2000, moran99999: 600, risk: 500 },
  nation: { neighbours: 20_000, analytic: 30, local: 50, moran999: 100, moran99999: 6000, risk: 5000 },
};

/** Works of a place by name, for growth and peers. */
export type Timed = Map<Work, BenchmarkRow>;

/**
 * Times the kernels on real polygons with seeded synthetic counts, and what else is installed on the same data (not with `--alone`);
 * the nation only with `--nation`, as reading it alone takes half a minute.
 */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const isWhole = process.argv.includes("--nation");
  const rows: BenchmarkRow[] = [];
  const byPlace = new Map<Place, Timed & { readonly n?: number }>();
  for (const place of ["Jombang", "East Java", ...(isWhole ? ["nation" as const] : [])] as Place[]) {
    const geography = await readGeography(place);
    if (!geography) rows.push(leftOut(place, "no ../shared"));
    else {
      const timedWorks: Timed = new Map();
      byPlace.set(place, timedWorks);
      rows.push(...(await benchmarkPlace(place, geography, timedWorks)));
    }
  }
  rows.push(...growthRows(byPlace));
  if (!isWhole) rows.push(leftOut("nation (80,506)", "add --nation; reading it takes half a minute, its peers ten minutes"));
  return rows;
}

async function benchmarkPlace(place: Place, { polygons }: Geography, works: Timed): Promise<BenchmarkRow[]> {
  const isNation = place === "nation";
  const rows: BenchmarkRow[] = [];
  const add = async <T>(work: Work | null, name: string, run: () => T, note?: (result: T) => string, times = 5): Promise<void> => {
    const limitMs = work === null ? undefined : limits[place][work];
    const row = await timed(`${place} (${polygons.n}): ${name}`, times, run, { note, limitMs, warm: times > 1 });
    rows.push(row);
    if (work !== null) works.set(work, row);
  };
  const found = (pairs: ReturnType<typeof findNeighbours>): string =>
    `${pairs.from.length} queen pairs, ${pairs.rook.filter(Boolean).length} rook, ${pairs.byTolerance.filter(Boolean).length} by tolerance`;
  await add("neighbours", "neighbours with tolerance", () => findNeighbours(polygons), found, isNation ? 3 : 5);
  const pairs = findNeighbours(polygons);
  const sample = synthesise(polygons.n, weightsFromPairs(polygons.n, pairs.from, pairs.to));
  // What takes milliseconds is timed more often, or one interruption would be its median.
  const often = 15;
  await add("local", "EB local", () => localEmpiricalBayes(sample.counts, sample.population, sample.weights), undefined, often);
  for (const smoothing of ["global", "local", "gamma"] as Smoothing[]) {
    await add(null, `rates with intervals, ${smoothing}`, () =>
      analyseRates({ ...sample, per: 10_000, years: 1, smoothing, credible: 0.9 }),
    );
  }
  const hotspots = (more: Partial<HotspotsInput>): (() => ReturnType<typeof analyseHotspots>) => {
    const base = { ...sample, statistic: "gi_star", measure: "rate", significance: "permutation", tail: "two_sided" } as const;
    return () => analyseHotspots({ ...base, permutations: 99_999, correction: "none", alpha: 0.05, seed: 1, ...more });
  };
  const significant = ({ summary }: ReturnType<typeof analyseHotspots>): string => `${summary.significant} significant`;
  const moran = (permutations: number) => hotspots({ statistic: "local_moran", permutations });
  await add("analytic", "Gi* analytic", hotspots({ significance: "analytic" }), significant, often);
  await add("moran999", "Local Moran, 999 permutations", moran(999), significant, often);
  await add("moran9999", "Local Moran, 9,999 permutations", moran(9999), significant);
  await add("moran99999", "Local Moran, 99,999 permutations", moran(99_999), significant, isNation ? 3 : 5);
  await add(null, "Local Moran, 99,999 permutations, FDR", hotspots({ statistic: "local_moran", correction: "fdr" }), significant, 3);
  await add(null, "Gi*, 99,999 permutations, FDR", hotspots({ correction: "fdr" }), significant, 3);
  await add(null, "exact local risk, FDR", hotspots({ statistic: "exact", correction: "fdr" }), significant, 3);
  if (!isNation) {
    const input = { ...sample, measure: "eb", permutations: 999, seed: 1 } as const;
    await add(
      null,
      "EB Moran, 999 permutations",
      () => analyseAutocorrelation(input),
      ({ summary }) => `I ${summary.moranI?.toFixed(4)}`,
    );
  }
  const { population, reported, weights, incidents, indicators } = sample;
  const version = freezeOfficialVersion({ name: "benchmark", population, incidents, indicators });
  const input = { population, reported, weights, incidents, indicators, version, seed: 1 };
  const bands = ({ summary }: ReturnType<typeof assessRisk>): string => JSON.stringify(summary.bands);
  await add("risk", "risk with ranks, 1,000 draws", () => assessRisk(input), bands, isNation ? 3 : 7);
  if (!process.argv.includes("--alone")) rows.push(...(await peerRows(place, pairs, sample, works)));
  return rows;
}
