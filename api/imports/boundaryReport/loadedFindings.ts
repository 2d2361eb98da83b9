import type { Database } from "../../database/database.ts";
import { type FlatPolygons, FlatPolygonsBuilder } from "../../formats/flatPolygons.ts";
import { type LoadedArea, loadedAreas, stagedGeojsonOf } from "../../queries/boundaryFindings.ts";
import { geojsonOf } from "../../queries/stagedAreas.ts";
import type { BoundaryChecks } from "./checks.ts";
import { coverOf } from "./coveredAreas.ts";
import type { FindingList, Found } from "./findingList.ts";
import { byLevel, plainName } from "./listFindings.ts";
import type { FileArea } from "./readFindings.ts";

const areasPerMeasure = 1000;

interface Compared {
  readonly database: Database;
  readonly importId: string;
  readonly areas: ReadonlyMap<string, FileArea>;
  readonly refused: ReadonlySet<string>;
  readonly checks: BoundaryChecks;
  readonly isWithin: (code: string) => boolean;
  readonly signal: AbortSignal;
}

/** What the file changes against what is loaded: new, gone, renamed, moved, and shapes that stand under another code. Returns how many stay as they are. */
export async function addLoadedFindings(list: FindingList, compared: Compared): Promise<number> {
  let unchanged = 0;
  const moved: string[] = [];
  for (const [level, file] of byLevel(compared.areas)) {
    const loaded = (await loadedAreas(compared.database, level)).filter(({ code }) => compared.isWithin(code));
    addGone(list, file, loaded, compared);
    const known = new Map(loaded.map((area) => [area.code, area]));
    for (const [code, { row, name, ringHash }] of file) {
      const before = known.get(code);
      if (!before) {
        list.add("loaded_new", { row, code, name });
        continue;
      }
      const isRenamed = plainName(before.name) !== plainName(name);
      if (isRenamed) list.add("loaded_renamed", { row, code, name, value: name, expected: before.name });
      if (before.ringHash !== ringHash) moved.push(code);
      else if (!isRenamed) unchanged++;
    }
  }
  await addMoves(list, moved.sort(), compared);
  return unchanged;
}

function addGone(
  list: FindingList,
  file: ReadonlyMap<string, FileArea>,
  loaded: readonly LoadedArea[],
  { refused }: Pick<Compared, "refused">,
): void {
  const codeOfShape = new Map([...file].map(([code, { ringHash }]) => [ringHash, code]));
  const isCovered = coverOf(file.keys(), [...file.keys(), ...loaded.map(({ code }) => code)]);
  for (const { code, name, ringHash } of loaded) {
    if (file.has(code) || refused.has(code) || !isCovered(code)) continue;
    list.add("loaded_gone", { code, name });
    const heir = codeOfShape.get(ringHash);
    if (heir !== undefined)
      list.add("duplicate_shape", { row: file.get(heir)!.row, code: heir, name: file.get(heir)!.name, otherCode: code, otherName: name });
  }
}

/** Measures how far each shape moved, some thousand at a time; the largest moves come first. */
async function addMoves(
  list: FindingList,
  codes: readonly string[],
  { database, importId, areas, checks, signal }: Compared,
): Promise<void> {
  const found: Found[] = [];
  for (let at = 0; at < codes.length; at += areasPerMeasure) {
    const page = codes.slice(at, at + areasPerMeasure);
    const after = await stagedGeojsonOf(database, importId, page);
    const here = after.map(({ code }) => code);
    const moves = await checks.measureMoves(drawn(await geojsonOf(database, here)), drawn(after), signal);
    for (const [i, { share, squareMetres, polygons }] of moves.entries()) {
      const { row, name } = areas.get(here[i]!)!;
      found.push({ row, code: here[i]!, name, share: Number.isNaN(share) ? null : share, squareMetres, polygons });
    }
  }
  for (const move of found.sort((a, b) => b.squareMetres! - a.squareMetres!)) list.add("loaded_moved", move);
}

function drawn(areas: readonly { readonly geojson: string }[]): FlatPolygons {
  const builder = new FlatPolygonsBuilder();
  for (const { geojson } of areas) builder.add(geojson);
  return builder.finish();
}
