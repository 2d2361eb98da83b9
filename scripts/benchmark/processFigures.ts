import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100;

function statOf(pid: number): { parent: number; seconds: number; secondsOfEnded: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything; the numbers follow its last one.
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    return {
      parent: fields[1]!,
      seconds: (fields[11]! + fields[12]!) / ticksPerSecond,
      secondsOfEnded: (fields[13]! + fields[14]!) / ticksPerSecond,
    };
  } catch {
    return null;
  }
}

/** Processor seconds of a process, its living children, and those that have ended. NaN where the system does not tell (only Linux does). */
export function processorSeconds(pid: number): number {
  const own = statOf(pid);
  if (!own) return Number.NaN;
  let seconds = own.seconds + own.secondsOfEnded;
  for (const name of readdirSync("/proc")) {
    const other = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (other?.parent === pid) seconds += other.seconds + other.secondsOfEnded;
  }
  return seconds;
}

/** The most resident memory that the process ever had, in MB; NaN where the system does not tell. */
export function peakMemoryMb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
