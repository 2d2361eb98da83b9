import { readdirSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import type { BenchmarkRow } from "./row.ts";
import { statistics } from "./statistics.ts";

/** `npm run bench [name …]`: runs the benchmarks of this folder, all or those named, and prints a table of each. A benchmark is a file that exports `benchmark`. */
const known = readdirSync(import.meta.dirname)
  .filter(
    (file) => file.endsWith(".ts") && readFileSync(join(import.meta.dirname, file), "utf8").includes("export async function benchmark("),
  )
  .map((file) => file.slice(0, -3));

// What a benchmark takes for itself it reads itself; here only the value of --file must not be taken for a name.
const wanted = process.argv.slice(2).filter((word, at, all) => !word.startsWith("--") && all[at - 1] !== "--file");
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(", ")}; there are: ${known.join(", ")}`);
  process.exit(1);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
// Those that `statistics` runs are not run a second time, and the nation only when it is asked for.
for (const name of wanted.length > 0 ? wanted : known.filter((each) => !statistics.includes(each) && each !== "import")) {
  const module: { benchmark?: () => Promise<BenchmarkRow[]> } = await import(`./${name}.ts`);
  if (!module.benchmark) throw new Error(`${name}.ts has no function benchmark`);
  const before = load();
  const rows = await module.benchmark();
  // Others at work on the machine make every figure larger: the load says how far to trust them.
  console.log(`\n${name} (load average ${before} before, ${load()} after)`);
  print(rows);
}

function load(): string {
  return loadavg()[0]!.toFixed(1);
}

function print(rows: readonly BenchmarkRow[]): void {
  const number = (value: number): string =>
    Number.isNaN(value) ? "–" : value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
  const lines = [
    ["", "runs", "min ms", "median ms", "max ms", "cpu ms", "limit ms", "memory MB", ""],
    ...rows.map((row) => [
      row.name,
      String(row.runs),
      number(row.minMs),
      number(row.medianMs),
      number(row.maxMs),
      number(row.cpuMs ?? Number.NaN),
      row.limitMs === undefined ? "–" : `${number(row.limitMs)}${row.medianMs > row.limitMs ? " MISSED" : ""}`,
      number(row.memoryMb),
      row.note ?? "",
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => (column === 0 || column === 8 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join("  ")
        .trimEnd(),
    );
  }
}
