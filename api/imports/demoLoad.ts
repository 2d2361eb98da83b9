import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportKind } from "../contract/importReport.ts";
import { dayOf, startOfDay } from "../contract/time.ts";
import type { Database } from "../database/database.ts";
import { lockAreas } from "../queries/areasVersion.ts";
import { boxOfRegency, endDemoSessions, removeRegency } from "../queries/demo.ts";
import { insertReport } from "../queries/reports.ts";
import { bumpDataVersion, getSetting, removeSetting, setSetting } from "../queries/settings.ts";
import { removeStaged } from "../queries/staging.ts";
import { markAllDue } from "../queries/standing.ts";
import { stageTiles, storeStagedTiles } from "../queries/tiles.ts";
import { keepVisitWork } from "../queries/visitWork.ts";
import { type Box, tileBox, tiledCollections, touchedBlocks } from "../tiles/covering.ts";
import { startCutter } from "../tiles/cutter.ts";
import { featuresInBox } from "../tiles/remake.ts";
import { demoIncidents } from "./demo.ts";
import { demoMonthlyReports, demoRoster } from "./demoCoverage.ts";
import { demoNilReports } from "./demoNilReports.ts";
import { demoFiles, demoRegency, demoYear, readDemoPlaces } from "./demoPlaces.ts";
import { demoPotentials } from "./demoPotentials.ts";
import { demoVisits } from "./demoVisits.ts";
import { type ImportParts, parseImportOptions } from "./request.ts";
import { runImport } from "./run.ts";

const seed = 9901;
const person = "demo";
const noOptions = { ...parseImportOptions({}), source: "Waspada, fiktif / fictional" };

async function importFile(
  kind: ImportKind,
  file: string,
  name: string,
  parts: ImportParts,
  options: { year?: number } = {},
): Promise<void> {
  const request = {
    id: randomUUID(),
    kind,
    file,
    name,
    contentType: null,
    options: { ...noOptions, ...options },
    person,
    role: "admin",
    areas: [demoRegency],
    language: "id" as const,
  };
  const { report, isRejected } = await runImport(request, parts);
  if (isRejected) throw new Error(`the demo's own ${name} was rejected: ${JSON.stringify(report.rows.slice(0, 3))}`);
}

async function storeVisits(parts: ImportParts, made: ReturnType<typeof demoVisits>): Promise<void> {
  await parts.database.transaction(
    async (transaction) => {
      for (const { kind, id, record } of made) {
        const contentHash = createHash("sha256").update(JSON.stringify(record)).digest("hex");
        await keepVisitWork(transaction, kind, { id, version: 1, contentHash, record }, { at: parts.now, person, operation: "create" });
      }
    },
    { durable: true, bulk: true },
  );
}

async function storeNilReports(parts: ImportParts, reports: ReturnType<typeof demoNilReports>): Promise<void> {
  await parts.database.transaction(
    async (transaction) => {
      for (const report of reports) {
        await insertReport(
          transaction,
          {
            id: report.id,
            villageCode: report.village_code,
            obtainedAt: startOfDay(report.obtained_at, parts.timeZone).toISOString(),
            obtainedPrecision: "day",
            channel: null,
            sourceValue: "B",
            contentValue: 2,
            facts: null,
            analysis: null,
            prediction: null,
            actionTaken: null,
            recommendation: null,
            status: "reported",
            nil: true,
            periodFrom: report.period_from,
            periodTo: report.period_to,
            contentHash: createHash("sha256").update(JSON.stringify(report)).digest("hex"),
          },
          [],
          parts.now,
          person,
        );
      }
      await setSetting(transaction, "demo", { regency: demoRegency, loadedAt: parts.now.toISOString(), seed });
      await bumpDataVersion(transaction);
    },
    { durable: true, bulk: true },
  );
}

/**
 * Loads the fictional kabupaten with its population, three years of incidents up to today and some nil reports, through the same imports that people use,
 * and marks the database as a demo: the setting `demo`, with `loading` true until all of it is there. Takes a few seconds.
 */
