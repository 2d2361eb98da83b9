import { findEquivalent } from "./equivalent.ts";
import { equivalents } from "./equivalents.ts";
import { filesBeneath, readProject } from "./modules.ts";
import { type PlannedMutant, planMutants } from "./plan.ts";
import { type RoomScore, scoreRoom } from "./report.ts";
import { proportionalShares, sampled } from "./sample.ts";
import { type Tried, tryMutants } from "./trials.ts";

export interface DriveSettings {
  readonly root: string;
  /** Text of every kernel by its path from the root. */
  readonly kernels: Readonly<Record<string, string>>;
  /** Paths of the test files. */
  readonly tests: readonly string[];
  readonly roomOf: (path: string) => string;
  readonly rooms: readonly string[];
  /** How many mutants of each room are tried; Infinity for all. */
  readonly sample: number;
  /** How many of all rooms together, of each in proportion to its mutants; goes before `sample`. */
  readonly total?: number;
  readonly seed: number;
  readonly threads: number;
  /** Where it is kept which tests reach what; nowhere without. */
  readonly folder?: string;
  readonly onProgress?: (text: string) => void;
  /** What became of each mutant, as soon as it is known. */
  readonly onTried?: (tried: Tried) => void;
}

interface Drive {
  readonly scores: readonly RoomScore[];
  readonly tried: readonly Tried[];
  /** Test files that fail without any mutant. */
  readonly leftOut: readonly string[];
}

/** Puts faults into the kernels of the rooms one by one and says how many the tests notice. The kernels' files are only read. */
export async function driveMutants(settings: DriveSettings): Promise<Drive> {
  const { root, kernels, tests, roomOf, rooms, sample, total, seed, threads, folder, onProgress, onTried } = settings;
  const project = readProject(root, tests, (path) => Object.hasOwn(kernels, path));
  const isWanted = (path: string): boolean => Object.hasOwn(kernels, path) && rooms.includes(roomOf(path));
  const concerned = tests.filter((test) => [...filesBeneath(project, test)].some(isWanted));
  onProgress?.("which tests reach what");
  const { mutants, leftOut } = await planMutants(root, project, concerned, kernels, folder);
  const isEquivalent = (mutant: PlannedMutant): boolean => findEquivalent(equivalents, mutant, kernels[mutant.file]!) !== undefined;
  const ofRooms = rooms.map((room) => {
    const own = mutants.filter(({ file }) => roomOf(file) === room);
    return { room, own, told: own.filter((mutant) => !isEquivalent(mutant)) };
  });
  const sizes = ofRooms.map(({ told }) => told.length);
  const counts = total === undefined ? sizes.map(() => sample) : proportionalShares(total, sizes);
  const strata = ofRooms.map(({ room, own, told }, at) => ({
    room,
    told: told.length,
    equivalent: own.length - told.length,
    chosen: sampled(told, counts[at]!, seed),
  }));
  const tried = await tryMutants(
    strata.flatMap(({ chosen }) => chosen),
    {
      root,
      project,
      kernels,
      lanes: threads,
      onTried(done, of, last) {
        onProgress?.(`${done} of ${of} mutants`);
        onTried?.(last);
      },
    },
  );
  const scores = strata.map(({ room, told, equivalent }) =>
    scoreRoom(
      room,
      told,
      equivalent,
      tried.filter(({ mutant }) => roomOf(mutant.file) === room),
    ),
  );
  return { scores, tried, leftOut };
}
