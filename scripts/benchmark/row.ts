/** One line of a benchmark: what was timed, how often, and how long it took. A file in this folder exports `benchmark(): Promise<BenchmarkRow[]>`. */
export interface BenchmarkRow {
  readonly name: string;
  readonly runs: number;
  readonly minMs: number;
  readonly medianMs: number;
  readonly maxMs: number;
  /** Least processor time of a run, all threads of the process: what the clock would show on a machine with nothing else to do, if the work has one thread. */
  readonly cpuMs?: number;
  /** Resident memory of the process after the last run. */
  readonly memoryMb: number;
  /** The most that the design allows. */
  readonly limitMs?: number;
  /** What was found, or why there is no figure. */
  readonly note?: string;
}

/** Runs the work once to warm it, then `runs` times, and says how long that took. The note is made from the last result, so the work cannot be optimised away. */
export async function timed<T>(
  name: string,
  runs: number,
  work: () => T | Promise<T>,
  more: { limitMs?: number; note?: (result: T) => string; warm?: boolean } = {},
): Promise<BenchmarkRow> {
  if (more.warm !== false) await work();
  const times: number[] = [];
  let cpuMs = Number.POSITIVE_INFINITY;
  let result: T | undefined;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const start = performance.now();
    result = await work();
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpuMs = Math.min(cpuMs, (user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  return {
    name,
    runs,
    minMs: times[0]!,
    medianMs: times[Math.floor(runs / 2)]!,
    maxMs: times[runs - 1]!,
    cpuMs,
    memoryMb: process.memoryUsage().rss / 2 ** 20,
    ...(more.limitMs === undefined ? {} : { limitMs: more.limitMs }),
    ...(more.note ? { note: more.note(result as T) } : {}),
  };
}

/** A line that says why something was not timed. */
export function leftOut(name: string, why: string): BenchmarkRow {
  return { name, runs: 0, minMs: Number.NaN, medianMs: Number.NaN, maxMs: Number.NaN, memoryMb: Number.NaN, note: `left out: ${why}` };
}
