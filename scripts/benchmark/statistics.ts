import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BenchmarkRow } from "./row.ts";

/** The benchmarks of all statistics: each is a file of this folder and can be asked for by itself. */
export const statistics = ["areas", "scan", "points", "selfTest"];

/** Every row that the statistics are held to, one benchmark after the other. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  for (const name of statistics) {
    if (!existsSync(join(import.meta.dirname, `${name}.ts`))) continue;
    const module: { benchmark: () => Promise<BenchmarkRow[]> } = await import(`./${name}.ts`);
    rows.push(...(await module.benchmark()));
  }
  return rows;
}
