import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { exactGain } from "../../api/analysis/planning/exactGain.ts";
import { gainBound } from "../../api/analysis/planning/gainBound.ts";
import type { RoutingProblem } from "../../api/analysis/planning/routingProblem.ts";
import { bestPlan, type FoundPlan, searchVisits } from "../../api/analysis/planning/searchVisits.ts";
import { benchmarkPlannedWeeks } from "./plannedWeeks.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";
import { drawnProblem, problemOfInstance, publishedInstances } from "./visitCases.ts";

const villages = resolve(import.meta.dirname, "../../../shared/reference/jombang_villages.csv");
/** Somewhat less than the effort `thorough` for a hundred places, on one thread here, so that ten seconds of processor time are enough. */
const streams = 8;
const iterations = 20_000;

const search = (problem: RoutingProblem, stream: number, steps: number): FoundPlan =>
  searchVisits({
    problem,
    priority: new Float64Array(problem.n),
    keep: [],
    isLocked: new Uint8Array(problem.n),
    seed: 1,
    stream,
    iterations: steps,
  });

/** Gaps to the best values known of the published set 4, and to the exact optimum of small cases on real label points, on one thread; then whole plans by the service, on all. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  if (!existsSync(villages)) return [leftOut("visits", "no ../shared")];
  const rows: BenchmarkRow[] = [];
  const gaps: number[] = [];
  const excess: number[] = [];
  let slowest = 0;
  for (const instance of publishedInstances()) {
    const problem = problemOfInstance(instance);
    const before = process.cpuUsage();
    const plan = bestPlan(Array.from({ length: streams }, (_, stream) => search(problem, stream, iterations)));
    slowest = Math.max(slowest, process.cpuUsage(before).user / 1000);
    // Of one instance the best known value is 0: nothing can be reached.
    gaps.push(instance.best_known === 0 ? plan.gain : 1 - plan.gain / instance.best_known);
    const { bound } = gainBound(problem, { iterations: 40, steps: 200 });
    if (bound < instance.best_known) throw new Error(`${instance.name}: the bound ${bound} is below the best known ${instance.best_known}`);
    if (instance.best_known > 0) excess.push(bound / instance.best_known - 1);
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
  rows.push({
    ...leftOut(`set 4, ${gaps.length} instances, ${streams} searches of ${iterations}`, ""),
    runs: gaps.length,
    maxMs: slowest,
    limitMs: 10_000,
    note: `gap to best known: mean ${percent(mean(gaps))} (asked 1%), largest ${percent(Math.max(...gaps))} (asked 4%); bound above best known: mean ${percent(mean(excess))}; max ms is processor time`,
  });

  const points = readFileSync(villages, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").slice(-3, -1).map(Number) as [number, number]);
  let optimal = 0;
  rows.push(
    await timed(
      "50 cases of 8 to 14 villages of Jombang",
      1,
      () => {
        optimal = 0;
        for (let seed = 1; seed <= 50; seed++) {
          const problem = drawnProblem(seed, points, 8 + (seed % 7));
          if (search(problem, 0, 3000).gain > exactGain(problem)! - 1e-9) optimal++;
        }
      },
      { warm: false },
    ),
  );
  rows[rows.length - 1] = { ...rows.at(-1)!, note: `equal to the exact optimum in ${optimal} (asked 48)` };
  rows.push(...(await benchmarkPlannedWeeks()));
  return rows;
}
