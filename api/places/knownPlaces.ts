import type { Queryable } from "../database/database.ts";
import { areasVersion } from "../queries/areasVersion.ts";
import { areaNames } from "../queries/placeNames.ts";
import { type Gazetteer, makeGazetteer } from "./gazetteer.ts";
import { officialList } from "./officialList.ts";
import { type VillageSpans, villagesWithin } from "./resolvePlace.ts";

const made = new WeakMap<object, { readonly version: number; readonly gazetteer: Promise<Gazetteer> }>();

/**
 * The gazetteer of a database: its loaded areas beside the official list. Made at the first question after boundaries were imported (about 1 s for the nation)
 * and kept until they are imported again; questions that come meanwhile wait for the same one.
 */
export async function knownPlaces(database: Queryable): Promise<Gazetteer> {
  const version = await areasVersion(database);
  const kept = made.get(database);
  if (kept?.version === version) return kept.gazetteer;
  const gazetteer = (async () => {
    const [loaded, official] = [await areaNames(database), await officialList()];
    return makeGazetteer(loaded, official.areas());
  })();
  made.set(database, { version, gazetteer });
  // A failure, such as a database that is away, is not kept.
  gazetteer.catch(() => made.delete(database));
  return gazetteer;
}

const isInside = (code: string, area: string): boolean => code === area || code.startsWith(`${area}.`);

/** The villages inside `within` (null: everywhere) that a person bound to `scope` (null: to nothing) may see; null where that is all of them. */
export function spansFor(gazetteer: Gazetteer, within: string | null, scope: readonly string[] | null): VillageSpans | null {
  if (scope === null) return within === null ? null : [villagesWithin(gazetteer, within)];
  if (within === null) return scope.map((area) => villagesWithin(gazetteer, area));
  if (scope.some((area) => isInside(within, area))) return [villagesWithin(gazetteer, within)];
  return scope.filter((area) => isInside(area, within)).map((area) => villagesWithin(gazetteer, area));
}
