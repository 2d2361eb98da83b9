import { parseArgs } from "node:util";
import { readJombang } from "./nullMaps.ts";
import { type Found, judgeHistories, learnFromHistories } from "./visitEffect/drivenHistories.ts";
import { jombangWorld } from "./visitEffect/madeHistory.ts";

// `npm run drive:visits [-- --runs 200 --seed 1]`: what the effect of visits is said to be in made histories of Jombang where it is known. Status 1 where a claim does not hold.
const { values } = parseArgs({ options: { runs: { type: "string", default: "200" }, seed: { type: "string", default: "1" } } });
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const place = readJombang();
if (!Number.isInteger(runs) || runs < 20 || !Number.isInteger(seed)) {
  console.error("--runs takes a whole number from 20, --seed a whole number.");
  process.exit(2);
}
if (!place) {
  console.error("The villages of Jombang are not here: ../shared/reference/jombang_villages.csv beside the project.");
  process.exit(2);
}
const worlds = [
  { incidentsAYear: 625, effect: 0 },
  { incidentsAYear: 200, effect: 0 },
  { incidentsAYear: 625, effect: 0.5 },
  { incidentsAYear: 625, effect: 0.7 },
];
let failed = 0;
for (const world of worlds) {
  const before = process.cpuUsage();
  const found: Found[] = learnFromHistories(place, { ...jombangWorld, ...world }, runs, seed);
  const seconds = process.cpuUsage(before).user / 1e6;
  const mean = (of: (one: Found) => number): string => (found.reduce((sum, one) => sum + of(one), 0) / runs).toFixed(3);
  console.log(
    `\n${world.incidentsAYear} incidents a year, visits prevent ${100 * world.effect}%: ${runs} histories; mean effect ${mean(({ estimate }) => estimate?.effect ?? Number.NaN)}, matched visits ${mean(({ matched }) => matched)}; ${seconds.toFixed(0)} s of processor`,
  );
  for (const { claim, measured, least, most, holds } of judgeHistories(found, world.effect)) {
    if (!holds) failed++;
    console.log(
      `  ${claim.padEnd(36)}${measured.toFixed(3)}${holds ? " " : "!"}  of ${Math.max(0, least).toFixed(3)} … ${Math.min(1, most).toFixed(3)}`,
    );
  }
  const verdicts = new Map<string, number>();
  for (const { verdict } of found) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  console.log(`  ${[...verdicts].map(([verdict, count]) => `${verdict} ${count}`).join(", ")}`);
}
console.log(`\n${failed === 0 ? "All claims hold" : `${failed} claims, marked !, do not hold`}`);
process.exitCode = failed === 0 ? 0 : 1;
