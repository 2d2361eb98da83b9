import { openLane } from "./lane.ts";
import { compiled, type Module, type Project } from "./modules.ts";
import { type Mutant, mutantsOf } from "./operators.ts";
import { type Probed, placeOf, probed } from "./reach.ts";
import type { ThreadData } from "./thread.ts";

/** The tests of one file that reach a mutant. */
interface Reaching {
  readonly test: string;
  /** Numbers of the tests; undefined when the file needs the mutant already to tell which tests there are. */
  readonly only: readonly number[] | undefined;
  /** What they took without the mutant. */
  readonly milliseconds: number;
}

export interface PlannedMutant extends Mutant {
  /** The quickest first. */
  readonly reaching: readonly Reaching[];
}

interface Plan {
  readonly mutants: readonly PlannedMutant[];
  /** Test files that are left out, with why: they fail without any mutant. */
  readonly leftOut: readonly string[];
}

/** Finds all mutants of the kernels, and by a run with probes in the kernels which tests reach each. */
export async function planMutants(
  root: string,
  project: Project,
  tests: readonly string[],
  kernels: Readonly<Record<string, string>>,
): Promise<Plan> {
  const probes = probesIn(kernels);
  const probedModules: Record<string, Module> = { ...project.modules };
  for (const [path, { text }] of probes.files) {
    const module = probedModules[path];
    if (module) probedModules[path] = { ...module, code: compiled(root, path, text) };
  }
  const runs = await runAll({ project: { ...project, modules: probedModules }, places: probes.count }, tests);
  const reachingByPlace = new Map<number, Reaching[]>();
  for (const { test, passed } of runs.green)
    for (const [place, reaching] of reachingOf(test, passed)) reachingByPlace.set(place, [...(reachingByPlace.get(place) ?? []), reaching]);
  const mutants = Object.entries(kernels).flatMap(([path, text]) => {
    const { first, places } = probes.files.get(path)!;
    return mutantsOf(path, text).map((mutant) => {
      const reaching = reachingByPlace.get(first + placeOf(places, mutant.start, mutant.end)) ?? [];
      return { ...mutant, reaching: reaching.toSorted((a, b) => a.milliseconds - b.milliseconds) };
    });
  });
  return { mutants, leftOut: runs.leftOut };
}

function probesIn(kernels: Readonly<Record<string, string>>): {
  readonly files: ReadonlyMap<string, Probed & { readonly first: number }>;
  readonly count: number;
} {
  const files = new Map<string, Probed & { readonly first: number }>();
  let count = 0;
  for (const [path, text] of Object.entries(kernels)) {
    const file = probed(path, text, count);
    files.set(path, { ...file, first: count });
    count += file.places.length;
  }
  return { files, count };
}

/** One run of a test file with a single test, or with none: what the file itself passes while it is read. */
interface Passed {
  readonly number: number | null;
  readonly reached: Uint8Array;
  readonly milliseconds: number;
}

/**
 * Every test alone, on freshly evaluated kernels: what one test keeps for the next is so counted for both. A file that works long before its
 * first test is taken as one.
 */
async function runAll(
  data: ThreadData,
  tests: readonly string[],
): Promise<{ green: { test: string; passed: Passed[] }[]; leftOut: string[] }> {
  const lane = openLane(data, 1);
  const leftOut: string[] = [];
  const green: { test: string; passed: Passed[] }[] = [];
  for (const test of tests) {
    const whole = await lane.run({ test }, longestMs);
    const red = whole?.tests.find(({ state }) => state === "fail");
    const fault =
      whole === null ? "comes to no end, or breaks its thread" : (whole.broken ?? (red ? `"${red.name}" fails: ${red.fault}` : null));
    if (fault !== null || whole === null) {
      leftOut.push(`${test}: ${fault}`);
      continue;
    }
    const alone = await lane.run({ test, only: [] }, longestMs);
    const passed: Passed[] = [];
    if (!alone || alone.milliseconds > longestReadingMs) passed.push({ ...whole, number: null });
    else {
      passed.push({ ...alone, number: null });
      for (const [number, { state }] of whole.tests.entries()) {
        const single = state === "pass" ? await lane.run({ test, only: [number] }, longestMs) : null;
        if (single) passed.push({ ...single, number });
      }
    }
    green.push({ test, passed });
  }
  await lane.close();
  return { green, leftOut };
}

const longestMs = 60_000;
const longestReadingMs = 100;

function reachingOf(test: string, passed: readonly Passed[]): [number, Reaching][] {
  const alone = passed.find(({ number }) => number === null);
  if (!alone) return [];
  const single = passed.filter(({ number }) => number !== null);
  const extra = (run: Passed): number => Math.max(0, run.milliseconds - alone.milliseconds);
  const sum = (runs: readonly Passed[]): number => runs.reduce((total, run) => total + extra(run), alone.milliseconds);
  return Array.from(alone.reached.keys()).flatMap((place) => {
    if (alone.reached[place]) return [[place, { test, only: undefined, milliseconds: sum(single) }] as [number, Reaching]];
    const runs = single.filter(({ reached }) => reached[place]);
    if (runs.length === 0) return [];
    return [[place, { test, only: runs.map(({ number }) => number!), milliseconds: sum(runs) }] as [number, Reaching]];
  });
}
