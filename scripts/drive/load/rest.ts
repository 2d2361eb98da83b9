import { processorSeconds } from "./processorTime.ts";

const lookMilliseconds = 3000;
const busyShare = 0.05;
const patienceMilliseconds = 15 * 60_000;

/**
 * Waits until a process and all that it started have next to nothing to do: after an import the power of every hotspot is simulated for minutes, which
 * would be measured instead of what is asked. Goes on after a quarter of an hour, and at once where the system does not tell. Returns whether it rests.
 */
export async function untilAtRest(root: number): Promise<boolean> {
  for (const begun = performance.now(); performance.now() - begun < patienceMilliseconds; ) {
    const before = processorSeconds(root);
    if (Number.isNaN(before)) return false;
    await new Promise((wait) => setTimeout(wait, lookMilliseconds));
    if (processorSeconds(root) - before < (busyShare * lookMilliseconds) / 1000) return true;
  }
  return false;
}
