import { parentPort, workerData } from "node:worker_threads";
import { getFn, startTests, type Task, type Test, type VitestRunner, type VitestRunnerConfig } from "@vitest/runner";
import { type ChangedFile, openEvaluation } from "./evaluate.ts";
import { standInForVitest } from "./expectations.ts";
import type { Project } from "./modules.ts";

export interface ThreadData {
  readonly project: Project;
  /** How many probes there are; 0 in a project without. */
  readonly places: number;
}

/** One test file to run. */
export interface Order {
  readonly test: string;
  /** Numbers of the tests to run, in the order of the file; all without it. */
  readonly only?: readonly number[] | undefined;
  /** With a change the first failure ends the file. */
  readonly changed?: ChangedFile;
}

export interface Answer {
  /** Why the file as a whole failed (it could not be evaluated, or one of its hooks threw). */
  readonly broken: string | null;
  readonly tests: readonly { readonly name: string; readonly state: string; readonly fault: string }[];
  /** The places passed, 1 each, if the project has probes. */
  readonly reached: Uint8Array;
  /** Of processor time, all lanes together. */
  readonly milliseconds: number;
}

const settings: VitestRunnerConfig = {
  root: "/",
  setupFiles: [],
  name: undefined,
  passWithNoTests: true,
  testNamePattern: undefined,
  allowOnly: true,
  sequence: { seed: 1, hooks: "stack", setupFiles: "list" },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: 600_000,
  hookTimeout: 600_000,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
};

const { project, places } = workerData as ThreadData;
const reached = new Uint8Array(places);
const evaluate = await openEvaluation(project, { vitest: standInForVitest() }, reached);

parentPort!.on("message", async (order: Order) => parentPort!.postMessage(await run(order)));

async function run({ test, only, changed }: Order): Promise<Omit<Answer, "milliseconds">> {
  reached.fill(0);
  let tests: Test[] = [];
  const runner: VitestRunner = {
    config: settings,
    importFile: () => void evaluate(test, changed),
    onCollected(files) {
      tests = files.flatMap(testsOf);
      if (only) skip(tests.filter((_, number) => !only.includes(number)));
    },
    onAfterRunTask(task) {
      if (changed && task.result?.state === "fail") skip(tests.filter(({ result }) => result === undefined));
    },
    async runTask(task) {
      try {
        await getFn(task)();
      } catch (error) {
        // Without the two values: to print how they differ takes longer than the test.
        throw new Error(error instanceof Error ? error.message.slice(0, 300) : "something was thrown");
      }
    },
  };
  const [file] = await startTests([test], runner);
  const hasFailed = file?.result?.state === "fail";
  return {
    broken: hasFailed && !tests.some(({ result }) => result?.state === "fail") ? faultWithin(file) || "a hook failed" : null,
    tests: tests.map((task) => ({
      name: task.name,
      state: task.result?.state ?? "skip",
      fault: fault(task),
    })),
    reached: reached.slice(),
  };
}

function fault(task: Task): string {
  return task.result?.errors?.[0]?.message ?? "";
}

/** The fault of a task, or of the first one inside it that has one: that of a hook stands at its suite. */
function faultWithin(task: Task): string {
  const inside = task.type === "test" ? [] : task.tasks;
  return [fault(task), ...inside.map(faultWithin)].find((text) => text !== "") ?? "";
}

function skip(tests: readonly Test[]): void {
  for (const test of tests) if (test.mode === "run" || test.mode === "queued") test.mode = "skip";
}

function testsOf(task: Task): Test[] {
  return task.type === "test" ? [task] : task.tasks.flatMap(testsOf);
}
