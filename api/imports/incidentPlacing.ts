import type { CheckedIncident, Fault } from "../contract/incident.ts";
import type { VillageCandidate } from "../contract/villageCandidates.ts";
import { knownPlaces, spansFor } from "../places/knownPlaces.ts";
import { villagesWithin } from "../places/resolvePlace.ts";
import { villageAt } from "../queries/incidents.ts";
import { isNearVillage, regencyWithoutVillages } from "../queries/stagedPoints.ts";
import { type NamedPlace, placeFinder, type takePlace } from "./incidentPlace.ts";
import type { ImportParts, ImportRequest } from "./request.ts";

/** How far a place is known, coarser than a village: the code of the region that holds the point is as long. */
const codeLengths = { district: 8, regency: 5, province: 2, country: 0 } as const;
export const locationLevels = ["village", "district", "regency", "province", "country"] as const;
export type LocationLevel = (typeof locationLevels)[number];
const levelNames = {
  district: { id: "kecamatan", en: "district" },
  regency: { id: "kabupaten/kota", en: "regency" },
  province: { id: "provinsi", en: "province" },
  country: { id: "negara", en: "country" },
} as const;
const mostKept = 50;
/** How near a village a point may lie that a person is asked about, with the nearest villages as candidates; in metres. */
export const nearMetres = 10_000;

/** What became of the place of one incident. */
export type Placing =
  /** Its village is known, or its point will tell. */
  | { readonly is: "placed"; readonly villageCode: string | null }
  | { readonly is: "kept"; readonly candidates: readonly VillageCandidate[] }
  | { readonly is: "queued"; readonly fault: Fault; readonly candidates: readonly VillageCandidate[] }
  /** Its village, or at least its kabupaten, is known and not loaded. */
  | { readonly is: "notLoaded"; readonly areaCode: string }
  | { readonly is: "rejected"; readonly fault: Fault };

type TakenPlace = NonNullable<ReturnType<typeof takePlace>>;

/** Makes the function that places incidents told by name, or told more coarsely than by village, within what the sender may change. */
export async function incidentPlacer(
  request: ImportRequest,
  parts: ImportParts,
): Promise<(incident: CheckedIncident, told: TakenPlace | null, level: LocationLevel) => Promise<Placing>> {
  const gazetteer = await knownPlaces(parts.database);
  const find = placeFinder(gazetteer, spansFor(gazetteer, request.options.within, request.areas));
  const isKeeping = request.options.ambiguous === "keep";
  const villages = new Map<string, string | null>();

  /** A point in no village, of a row that tells its place in other ways too: by those ways, else near a village, else a person has to say. */
  const outside = async (point: readonly [number, number], told: TakenPlace | null): Promise<Placing> => {
    const found = told && find(told.names);
    if (found?.is === "elsewhere" && !found.isLoaded) return { is: "notLoaded", areaCode: found.villageCode };
    const regency = await regencyWithoutVillages(parts.database, point);
    if (regency !== null) return { is: "notLoaded", areaCode: regency };
    if (await isNearVillage(parts.database, point, nearMetres)) return { is: "placed", villageCode: null };
    return { is: "queued", fault: { field: "place", code: "place_unknown", value: told?.written ?? point.join(", ") }, candidates: [] };
  };

  const atPoint = async (point: readonly [number, number]): Promise<string | null> => {
    const key = point.join(" ");
    let code = villages.get(key);
    if (code === undefined) {
      code = (await villageAt(parts.database, point))?.code ?? null;
      villages.set(key, code);
    }
    return code;
  };

  const unsure = (fault: Fault, candidates: readonly VillageCandidate[]): Placing =>
    isKeeping && candidates.length >= 2 && candidates.length <= mostKept ? { is: "kept", candidates } : { is: "queued", fault, candidates };

  const byName = async (found: NamedPlace, written: string, point: CheckedIncident["point"]): Promise<Placing> => {
    if (found.is === "sure") return { is: "placed", villageCode: found.villageCode };
    if (found.is === "elsewhere") {
      if (!found.isLoaded) return { is: "notLoaded", areaCode: found.villageCode };
      return { is: "rejected", fault: { field: "place", code: "outside_scope", value: written } };
    }
    const village = point && (await atPoint(point));
    if (found.is === "unknown") {
      // What no list knows may be a hamlet: the point tells in which village.
      if (village) return { is: "placed", villageCode: village };
      if (point) return outside(point, null);
      return { is: "queued", fault: { field: "place", code: "place_unknown", value: written }, candidates: [] };
    }
    if (village && found.candidates.some(({ villageCode }) => villageCode === village)) return { is: "placed", villageCode: village };
    return unsure({ field: "place", code: "place_ambiguous", value: written, candidates: found.names }, found.candidates);
  };

  /** Of a region that is all that is known, each loaded village as likely; the one that holds the point first. */
  const coarse = (level: Exclude<LocationLevel, "village">, village: string, written: string | null): Placing => {
    const region = village.slice(0, codeLengths[level]);
    const { first, last } = villagesWithin(gazetteer, region);
    const codes = gazetteer.codes.slice(first, last).filter((_, index) => gazetteer.isLoaded[first + index] === 1);
    const inOrder = [village, ...codes.filter((code) => code !== village)];
    const listed = level === "country" || inOrder.length > mostKept ? [] : inOrder;
    const { id, en } = levelNames[level];
    const value = written ?? (region || "Indonesia");
    const fault = { field: "location_level", code: "place_coarse", value, level_id: id, level_en: en, villages: codes.length } as const;
    return unsure(
      fault,
      listed.map((villageCode) => ({ villageCode, probability: 1 / listed.length })),
    );
  };

  return async (incident, told, level) => {
    if (incident.villageCode !== null) return { is: "placed", villageCode: incident.villageCode };
    if (incident.point && (level !== "village" || told === null)) {
      const village = await atPoint(incident.point);
      if (village === null) return outside(incident.point, told);
      return level === "village" ? { is: "placed", villageCode: village } : coarse(level, village, told?.written ?? null);
    }
    return told === null ? { is: "placed", villageCode: null } : byName(find(told.names), told.written, incident.point);
  };
}
