import { compiled, type Module, type Project } from "./modules.ts";
import { type Mutant, mutantsOf } from "./operators.ts";
import { type Passed, passesOf } from "./passes.ts";
import { type Probed, placeOf, probed } from "./reach.ts";

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

/** Finds all mutants of the kernels, and by a run with probes in the kernels which tests reach each; what was found out is kept in the folder. */
export async function planMutants(
  root: string,
  project: Project,
  tests: readonly string[],
  kernels: Readonly<Record<string, string>>,
  folder: string | undefined,
): Promise<Plan> {
  const probes = probesIn(kernels);
  const probedModules: Record<string, Module> = { ...project.modules };
  for (const [path, { text }] of probes.files) {
    const module = probedModules[path];
    if (module) probedModules[path] = { ...module, code: compiled(root, path, text) };
  }
  const probedProject = { ...project, modules: probedModules };
  const runs = await passesOf({ project: probedProject, places: probes.count }, tests, probes.files, folder);
  const reachingByPlace = new Map<string, Reaching[]>();
  for (const { test, passed } of runs.green)
    for (const [place, reaching] of reachingOf(test, passed)) reachingByPlace.set(place, [...(reachingByPlace.get(place) ?? []), reaching]);
  const mutants = Object.entries(kernels).flatMap(([path, text]) => {
    const { places } = probes.files.get(path)!;
    return mutantsOf(path, text).map((mutant) => {
      const reaching = reachingByPlace.get(`${path}:${placeOf(places, mutant.start, mutant.end)}`) ?? [];
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

function reachingOf(test: string, passed: readonly Passed[]): [string, Reaching][] {
  const alone = passed.find(({ number }) => number === null);
  if (!alone) return [];
  const single = passed.filter(({ number }) => number !== null);
  const extra = (run: Passed): number => Math.max(0, run.milliseconds - alone.milliseconds);
  const sum = (runs: readonly Passed[]): number => runs.reduce((total, run) => total + extra(run), alone.milliseconds);
  const runsByPlace = new Map<string, Passed[]>();
  for (const run of single) for (const place of run.places) runsByPlace.set(place, [...(runsByPlace.get(place) ?? []), run]);
  const whole = new Set(alone.places);
  return [...new Set([...whole, ...runsByPlace.keys()])].map((place) => {
    if (whole.has(place)) return [place, { test, only: undefined, milliseconds: sum(single) }];
    const runs = runsByPlace.get(place)!;
    return [place, { test, only: runs.map(({ number }) => number!), milliseconds: sum(runs) }];
  });
}
