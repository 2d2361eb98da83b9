import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100;

interface Process {
  readonly parent: number;
  readonly seconds: number;
}

/** The process's parent and the processor time it has taken so far, with that of children it has waited for; null where it is gone or the system does not tell. */
function readProcess(id: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
    return { parent: Number(fields[1]), seconds: ticks / ticksPerSecond };
  } catch {
    return null;
  }
}

/** Processor seconds of a process and of all that it started, as far as Linux tells; NaN elsewhere. */
export function processorSeconds(root: number): number {
  if (process.platform !== "linux") return Number.NaN;
  const known = new Map<number, Process>();
  for (const entry of readdirSync("/proc")) {
    const found = /^\d+$/.test(entry) ? readProcess(Number(entry)) : null;
    if (found) known.set(Number(entry), found);
  }
  const isInside = (id: number): boolean => id === root || (id > 1 && isInside(known.get(id)?.parent ?? 0));
  let seconds = 0;
  for (const [id, { seconds: own }] of known) if (isInside(id)) seconds += own;
  return seconds;
}
