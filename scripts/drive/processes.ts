import { parseArgs } from "node:util";
import { driveProcesses } from "./processes/drive.ts";

const usage = `npm run drive:processes [-- --seconds 60 --rate 40 --processes 2 --connections 50 --villages 400]

Makes a primary, a streaming replica and several processes of the service here and proves them under load: reports are filed, read back at once and
replaced while the replica is held back, lags, stops and comes again, and processes of the service are killed.`;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "40" },
    processes: { type: "string", default: "2" },
    connections: { type: "string", default: "50" },
    villages: { type: "string", default: "400" },
  },
});
const numbers = Object.values(values).map(Number);
if (numbers.some((number) => !Number.isInteger(number) || number < 1) || Number(values.processes) < 2) {
  console.error(usage);
  process.exit(2);
}

const { found, lost, doubled, killedAtMs, faults } = await driveProcesses({
  seconds: Number(values.seconds),
  ratePerSecond: Number(values.rate),
  processes: Number(values.processes),
  connections: Number(values.connections),
  villages: Number(values.villages),
  say: (line) => console.log(line),
});
const after = (share: number): string =>
  (found.acknowledgedAfterMs[Math.floor(share * (found.acknowledgedAfterMs.length - 1))] ?? Number.NaN).toFixed(0);
console.log(
  `\n${found.acknowledged.length} reports acknowledged, ${lost} lost, ${doubled} doubled; ${found.reads} reads of own writes, ${found.stale.length} stale;
${killedAtMs.length} processes killed, ${found.broken.length} requests cut off by it and sent again; ${found.busy} told to come again; acknowledged after p50 ${after(0.5)} ms, p99 ${after(0.99)} ms`,
);
for (const fault of faults) console.log(`FAULT ${fault}`);
console.log(faults.length === 0 ? "Held." : `${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;
