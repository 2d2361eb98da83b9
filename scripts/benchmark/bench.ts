import { readdirSync } from "node:fs";
import { cpus } from "node:os";
import type { BenchmarkRow } from "./row.ts";

/** `npm run bench [name …]`: runs the benchmarks of this folder, all or those named, and prints a table of each. */
const notBenchmarks = ["bench", "row", "geography"];
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .filter((name) => !notBenchmarks.includes(name));

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(", ")}; there are: ${known.join(", ")}`);
  process.exit(1);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
for (const name of wanted.length > 0 ? wanted : known) {
  const module: { benchmark?: () => Promise<BenchmarkRow[]> } = await import(`./${name}.ts`);
  if (!module.benchmark) throw new Error(`${name}.ts has no function benchmark`);
  console.log(`\n${name}`);
  print(await module.benchmark());
}

function print(rows: readonly BenchmarkRow[]): void {
  const number = (value: number): string => (Number.isNaN(value) ? "–" : value >= 100 ? value.toFixed(0) : value.toFixed(1));
  const lines = [
    ["", "runs", "min ms", "median ms", "max ms", "limit ms", "memory MB", ""],
    ...rows.map((row) => [
      row.name,
      String(row.runs),
      number(row.minMs),
      number(row.medianMs),
      number(row.maxMs),
      row.limitMs === undefined ? "–" : `${number(row.limitMs)}${row.medianMs > row.limitMs ? " MISSED" : ""}`,
      number(row.memoryMb),
      row.note ?? "",
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => (column === 0 || column === 7 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join("  ")
        .trimEnd(),
    );
  }
}
