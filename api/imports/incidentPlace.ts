import type { VillageCandidate } from "../contract/villageCandidates.ts";
import { describeVillage } from "../places/findPlaces.ts";
import type { Gazetteer } from "../places/gazetteer.ts";
import { type PlaceText, placeOfColumns, readPlaceText } from "../places/placeText.ts";
import { type Resolution, resolvePlace, type VillageSpans } from "../places/resolvePlace.ts";
import type { FieldAliases } from "./columns.ts";

/** Columns that tell a place by name, or in one text. */
export const placeFields: FieldAliases = {
  village: [
    "village",
    "desa",
    "kelurahan",
    "desa_kelurahan",
    "nama_desa",
    "nama_kelurahan",
    "nama_desa_kelurahan",
    "village_name",
    "gampong",
    "nagari",
  ],
  district: ["district", "kecamatan", "nama_kecamatan", "district_name", "kec"],
  regency: ["regency", "kabupaten", "kota", "kabupaten_kota", "kab_kota", "nama_kabupaten", "nama_kabupaten_kota", "regency_name", "kab"],
  province: ["province", "provinsi", "propinsi", "nama_provinsi", "province_name"],
  place: ["place", "tempat", "lokasi", "tempat_kejadian", "tkp", "alamat", "location"],
};

/** A row is placed without asking from this probability on: higher than what is shown as sure, for nobody looks at each row of a file. */
const sureProbability = 0.95;
/** A village that is not loaded is meant, rather than a slip in one that is. */
const elsewhereProbability = 0.8;
const mostCandidates = 20;
const leastProbability = 0.01;
const mostRemembered = 50_000;

/** What a place told by name comes to. */
export type NamedPlace =
  | { readonly is: "sure"; readonly villageCode: string }
  | { readonly is: "ambiguous"; readonly candidates: readonly VillageCandidate[]; readonly names: string }
  | { readonly is: "unknown" }
  /** A village of the official list, or one outside of the person's areas. */
  | { readonly is: "elsewhere"; readonly villageCode: string; readonly isLoaded: boolean };

type Names = Readonly<Record<"village" | "district" | "regency" | "province" | "place", string>>;

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "");

/** Takes the place by name out of a record: its names, and how it was written; null where none is told. */
export function takePlace(record: Record<string, unknown>): { names: Names; written: string } | null {
  const names = Object.fromEntries(Object.keys(placeFields).map((field) => [field, textOf(record[field])])) as Names;
  for (const field of Object.keys(placeFields)) delete record[field];
  const written = [names.place, names.village, names.district, names.regency, names.province].filter((text) => text !== "").join(", ");
  return written === "" ? null : { names, written: written.slice(0, 500) };
}

/** A column that says more than one name, as "Sumberagung, Kec. Megaluh", is read as a text. */
const isText = (names: Names): boolean => names.place !== "" || /[,;/]|\bkec\b|\bkab\b/i.test(names.village);

function readNames(names: Names): PlaceText {
  if (!isText(names)) return placeOfColumns(names);
  const regency = /^(kab|kota)\b/i.test(names.regency) || names.regency === "" ? names.regency : `Kab. ${names.regency}`;
  const above = [names.district && `Kec. ${names.district}`, regency, names.province && `Prov. ${names.province}`];
  return readPlaceText([names.place, names.village, ...above].filter((text) => text !== "").join(", "));
}

function placeFrom({ candidates, elsewhere }: Resolution, gazetteer: Gazetteer): NamedPlace {
  const first = candidates[0];
  if (first && first.probability >= sureProbability) return { is: "sure", villageCode: gazetteer.codes[first.village]! };
  if (elsewhere && elsewhere.probability >= elsewhereProbability) {
    const { village } = elsewhere;
    return { is: "elsewhere", villageCode: gazetteer.codes[village]!, isLoaded: gazetteer.isLoaded[village] === 1 };
  }
  const likely = candidates.filter(({ probability }) => probability >= leastProbability).slice(0, mostCandidates);
  if (likely.length === 0) return { is: "unknown" };
  return {
    is: "ambiguous",
    candidates: likely.map(({ village, probability }) => ({ villageCode: gazetteer.codes[village]!, probability })),
    names: likely
      .slice(0, 3)
      .map(({ village }) => Object.values(describeVillage(gazetteer, village)).slice(0, 3).join(" "))
      .join("; "),
  };
}

/** Makes the function that finds places by name; each different way of telling is worked out once. */
export function placeFinder(gazetteer: Gazetteer, within: VillageSpans | null): (names: Names) => NamedPlace {
  const known = new Map<string, NamedPlace>();
  return (names) => {
    const key = JSON.stringify(names);
    let place = known.get(key);
    if (!place) {
      place = placeFrom(resolvePlace(readNames(names), gazetteer, { within }), gazetteer);
      if (known.size >= mostRemembered) known.clear();
      known.set(key, place);
    }
    return place;
  };
}
