import type { OfficialList } from "../../places/officialList.ts";
import type { AreaLevel } from "../../queries/stagedAreas.ts";
import { coverOf } from "./coveredAreas.ts";
import type { FindingList } from "./findingList.ts";
import type { FileArea } from "./readFindings.ts";

const depths = [2, 5, 8];
const kindWords: Readonly<Record<string, string>> = {
  desa: "desa",
  kelurahan: "kelurahan",
  desa_adat: "desa_adat",
  "desa adat": "desa_adat",
};

/** One spelling for names that differ in case, spaces and signs only. */
export const plainName = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "");

interface Compared {
  readonly areas: ReadonlyMap<string, FileArea>;
  /** Codes that the file names without a usable shape. */
  readonly refused: ReadonlySet<string>;
  readonly official: OfficialList;
  /** Codes of the upper levels that are loaded. */
  readonly loadedUpper: ReadonlySet<string>;
  /** Whether the sender may know of an area. */
  readonly isWithin: (code: string) => boolean;
}

/** What the official list has otherwise: new, missing, renamed, of another kind; and areas whose parent does not exist or is not loaded. */
export function addListFindings(list: FindingList, compared: Compared): void {
  const { areas, official } = compared;
  for (const [code, area] of areas) {
    const entry = official.find(code);
    addParentFinding(list, code, area, compared);
    if (!entry) {
      list.add("official_new", { row: area.row, code, name: area.name });
      continue;
    }
    if (plainName(entry.name) !== plainName(area.name))
      list.add("official_renamed", { row: area.row, code, name: area.name, value: area.name, expected: entry.name });
    const kind = area.kind === null ? null : kindWords[area.kind.trim().toLowerCase()];
    if (kind && entry.kind && kind !== entry.kind)
      list.add("official_kind", { row: area.row, code, name: area.name, value: kind, expected: entry.kind });
  }
  for (const [level, held] of byLevel(areas)) addMissing(list, level, new Set(held.keys()), compared);
}

/** The areas of a file, level by level. */
export function byLevel(areas: ReadonlyMap<string, FileArea>): Map<AreaLevel, Map<string, FileArea>> {
  const levels = new Map<AreaLevel, Map<string, FileArea>>();
  for (const [code, area] of areas) {
    const of = levels.get(area.level);
    if (of) of.set(code, area);
    else levels.set(area.level, new Map([[code, area]]));
  }
  return levels;
}

function addMissing(list: FindingList, level: AreaLevel, held: ReadonlySet<string>, { official, refused, isWithin }: Compared): void {
  const known = [...held];
  for (const { code } of official.areas(null, level)) if (!held.has(code)) known.push(code);
  const isCovered = coverOf(held, known);
  for (const { code, name } of official.areas(null, level)) {
    if (held.has(code) || refused.has(code) || !isCovered(code) || !isWithin(code)) continue;
    list.add("official_missing", { code, expected: name });
  }
}

/** The highest missing parent: a village of an unknown kabupaten has no kecamatan either. Parents of villages are made when they are not loaded. */
function addParentFinding(list: FindingList, code: string, area: FileArea, { areas, official, loadedUpper }: Compared): void {
  for (const parent of depths.filter((depth) => depth < code.length).map((depth) => code.slice(0, depth))) {
    const isLoaded = area.level === "village" || areas.has(parent) || loadedUpper.has(parent);
    const reason = official.has(parent) ? (isLoaded ? null : "not_loaded") : "not_in_list";
    if (reason === null) continue;
    list.add("no_parent", { row: area.row, code, name: area.name, value: parent, reason });
    return;
  }
}
