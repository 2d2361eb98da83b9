import { availableParallelism } from "node:os";
import type { Database } from "../database/database.ts";
import { type AreaLevel, type ChangedArea, changedAreas, codesInBox, shapesToBe } from "../queries/stagedAreas.ts";
import { stageTiles } from "../queries/tiles.ts";
import { type Block, type Box, tileBox, tiledCollections, touchedBlocks } from "./covering.ts";
import type { TileFeature } from "./cut.ts";
import { startCutter } from "./cutter.ts";

const featuresPerQuery = 500;
const tilesPerCopy = 500;

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

/** Areas of a level that will be stored and whose box meets the given one, by code. */
export async function featuresInBox(database: Database, importId: string, level: AreaLevel, box: Box): Promise<TileFeature[]> {
  const codes = await codesInBox(database, importId, level, box);
  const features: TileFeature[] = [];
  for (let from = 0; from < codes.length; from += featuresPerQuery)
    features.push(...(await shapesToBe(database, importId, codes.slice(from, from + featuresPerQuery))));
  return features;
}

/**
 * Stages anew every tile that the import's staged areas touch, drawn from all areas there will be, so that neighbours of other imports stay whole.
 * As many threads cut as there are processors, each a block at a time.
 * @param progress called with the share done, 0 to 1.
 * @returns how many tiles hold something.
 */
export async function remakeTiles(
  database: Database,
  importId: string,
  parts: { progress: (share: number) => void; signal: AbortSignal },
): Promise<number> {
  const changed = await changedAreas(database, importId);
  const waiting: { level: AreaLevel; block: Block }[] = (Object.keys(tiledCollections) as AreaLevel[]).flatMap((level) =>
    touchedBlocks(changedBoxes(changed, level), tiledCollections[level].minZoom).map((block) => ({ level, block })),
  );
  const total = waiting.reduce((sum, { block }) => sum + block.tiles.length, 0);
  // The largest first, so that no thread is left alone with one at the end.
  waiting.sort((a, b) => b.block.tiles.length - a.block.tiles.length);
  let done = 0;
  let filled = 0;
  const lane = async (): Promise<void> => {
    const cutter = startCutter();
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        parts.signal.throwIfAborted();
        const { level, block } = next;
        const { collection } = tiledCollections[level];
        let features: TileFeature[] | null = await featuresInBox(database, importId, level, tileBox(block.block));
        for (let from = 0; from < block.tiles.length; from += tilesPerCopy) {
          const wanted = block.tiles.slice(from, from + tilesPerCopy);
          const tiles = await cutter.cut({ collection, features, tiles: wanted });
          // The thread has them now.
          features = null;
          await stageTiles(
            database,
            importId,
            tiles.map((tile) => ({ collection, ...tile })),
          );
          filled += tiles.filter((tile) => tile.data).length;
          done += tiles.length;
          parts.progress(done / total);
          parts.signal.throwIfAborted();
        }
      }
    } catch (error) {
      // The other lanes end too, before the failure is told: nobody stages any more then.
      waiting.length = 0;
      throw error;
    } finally {
      await cutter.close();
    }
  };
  const lanes = Array.from({ length: Math.min(availableParallelism(), waiting.length) }, lane);
  for (const ended of await Promise.allSettled(lanes)) if (ended.status === "rejected") throw ended.reason;
  return filled;
}
