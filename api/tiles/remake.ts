import { availableParallelism } from "node:os";
import type { Database } from "../database/database.ts";
import { type FlatPolygons, FlatPolygonsBuilder } from "../formats/flatPolygons.ts";
import { type AreaLevel, areasInBox, type ChangedArea, changedAreas, shapesToBe } from "../queries/stagedAreas.ts";
import { stageTiles } from "../queries/tiles.ts";
import { type Block, type Box, tileBox, tiledCollections, touchedBlocks } from "./covering.ts";
import type { TileFeatures } from "./cut.ts";
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

/** Staged shapes that need not be read from the database again. */
export type ShapesAtHand = ReadonlyMap<string, { readonly polygons: FlatPolygons; readonly at: number }>;

interface NamedShape {
  readonly code: string;
  readonly name: string;
}

/** Areas by ascending code, their shapes from memory where they are at hand. */
async function featuresOf(database: Database, importId: string, areas: readonly NamedShape[], atHand: ShapesAtHand): Promise<TileFeatures> {
  const builder = new FlatPolygonsBuilder();
  const codes: string[] = [];
  const names: string[] = [];
  for (let from = 0; from < areas.length; from += featuresPerQuery) {
    const page = areas.slice(from, from + featuresPerQuery);
    const asked = page.filter(({ code }) => !atHand.has(code)).map(({ code }) => code);
    const read = new Map((asked.length === 0 ? [] : await shapesToBe(database, importId, asked)).map((area) => [area.code, area]));
    for (const { code, name } of page) {
      const near = atHand.get(code);
      const far = read.get(code);
      if (near) builder.addFrom(near.polygons, near.at);
      else if (far) builder.add(far.geojson);
      else continue;
      codes.push(code);
      names.push(name);
    }
  }
  return { codes, names, polygons: builder.finish() };
}

const meets = (one: Box, other: Box): boolean => one[0] <= other[2] && one[2] >= other[0] && one[1] <= other[3] && one[3] >= other[1];

/** Areas of a level that will be stored and whose box meets the given one, by code; `changed` are the staged ones of the level. */
export async function featuresInBox(
  database: Database,
  importId: string,
  level: AreaLevel,
  box: Box,
  { changed, atHand }: { readonly changed: readonly ChangedArea[]; readonly atHand: ShapesAtHand } = { changed: [], atHand: new Map() },
): Promise<TileFeatures> {
  const staged = changed.filter((area) => meets(area.boxes[0]!, box));
  const areas = [...staged, ...(await areasInBox(database, importId, level, box))].sort((a, b) => (a.code < b.code ? -1 : 1));
  return featuresOf(database, importId, areas, atHand);
}

/**
 * Stages anew every tile that the import's staged areas touch, drawn from all areas there will be, so that neighbours of other imports stay whole.
 * As many threads cut as there are processors, each a block at a time.
 * @param atHand shapes of staged areas, as they are staged.
 * @param progress called with the share done, 0 to 1.
 * @returns how many tiles hold something.
 */
export async function remakeTiles(
  database: Database,
  importId: string,
  atHand: ShapesAtHand,
  parts: { progress: (share: number) => void; signal: AbortSignal },
): Promise<number> {
  const changed = await changedAreas(database, importId);
  const levels = Object.keys(tiledCollections) as AreaLevel[];
  const changedOf = new Map(levels.map((level) => [level, changed.filter((area) => area.level === level)]));
  const waiting: { level: AreaLevel; block: Block }[] = levels.flatMap((level) =>
    touchedBlocks(changedBoxes(changed, level), tiledCollections[level].minZoom).map((block) => ({ level, block })),
  );
  const total = waiting.reduce((sum, { block }) => sum + block.tiles.length, 0);
  // The largest first, so that no thread is left alone with one at the end.
  waiting.sort((a, b) => b.block.tiles.length - a.block.tiles.length);
  let done = 0;
  let filled = 0;
  const lane = async (): Promise<void> => {
    const cutter = startCutter();
    // While a block is cut, the one before is staged and the next one's shapes are gathered.
    let staging: Promise<unknown> = Promise.resolve();
    const gather = (next: { level: AreaLevel; block: Block } | undefined) => {
      const gathered =
        next && featuresInBox(database, importId, next.level, tileBox(next.block.block), { changed: changedOf.get(next.level)!, atHand });
      // A failure is told where it is awaited.
      gathered?.catch(() => undefined);
      return gathered;
    };
    try {
      let next = waiting.shift();
      let gathered = gather(next);
      while (next) {
        parts.signal.throwIfAborted();
        const { level, block } = next;
        const { collection } = tiledCollections[level];
        let features: TileFeatures | null = (await gathered) ?? null;
        next = waiting.shift();
        for (let from = 0; from < block.tiles.length; from += tilesPerCopy) {
          const cutting = cutter.cut({ collection, features, block: block.block, tiles: block.tiles.slice(from, from + tilesPerCopy) });
          // The thread has them now.
          features = null;
          if (from === 0) gathered = gather(next);
          const tiles = await cutting;
          await staging;
          staging = stageTiles(
            database,
            importId,
            tiles.map((tile) => ({ collection, ...tile })),
          );
          staging.catch(() => undefined);
          filled += tiles.filter((tile) => tile.data).length;
          done += tiles.length;
          parts.progress(done / total);
          parts.signal.throwIfAborted();
        }
      }
      await staging;
    } catch (error) {
      // The other lanes end too, before the failure is told: nobody stages any more then.
      waiting.length = 0;
      await staging.catch(() => undefined);
      throw error;
    } finally {
      await cutter.close();
    }
  };
  const lanes = Array.from({ length: Math.min(availableParallelism(), waiting.length) }, lane);
  for (const ended of await Promise.allSettled(lanes)) if (ended.status === "rejected") throw ended.reason;
  return filled;
}
