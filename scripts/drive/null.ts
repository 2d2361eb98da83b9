import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Piscina } from "piscina";
import { readJombang } from "./nullMaps.ts";
import { type NullQuestion, type nullPart, statistics } from "./nullPart.ts";
import { judgeNull } from "./nullVerdict.ts";

// `npm run drive:null [-- --maps 2000 --threads 2]`: false alarms of every hotspot statistic on maps without hotspots. Status 1 where a claim does not hold.
const { values } = parseArgs({ options: { maps: { type: "string", default: "2000" }, threads: { type: "string" } } });
const maps = Number(values.maps);
const threads = Number(values.threads ?? availableParallelism());
const place = readJombang();
if (!Number.isInteger(maps) || maps < 10 || !Number.isInteger(threads) || threads < 1) {
  console.error("--maps takes a whole number from 10, --threads one from 1.");
  process.exit(2);
}
if (!place) {
  console.error("The villages of Jombang are not here: ../shared/reference/jombang_villages.csv beside the project.");
  process.exit(2);
}

const mapsInPart = 10;
const pool = new Piscina<NullQuestion, ReturnType<typeof nullPart>>({
  filename: new URL("./startNullPart.mjs", import.meta.url).href,
  name: "nullPart",
  minThreads: threads,
  maxThreads: threads,
});
const start = performance.now();
const minutes = (): string => ((performance.now() - start) / 60_000).toFixed(1);
console.log(
  `${maps} null maps of ${place.population.length} villages each; single p at 9,999 permutations, false discovery rate at 99,999`,
);
let failed = 0;
for (const events of [120, 400, 1200]) {
  const parts = Array.from({ length: Math.ceil(maps / mapsInPart) }, (_, part) => ({
    place,
    events,
    fromMap: part * mapsInPart,
    toMap: Math.min(maps, (part + 1) * mapsInPart),
    draws: 9999,
    correctedDraws: 99_999,
  }));
  const shown = (await Promise.all(parts.map((part) => pool.run(part)))).flat();
  const verdicts = statistics.map((statistic) => judgeNull(shown.map((map) => map[statistic])));
  console.log(
    `\n${`${events} incidents`.padEnd(26)}${statistics.map((name) => name.padStart(12)).join("")}     at most (${minutes()} min)`,
  );
  verdicts[0]!.forEach(({ claim }, row) => {
    const across = verdicts.map((list) => list[row]!);
    failed += across.filter(({ holds }) => !holds).length;
    const cells = across.map(({ measured, holds }) => `${measured.toFixed(5)}${holds ? " " : "!"}`.padStart(12));
    console.log(`${claim.padEnd(26)}${cells.join("")}     ${across.map(({ atMost }) => atMost.toFixed(5)).join(" ")}`);
  });
}
await pool.destroy();
console.log(`\n${failed === 0 ? "All claims hold" : `${failed} claims, marked !, do not hold`}; ${minutes()} min`);
process.exitCode = failed === 0 ? 0 : 1;
