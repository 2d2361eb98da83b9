import type { Place } from "./geography.ts";
import type { Work } from "./peers.ts";
import type { BenchmarkRow } from "./row.ts";

const areas: Record<Place, number> = { Jombang: 306, "East Java": 8358, nation: 80_506 };
const permutations = { moran999: 999, moran9999: 9999, moran99999: 99_999 } as const;
/** For 9.6 times the villages. */
const mostTimes = 12;

/**
 * How the time grows with the villages and with the permutations: time a village at each size, and the nation over East Java where both were timed.
 * Told in processor time, since two works are seldom timed at equally quiet moments.
 */
export function growthRows(byPlace: ReadonlyMap<Place, ReadonlyMap<Work, BenchmarkRow>>): BenchmarkRow[] {
  const rows: BenchmarkRow[] = [];
  for (const [work, count] of Object.entries(permutations) as [Work, number][]) {
    for (const [place, works] of byPlace) {
      const row = works.get(work);
      if (!row) continue;
      const microseconds = (1000 * processorMs(row)) / areas[place];
      rows.push({
        ...row,
        name: `growth: Local Moran, ${areas[place].toLocaleString("en")} villages × ${count.toLocaleString("en")}`,
        limitMs: undefined,
        note: `${microseconds.toFixed(2)} µs a village, ${((1000 * microseconds) / count).toFixed(2)} ns a village and permutation`,
      });
    }
  }
  const province = byPlace.get("East Java");
  const nation = byPlace.get("nation");
  for (const work of nation ? (["neighbours", "analytic", "local", "moran999", "moran9999", "moran99999", "risk"] as Work[]) : []) {
    const small = province?.get(work);
    const large = nation?.get(work);
    if (!small || !large) continue;
    const times = processorMs(large) / processorMs(small);
    const isKept = times <= mostTimes;
    rows.push({
      ...large,
      name: `growth: ${large.name.replace(/^.*?: /, "")}, nation over East Java`,
      limitMs: undefined,
      note: `${times.toFixed(1)} × the time for 9.6 × the villages, at most ${mostTimes}${isKept ? "" : " MISSED"}`,
    });
  }
  return rows;
}

function processorMs(row: BenchmarkRow): number {
  return row.cpuMs ?? row.minMs;
}