export async function loadDemo(parts: ImportParts): Promise<void> {
  const files = demoFiles();
  const today = dayOf(parts.now, parts.timeZone);
  const places = await readDemoPlaces();
  const incidents = demoIncidents(places, today, seed);
  // A load that was cut short begins anew.
  if (await getSetting(parts.database, "demo")) await removeDemo(parts.database);
  await parts.database.transaction((transaction) => setSetting(transaction, "demo", { regency: demoRegency, loading: true }), {
    durable: true,
  });
  const folder = await mkdtemp(join(tmpdir(), "waspada-demo-"));
  try {
    const incidentsFile = join(folder, "incidents.geojson");
    await writeFile(incidentsFile, JSON.stringify({ type: "FeatureCollection", features: incidents }));
    await importFile("boundaries", files.region, "region.geojson", parts);
    await importFile("indicators", files.indicators, "indicators.csv", parts, { year: demoYear });
    await importFile("incidents", incidentsFile, "incidents.geojson", parts);
    const rosterFile = join(folder, "roster.csv");
    await writeFile(rosterFile, demoRoster(places, today));
    await importFile("roster", rosterFile, "roster.csv", parts);
    const potentialsFile = join(folder, "potentials.geojson");
    await writeFile(potentialsFile, JSON.stringify({ type: "FeatureCollection", features: demoPotentials(places, today, seed) }));
    await importFile("potentials", potentialsFile, "potentials.geojson", parts);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await storeVisits(parts, demoVisits(places, today));
  await storeNilReports(parts, [...demoNilReports(places, incidents, today, seed), ...demoMonthlyReports(places, incidents, today, seed)]);
}

/** Draws anew, from what is stored now, the tiles that a box meets. */
async function redrawTiles(database: Database, importId: string, box: Box): Promise<void> {
  const cutter = startCutter();
  try {
    for (const [level, { collection, minZoom }] of Object.entries(tiledCollections) as [
      keyof typeof tiledCollections,
      { collection: string; minZoom: number },
    ][]) {
      for (const { block, tiles } of touchedBlocks([box], minZoom)) {
        const features = await featuresInBox(database, importId, level, tileBox(block));
        const cut = await cutter.cut({ collection, features, block, tiles });
        await stageTiles(
          database,
          importId,
          cut.map((tile) => ({ collection, ...tile })),
        );
      }
    }
  } finally {
    await cutter.close();
  }
}

/** Removes all demo data, its sessions and its mark; whatever an office loaded itself stays. */
export async function removeDemo(database: Database): Promise<void> {
  const mark = await getSetting<{ box?: Box }>(database, "demo");
  const box = await database.transaction(
    async (transaction) => {
      const found = mark?.box ?? (await boxOfRegency(transaction, demoRegency));
      // Areas change here too: what is prepared from them, such as the names that places are found by, is made anew.
      await lockAreas(transaction);
      await removeRegency(transaction, demoRegency);
      await endDemoSessions(transaction);
      // What scores are measured with was frozen on invented incidents: real ones are to have their own.
      await removeSetting(transaction, "official_version");
      await markAllDue(transaction, new Date());
      // Kept until the tiles are redrawn, so that a removal cut short can be asked for again.
      await setSetting(transaction, "demo", { regency: demoRegency, box: found });
      await bumpDataVersion(transaction);
      return found;
    },
    { durable: true },
  );
  const importId = randomUUID();
  try {
    if (box) await redrawTiles(database, importId, box);
    await database.transaction(
      async (transaction) => {
        // The tiles are others than after the areas went: what is kept of them goes too.
        await lockAreas(transaction);
        await storeStagedTiles(transaction, importId);
        await removeSetting(transaction, "demo");
        await bumpDataVersion(transaction);
      },
      { durable: true },
    );
  } finally {
    await removeStaged(database, importId).catch(() => undefined);
  }
}
