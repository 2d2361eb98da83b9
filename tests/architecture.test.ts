import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { findViolations, importsOf, rooms, type SourceFile } from "./fixtures/house.ts";

const root = resolve(import.meta.dirname, "..");

function sourceFiles(): SourceFile[] {
  return ["api", "web", "scripts", "tests"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|svelte)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.startsWith(join(root, "web/dist")))
      .map((path) => ({ path: relative(root, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") })),
  );
}

test("every file keeps to the house's rules", () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(100);
  expect(findViolations(files)).toEqual([]);
});

test("every room of the table exists under its name", () => {
  const paths = sourceFiles().map(({ path }) => path);
  const later = ["scripts/reference", "web/charts"];
  expect(rooms.filter(({ place }) => !later.includes(place) && !paths.some((path) => path.startsWith(place)))).toEqual([]);
});

test.each<[string, string, string]>([
  ["api/analysis/rates/rates.ts", 'import { readFileSync } from "node:fs";', "must not import node:fs"],
  ["api/analysis/rates/rates.ts", 'import type { Village } from "../../contract/village.ts";', "must not import api/contract/village.ts"],
  ["api/analysis/hotspots/gi.ts", "const x = Math.random();", "takes chance or time from outside"],
  ["api/analysis/trend/trend.ts", "const today = Date.now();", "takes chance or time from outside"],
  ["api/contract/incident.ts", 'import express from "express";', "must not import express"],
  ["api/queries/incidents.ts", 'import { openEmbedded } from "../database/embedded.ts";', "must not import api/database/embedded.ts"],
  ["api/queries/incidents.ts", 'import { rates } from "../analysis/rates/rates.ts";', "must not import api/analysis/rates/rates.ts"],
  ["api/routes/rates.ts", 'const x = await import("../analysis/rates/rates.ts");', "must not import api/analysis/rates/rates.ts"],
  ["api/assessments/rates.ts", 'import { app } from "../app.ts";', "must not import api/app.ts"],
  [
    "api/imports/run.ts",
    'type P = import("../analysis/neighbours/contiguity.ts").Pairs;',
    "must not import api/analysis/neighbours/contiguity.ts",
  ],
  ["api/jobs/runner.ts", 'new Worker(new URL("../assessments/thread.ts", import.meta.url));', "must not import api/assessments/thread.ts"],
  ["api/formats/csv.ts", 'import { query } from "../queries/areas.ts";', "must not import api/queries/areas.ts"],
  ["web/client.ts", 'import { readConfig } from "../api/config.ts";', "must not import api/config.ts"],
  ["web/map/Map.svelte", '<script lang="ts">\nimport fs from "node:fs";\n</script>\n<div></div>', "must not import node:fs"],
  [
    "web/panels/Village.svelte",
    '<script lang="ts">import Chart from "../charts/Chart.svelte";</script>',
    "must not import web/charts/Chart.svelte",
  ],
  ["web/map/layers/risk.ts", 'import { x } from "../../panels/village.ts";', "must not import web/panels/village.ts"],
  ["scripts/load.ts", 'import { openDatabase } from "../api/database/open.ts";', "must not import api/database/open.ts"],
  ["scripts/demo.ts", 'import { seededRandom } from "../tests/fixtures/random.ts";', "must not import tests/fixtures/random.ts"],
  ["api/server.ts", 'import { seededRandom } from "../tests/fixtures/random.ts";', "must not import tests/fixtures/random.ts"],
  ["api/surprise/new.ts", "export const one = 1;", "stands in no room of the house"],
  ["api/queries/utils.ts", "export const one = 1;", '"utils" says nothing about what is inside'],
  ["web/shared/button.ts", "export const one = 1;", '"shared" says nothing about what is inside'],
  ["api/queries/long.ts", "const one = 1;\n".repeat(301), "has 301 lines, more than 300"],
  ["api/queries/index.ts", 'export * from "./areas.ts";', "passes on what others export"],
  ["api/queries/areas.ts", `// ${"TO"}DO: later`, "leaves something to do"],
  ["api/queries/areas.ts", "export default 1;", "exports by default"],
])("a planted fault is found: %s with %j", (path, text, violation) => {
  expect(findViolations([{ path, text }])).toEqual([`${path}: ${violation}`]);
});

test.each<[string, string]>([
  ["api/queries/incidents.ts", 'import type { Database } from "../database/database.ts";'],
  ["api/analysis/rates/rates.ts", 'import { gamma } from "../distributions/gamma.ts"; import Flatbush from "flatbush";'],
  ["api/server.ts", 'import { openDatabase } from "./database/open.ts"; import pino from "pino";'],
  ["scripts/start.ts", 'await import("../api/server.ts");'],
  [
    "web/panels/Village.svelte",
    '<script lang="ts">import Button from "../controls/Button.svelte"; import x from "./Score.svelte";</script>',
  ],
  ["web/App.svelte", '<script lang="ts">import Panel from "./panels/Village.svelte";</script>'],
  ["api/routes/index.ts", 'export { routes } from "./incidents.ts";'],
  ["api/queries/long.ts", "const one = 1;\n".repeat(300)],
])("what is allowed passes: %s with %j", (path, text) => {
  expect(findViolations([{ path, text }])).toEqual([]);
});

test("imports are read from every place where one can stand", () => {
  const text = `import a from "./a.ts"; import type { B } from "./b.ts"; export * from "./c.ts"; const d = import("./d.ts");
    type E = import("./e.ts").E; new URL("./f.ts", import.meta.url); import "./g.css"; // import "./no.ts"`;
  expect(importsOf({ path: "api/x.ts", text }).sort()).toEqual(["./a.ts", "./b.ts", "./c.ts", "./d.ts", "./e.ts", "./f.ts", "./g.css"]);
});
