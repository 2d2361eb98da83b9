import { type Lane, openLane } from "./lane.ts";
import { compiled, type Project } from "./modules.ts";
import { applied } from "./operators.ts";
import type { PlannedMutant } from "./plan.ts";

export type Outcome = "killed" | "timeout" | "survived" | "noTest";

export interface Tried {
  readonly mutant: PlannedMutant;
  readonly outcome: Outcome;
  /** How many test files that reach it were left untried for the time they take. */
  readonly untried: number;
}

export interface TrialSettings {
  readonly root: string;
  readonly project: Project;
  readonly kernels: Readonly<Record<string, string>>;
  /** How many threads. */
  readonly lanes: number;
  readonly onTried?: (done: number, of: number, last: Tried) => void;
}

/** Tests that take more than this together, the quickest first, are left untried: what they would have killed counts as survived. */
const mostMs = 10_000;
const extraMs = 1500;
const patience = 5;

/** Runs the reaching tests of each mutant until one fails, and says what became of it, in the order of the mutants. */
export async function tryMutants(mutants: readonly PlannedMutant[], settings: TrialSettings): Promise<Tried[]> {
  const { project, lanes, onTried } = settings;
  const tried: Tried[] = [];
  const killers = new Map<string, string[]>();
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    const lane = openLane({ project, places: 0 }, lanes);
    while (next < mutants.length) {
      const place = next++;
      const mutant = mutants[place]!;
      tried[place] = { mutant, ...(await tryOne(mutant, lane, settings, killers)) };
      onTried?.(++done, mutants.length, tried[place]);
    }
    await lane.close();
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return tried;
}

async function tryOne(
  mutant: PlannedMutant,
  lane: Lane,
  { root, kernels }: TrialSettings,
  killers: Map<string, string[]>,
): Promise<Omit<Tried, "mutant">> {
  if (mutant.reaching.length === 0) return { outcome: "noTest", untried: 0 };
  const changed = { path: mutant.file, code: compiled(root, mutant.file, applied(mutant, kernels[mutant.file]!)) };
  // What killed the last mutants of this file is likely to kill the next; so it goes first, unless it takes far longer than another.
  const recent = killers.get(mutant.file) ?? [];
  const rank = ({ test, milliseconds }: PlannedMutant["reaching"][number]): number => milliseconds * (recent.includes(test) ? 0.3 : 1);
  let spentMs = 0;
  const ordered = mutant.reaching.toSorted((a, b) => rank(a) - rank(b));
  for (const [place, { test, only, milliseconds }] of ordered.entries()) {
    spentMs += milliseconds;
    if (spentMs > mostMs && spentMs > milliseconds) return { outcome: "survived", untried: ordered.length - place };
    const answer = await lane.run({ test, only, changed }, extraMs + patience * milliseconds);
    const isKilled = answer === null || answer.broken !== null || answer.tests.some(({ state }) => state === "fail");
    if (!isKilled) continue;
    killers.set(mutant.file, [test, ...recent].slice(0, 3));
    return { outcome: answer === null ? "timeout" : "killed", untried: 0 };
  }
  return { outcome: "survived", untried: 0 };
}
