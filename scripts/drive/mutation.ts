import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { driveMutants } from "./mutation/drive.ts";
import { tooSlow } from "./mutation/passes.ts";
import { scoreAll, scoreTable, survivorLines } from "./mutation/report.ts";

// `npm run drive:mutation [-- --only rates,risk --sample 60 | --total 500 --seed 1 --threads 2]`: small faults are put into the kernels one by one; the
// share that turns a test red is printed by room. Survivors go to .cache/mutation/survivors.txt. Status 1 under 85%, and where a test file had to be left out.
const lowest = 0.85;
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    sample: { type: "string" },
    total: { type: "string" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: String(availableParallelism()) },
  },
});
const kernels = filesIn("api/analysis", ".ts");
const rooms = [...new Set(kernels.map(roomOf))].sort();
const wanted = values.only?.split(",") ?? rooms;
const [sample, seed, threads] = [values.sample ?? "Infinity", values.seed, values.threads].map(Number) as [number, number, number];
const unknown = wanted.filter((room) => !rooms.includes(room));
if (unknown.length > 0) fail(`No room ${unknown.join(", ")}; there are: ${rooms.join(", ")}`);
const total = values.total === undefined ? undefined : Number(values.total);
if (!(sample >= 1) || !((total ?? 1) >= 1) || !Number.isInteger(seed) || !Number.isInteger(threads) || threads < 1)
  fail("--sample, --total, --seed and --threads take whole numbers from 1.");

const start = performance.now();
const folder = join(".cache", "mutation");
const survivors = join(folder, "survivors.txt");
mkdirSync(folder, { recursive: true });
writeFileSync(survivors, "");
const { scores, tried, leftOut } = await driveMutants({
  root: process.cwd(),
  kernels: Object.fromEntries(kernels.map((path) => [path, readFileSync(path, "utf8")])),
  tests: filesIn("tests/api/analysis", ".test.ts"),
  rooms: wanted,
  roomOf,
  sample,
  ...(total === undefined ? {} : { total }),
  seed,
  threads,
  folder: join(folder, "reached"),
  onProgress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}\x1b[K`);
  },
  onTried: (one) =>
    appendFileSync(
      survivors,
      survivorLines([one])
        .map((line) => `${line}\n`)
        .join(""),
    ),
});
if (process.stderr.isTTY) process.stderr.write("\n");
for (const left of leftOut) console.log(`left out: ${left}`);
const all = scoreAll(scores);
console.log(scoreTable([...scores, all]));
writeFileSync(survivors, `${survivorLines(tried).join("\n")}\n`);
console.log(`${((performance.now() - start) / 60_000).toFixed(1)} minutes; survivors in ${survivors}`);
if (leftOut.some((left) => !left.endsWith(tooSlow)))
  fail("The test files left out above are not green here: without them the score is not that of the tests.");
if (!(all.score >= lowest)) fail(`Fewer than ${100 * lowest}% of the mutants were killed.`);

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .sort();
}

function roomOf(path: string): string {
  return path.split("/")[2]!;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
