import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { clusterUrl, createCluster, stopCluster } from "../privateCluster.ts";
import { kinds } from "./imports/files.ts";
import { Trials, type Verdict } from "./imports/trial.ts";

// `npm run drive:imports [-- --kills 100 --seed 1 --engine embedded|postgres]`: imports cut off by kill -9 of the service at random moments, and what is there afterwards.
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    engine: { type: "string" },
    incidents: { type: "string", default: "50000" },
  },
});
const [kills, seed, incidents] = [Number(values.kills), Number(values.seed), Number(values.incidents)];
const engines = values.engine === undefined ? ["postgres", "embedded"] : [values.engine];
if (
  ![kills, incidents].every((number) => Number.isInteger(number) && number > 0) ||
  !Number.isInteger(seed) ||
  engines.some((name) => !["postgres", "embedded"].includes(name))
) {
  console.error("--kills and --incidents take whole numbers from 1, --seed a whole number, --engine embedded or postgres.");
  process.exit(2);
}

/** Moments of the kills as shares of the usual time, even over it and a little beyond, so that each phase is met (golden ratio sequence from the seed). */
const shareOf = (number: number): number => 1.15 * ((seed * 0.7548776662 + number * 0.6180339887) % 1);

async function drive(engine: string, count: number): Promise<Verdict[]> {
  const folder = await mkdtemp(join(tmpdir(), "waspada-drive-"));
  const isEmbedded = engine === "embedded";
  const place = process.getuid?.() === 0 ? `/var/lib/postgresql/${folder.split("/").at(-1)}` : join(folder, "postgres");
  const cluster = isEmbedded ? null : await createCluster(place);
  const trials = new Trials(
    { DATA_DIR: join(folder, "data"), ...(cluster ? { DATABASE_URL: clusterUrl(cluster) } : {}) },
    { villages: 400, incidents },
  );
  const verdicts: Verdict[] = [];
  try {
    await trials.begin();
    for (let number = 0; number < count; number++) {
      const verdict = await trials.kill(kinds[number % kinds.length]!, shareOf(number));
      verdicts.push(verdict);
      const cells = [
        String(number + 1).padStart(3),
        engine.padEnd(8),
        verdict.kind.padEnd(10),
        `${verdict.killedAfterMs} ms`.padStart(9),
        verdict.job.padEnd(10),
        verdict.at,
      ];
      console.log(`${cells.join("  ")}${verdict.faults.length > 0 ? `  FAULT: ${verdict.faults.join("; ")}` : ""}`);
    }
  } finally {
    await trials.end();
    if (cluster) await stopCluster(cluster);
    await rm(folder, { recursive: true, force: true });
    if (cluster) await rm(place, { recursive: true, force: true });
  }
  return verdicts;
}

let faulty = 0;
const summary: string[] = [];
for (const [index, engine] of engines.entries()) {
  const verdicts = await drive(engine, Math.floor((kills + index) / engines.length));
  for (const kind of kinds) {
    const own = verdicts.filter((verdict) => verdict.kind === kind);
    const wrong = own.filter((verdict) => verdict.faults.length > 0).length;
    faulty += wrong;
    const resumed = own.filter((verdict) => verdict.job === "successful").length;
    summary.push(
      `${engine.padEnd(10)}${kind.padEnd(12)}${String(own.length).padStart(6)}${String(resumed).padStart(10)}${String(wrong).padStart(8)}`,
    );
  }
}
console.log(
  `\n${"engine".padEnd(10)}${"kind".padEnd(12)}${"kills".padStart(6)}${"finished".padStart(10)}${"faults".padStart(8)}\n${summary.join("\n")}`,
);
console.log(
  faulty === 0 ? "Each import whole or not there, and the same file again unchanged." : `${faulty} imports, told above, were not.`,
);
process.exitCode = faulty === 0 ? 0 : 1;
