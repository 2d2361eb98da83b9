import type { Database } from "../database/database.ts";
import { type AreaLevel, areasInBox, type ChangedArea, changedAreas } from "../queries/stagedAreas.ts";
import { stageTiles } from "../queries/tiles.ts";
import { type Block, type Box, tileBox, tiledCollections, touchedBlocks } from "./covering.ts";
import type { TileFeature } from "./cut.ts";
import { startCutter } from "./cutter.ts";

const featuresPerQuery = 500;
const tilesPerCopy = 250;

/** Where a level's drawing changes: a new or renamed area as a whole, a united one only where the villages in it changed. */
function changedBoxes(changed: readonly ChangedArea[], level: AreaLevel): Box[] {
  const own = changed.filter((area) => area.level === level);
  const whole = own.filter((area) => level === "village" || area.isNewOrRenamed);
  const partly = new Set(own.filter((area) => level !== "village" && !area.isNewOrRenamed).map((area) => area.code));
  const length = { village: 13, district: 8, regency: 5, province: 2 }[level];
  const inside = partly.size > 0 ? changed.filter((area) => area.level === "village" && partly.has(area.code.slice(0, length))) : [];
  const withVillages = new Set(inside.map((area) => area.code.slice(0, length)));
  const others = own.filter((area) => partly.has(area.code) && !withVillages.has(area.code));
  return [...whole, ...inside, ...others].flatMap((area) => area.boxes);
}

async function featuresOf(database: Database, importId: string, level: AreaLevel, box: Box): Promise<TileFeature[]> {
  const features: TileFeature[] = [];
  for (let after = ""; ; ) {
    const page = await areasInBox(database, importId, level, box, after, featuresPerQuery);
    features.push(...page);
    if (page.length < featuresPerQuery) return features;
    after = page.at(-1)!.code;
  }
}

/**
 * Stages anew every tile that the import's staged areas touch, drawn from all areas there will be, so that neighbours of other imports stay whole.
 * The cutting runs in a thread of its own while the next block is read.
 * @param progress called with the share done, 0 to 1.
 * @returns how many tiles hold something.
 */
export async function remakeTiles(
  database: Database,
  importId: string,
  parts: { progress: (share: number) => void; signal: AbortSignal },
): Promise<number> {
  const changed = await changedAreas(database, importId);
  const work: { level: AreaLevel; block: Block }[] = (Object.keys(tiledCollections) as AreaLevel[]).flatMap((level) =>
    touchedBlocks(changedBoxes(changed, level), tiledCollections[level].minZoom).map((block) => ({ level, block })),
  );
  const total = work.reduce((sum, { block }) => sum + block.tiles.length, 0);
  const cutter = startCutter();
  let done = 0;
  let filled = 0;
  try {
    let cutting: Promise<void> = Promise.resolve();
    for (const { level, block } of work) {
      parts.signal.throwIfAborted();
      const features = await featuresOf(database, importId, level, tileBox(block.block));
      await cutting;
      const { collection } = tiledCollections[level];
      cutting = cutter.cut({ collection, features, tiles: block.tiles }).then(async (tiles) => {
        for (let from = 0; from < tiles.length; from += tilesPerCopy) {
          await stageTiles(
            database,
            importId,
            tiles.slice(from, from + tilesPerCopy).map((tile) => ({ collection, ...tile })),
          );
        }
        filled += tiles.filter((tile) => tile.data).length;
        done += tiles.length;
        parts.progress(done / total);
      });
      // Handled where it is awaited; without this an early failure would count as unhandled.
      cutting.catch(() => undefined);
    }
    await cutting;
  } finally {
    await cutter.close();
  }
  return filled;
}
