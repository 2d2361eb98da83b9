import { parseArgs } from "node:util";
import { driveMatrix, makeWorld } from "./access/drive.ts";
import { cellsOf } from "./access/matrix.ts";
import { driveProperties } from "./access/properties.ts";
import { driveViewer } from "./access/viewerWorld.ts";
import { openPlace } from "./fuzz/enginePlace.ts";
import { driveToken } from "./service/life.ts";

// `npm run drive:access [-- --runs 20000 --seed 1]`: every route by everybody about every place, then random questions, and nothing protected in any answer or log.
const { values } = parseArgs({ options: { runs: { type: "string", default: "20000" }, seed: { type: "string", default: "1" } } });
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (![runs, seed].every((number) => Number.isInteger(number) && number >= 0)) {
  console.error("--runs and --seed take whole numbers from 0.");
  process.exit(2);
}
const place = await openPlace("postgres", { LOG_LEVEL: "debug" });
const faults: string[] = [];
/** Seconds since the last time it was asked, and the processor time that the service and this program took of them. */
function clock(service: () => number): () => string {
  let [atMs, own, others] = [performance.now(), process.cpuUsage(), service()];
  return () => {
    const [nowMs, spent, now] = [performance.now(), process.cpuUsage(own), service()];
    const told = `${((nowMs - atMs) / 1000).toFixed(0)} s (processor: service ${(now - others).toFixed(0)} s, drive ${((spent.user + spent.system) / 1e6).toFixed(0)} s)`;
    [atMs, own, others] = [nowMs, process.cpuUsage(), now];
    return told;
  };
}

try {
  const took = clock(place.service.processorSeconds);
  const door = { url: place.service.url, token: driveToken };
  const world = await makeWorld(door);
  const cells = cellsOf(world);
  faults.push(...(await driveMatrix(world, cells)));
  console.log(`${cells.length} cells of the matrix, ${faults.length} faults, ${took()}`);
  const before = faults.length;
  faults.push(...(await driveProperties(world, door, { runs, seed })));
  console.log(`${runs} random questions, ${faults.length - before} faults, ${took()}`);
  const viewer = await driveViewer(door, { pairs: 10_000, seed });
  faults.push(...viewer.faults);
  console.log(`${viewer.pairs} pairs of a viewer's questions, ${viewer.told} numbers told, ${viewer.faults.length} faults, ${took()}`);
  const log = place.service.takeLog();
  const written = world.canaries.filter(({ text }) => log.includes(text)).map(({ text }) => `${text} stands in the log`);
  faults.push(...written);
  console.log(`${world.canaries.length} canaries looked for in ${Math.round(log.length / 1000)} kB of log, ${written.length} found`);
} finally {
  await place.remove();
}
for (const fault of faults) console.log(`FAULT ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
