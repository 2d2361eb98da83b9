import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { clusterUrl, createCluster, createDatabase, isClusterRunning, type PrivateCluster, stopCluster } from "../privateCluster.ts";
import { bundleService } from "./bundle.ts";
import { Trials, type Verdict } from "./crash/trial.ts";
import { seededRandom } from "./random.ts";

const usage = `npm run drive:crash -- [--kills 500] [--embedded-kills 200] [--away 50] [--away-seconds 60] [--same 50] [--seed 1]

Ends the service (on PostgreSQL and embedded) with kill -9 at random moments while reports are filed, takes the database away and brings it back, and sends the
same report a hundred times at once: none acknowledged may be lost or doubled, and every refusal is an honest one.`;

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "500" },
    "embedded-kills": { type: "string", default: "200" },
    away: { type: "string", default: "50" },
    "away-seconds": { type: "string", default: "60" },
    same: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
  },
});
const numbers = [values.kills, values["embedded-kills"], values.seed, values.away, values["away-seconds"], values.same].map(Number);
const [kills = 0, embeddedKills = 0, seed = 0, away = 0, awaySeconds = 0, same = 0] = numbers;
if (!numbers.every((number) => Number.isInteger(number) && number >= 0)) {
  console.error(usage);
  process.exit(2);
}

const longestLifeMs = 500;

interface Section {
  readonly name: string;
  readonly verdicts: readonly Verdict[];
  readonly endFaults: readonly string[];
}

function tell(name: string, number: number, { what, acknowledged, unanswered, recoveredAfterMs, faults }: Verdict): void {
  const cells = [
    String(number + 1).padStart(3),
    name.padEnd(8),
    what.padEnd(24),
    `${acknowledged} acknowledged`.padStart(17),
    `${unanswered} unanswered`.padStart(13),
    `back after ${recoveredAfterMs} ms`,
  ];
  console.log(`${cells.join("  ")}${faults.length > 0 ? `  FAULT: ${faults.join("; ")}` : ""}`);
}

async function section(
  name: string,
  count: number,
  environment: Readonly<Record<string, string>>,
  trial: (trials: Trials, random: () => number) => Promise<Verdict>,
): Promise<Section> {
  const random = seededRandom(seed);
  const trials = new Trials(environment, random, program);
  const verdicts: Verdict[] = [];
  await trials.begin();
  for (let number = 0; number < count; number++) {
    const verdict = await trial(trials, random);
    verdicts.push(verdict);
    tell(name, number, verdict);
  }
  return { name, verdicts, endFaults: await trials.end() };
}

/** The environment of a service on another database of the cluster. */
async function fresh(own: PrivateCluster, name: string): Promise<Record<string, string>> {
  await createDatabase(own, name);
  return { DATA_DIR: join(folder, name), DATABASE_URL: clusterUrl(own, name) };
}

const folder = await mkdtemp(join(tmpdir(), "waspada-crash-"));
const place = process.getuid?.() === 0 ? `/var/lib/postgresql/${folder.split("/").at(-1)}` : join(folder, "postgres");
const sections: Section[] = [];
let cluster: PrivateCluster | null = null;
const program = await bundleService("drive-crash");
try {
  if (kills + away + same > 0) {
    cluster = await createCluster(place);
    const environment = { DATA_DIR: join(folder, "data"), DATABASE_URL: clusterUrl(cluster) };
    const own = cluster;
    if (kills > 0) sections.push(await section("postgres", kills, environment, (trials, random) => trials.kill(random() * longestLifeMs)));
    if (away > 0)
      sections.push(
        await section("away", away, await fresh(own, "away"), (trials, random) => trials.away(own, awaySeconds * 1000, random() < 0.5)),
      );
    if (same > 0) sections.push(await section("same", same, await fresh(own, "same"), (trials) => trials.sameAtOnce()));
  }
  if (embeddedKills > 0) {
    const environment = { DATA_DIR: join(folder, "embedded") };
    sections.push(await section("embedded", embeddedKills, environment, (trials, random) => trials.kill(random() * longestLifeMs)));
  }
} finally {
  if (cluster && (await isClusterRunning(cluster))) await stopCluster(cluster);
  await rm(folder, { recursive: true, force: true });
  await rm(place, { recursive: true, force: true });
}

let faulty = 0;
console.log(
  `\n${"trial".padEnd(10)}${"times".padStart(6)}${"acknowledged".padStart(14)}${"unanswered".padStart(12)}${"faults".padStart(8)}`,
);
for (const { name, verdicts, endFaults } of sections) {
  const sum = (of: (verdict: Verdict) => number): number => verdicts.reduce((total, verdict) => total + of(verdict), 0);
  const faults = sum((verdict) => verdict.faults.length) + endFaults.length;
  faulty += faults;
  console.log(
    `${name.padEnd(10)}${String(verdicts.length).padStart(6)}${String(sum((v) => v.acknowledged)).padStart(14)}${String(sum((v) => v.unanswered)).padStart(12)}${String(faults).padStart(8)}`,
  );
  for (const fault of endFaults) console.log(`  in the end: ${fault}`);
}
console.log(faulty === 0 ? "Nothing acknowledged was lost, nothing is there twice." : `${faulty} faults, told above.`);
process.exitCode = faulty === 0 ? 0 : 1;
