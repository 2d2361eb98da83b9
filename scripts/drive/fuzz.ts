import { parseArgs } from "node:util";
import { driveRequests } from "./fuzz/drive.ts";
import { openPlace } from "./fuzz/enginePlace.ts";

// `npm run drive:fuzz [-- --requests 100000 --seed 1 --from 0 --engine postgres|embedded --cases all|quick|none]`: what is sent wrong, by name and by chance.
const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    engine: { type: "string", default: "postgres" },
  },
});
const [requests, seed, from] = [Number(values.requests), Number(values.seed), Number(values.from)];
if (
  ![requests, seed, from].every((number) => Number.isInteger(number) && number >= 0) ||
  !["postgres", "embedded"].includes(values.engine)
) {
  console.error("--requests, --seed and --from take whole numbers from 0, --engine postgres or embedded.");
  process.exit(2);
}

const place = await openPlace(values.engine as "postgres" | "embedded");
let faults: readonly string[] = [];
try {
  faults = await driveRequests(place, { requests, seed, from });
} finally {
  await place.remove();
}
console.log(faults.length === 0 ? "Nothing was wrong." : `${faults.length} faults, told above.`);
process.exitCode = faults.length === 0 ? 0 : 1;
