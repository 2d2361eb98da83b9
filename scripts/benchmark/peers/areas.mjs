// Times GeoDa (WebAssembly) on the polygons, links and numbers of a folder; prints a line of JSON for each work, without start and reading. node areas.mjs FOLDER
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = process.argv[2];
const require = createRequire(import.meta.url);

// The packages take themselves for a page: they ask for a window and a language, and load WebAssembly from an address.
globalThis.navigator ??= { language: "en" };
globalThis.window = globalThis;
const program = (name) => {
  const file = join(dirname(require.resolve(`@geoda/${name}`)), `../wasm/geoda-${name}.wasm`);
  return `data:application/wasm;base64,${readFileSync(file).toString("base64")}`;
};
const lisa = await import("@geoda/lisa");
const core = await import("@geoda/core");
await lisa.initWASM(program("lisa"));
await core.initWASM(program("core"));
const { version } = JSON.parse(readFileSync(join(dirname(require.resolve("@geoda/core")), "../package.json"), "utf8"));

/** What takes over five seconds is run once; all else is warmed by its first run, then repeated. */
async function report(work, name, run, note) {
  const timed = async () => {
    const start = performance.now();
    const found = await run();
    return { milliseconds: performance.now() - start, found };
  };
  const first = await timed();
  const times = [];
  if (first.milliseconds > 5000) times.push(first.milliseconds);
  else for (let run = 0; run < 3; run++) times.push((await timed()).milliseconds);
  console.log(JSON.stringify({ work, name: `GeoDa ${version}, ${name}`, times, note: note(first.found) }));
}

const rowsOf = (name) =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
const values = rowsOf("values.csv");
const counts = values.map(([count]) => count);
const population = values.map(([, people]) => people);
const rates = values.map(([count, people]) => count / people);
const neighbours = values.map(() => []);
for (const [from, to] of rowsOf("links.csv")) {
  neighbours[from].push(to);
  neighbours[to].push(from);
}
const significant = ({ pValues }) => `${pValues.filter((p) => p <= 0.05).length} at directed p ≤ 0.05`;
await report(
  "local",
  "spatialEmpiricalBayes",
  () => core.spatialEmpiricalBayes(population, counts, neighbours),
  () => "",
);
await report(
  "moran999",
  "localMoran 999",
  () => lisa.localMoran({ data: rates, neighbors: neighbours, permutation: 999, seed: 1 }),
  significant,
);

const geometries = readFileSync(join(folder, "areas.geojsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line))
  .filter(({ geometry }) => geometry !== null);
const geomCollection = await core.getGeometryCollection({ geometries });
await report(
  "neighbours",
  "queen within 1e-5°",
  () => core.getContiguityNeighborsFromGeomCollection({ geomCollection, isQueen: true, precisionThreshold: 1e-5 }),
  (lists) => `${lists.reduce((sum, list) => sum + list.length, 0) / 2} pairs`,
);
