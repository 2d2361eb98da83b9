import type { FileRow } from "../formats/rows.ts";
import { officialList } from "../places/officialList.ts";
import { loadedAreas } from "../queries/areaList.ts";
import { readAreaCode } from "./areaCode.ts";
import { type FieldAliases, recordReader } from "./columns.ts";
import type { ImportParts, ImportRequest } from "./request.ts";

/** Names that tell which area a BPS code means. They are no indicators and no facts. */
export const placeNameFields: FieldAliases = {
  village: ["village", "village_name", "desa", "nama_desa", "kelurahan", "nama_kelurahan", "desa_kelurahan", "nmdesa"],
  district: ["district", "district_name", "kecamatan", "nama_kecamatan", "distrik", "nmkec"],
  regency: ["regency", "regency_name", "kabupaten", "kabupaten_kota", "kota", "nama_kabupaten", "nmkab"],
  province: ["province", "province_name", "provinsi", "nama_provinsi", "nmprov"],
};

/** What a BPS code stands for. */
export type BpsMeaning =
  | { readonly code: string; readonly sureness: number }
  /** Likeliest first; empty where nothing comes near. */
  | { readonly candidates: readonly { readonly code: string; readonly probability: number }[]; readonly regency: string | null };

/** Codes and names of areas, ascending; parents are beginnings of codes. */
export interface NamedCodes {
  readonly codes: readonly string[];
  readonly names: readonly string[];
}

/** Villages of one list surely found in another, and those that are open; see api/analysis/crosswalk/matchLists.ts. */
export interface NameMatches {
  readonly found: readonly { readonly from: string; readonly to: string; readonly sureness: number }[];
  readonly open: readonly {
    readonly code: string;
    readonly regency: string | null;
    readonly candidates: readonly { readonly code: string; readonly probability: number }[];
  }[];
}

/** Less sure matches wait for a person. Of 300 drawn from those above it in the census of 2010 none was wrong. */
const leastSure = 0.95;
const tenDigits = /^\d{10}$/;

/** The ten digits of a BPS village code, or null. It cannot be told from a Kemendagri code without dots by itself: the file as a whole shows which it holds. */
export function bpsDigits(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  return tenDigits.test(text) ? text : null;
}

/** Whether codes of this column are BPS codes: any of ten digits whose last four are those of no village of Kemendagri (1xxx, 2xxx or 3xxx). */
export function holdsBpsCodes(codes: Iterable<unknown>): boolean {
  for (const value of codes) {
    if (bpsDigits(value) === null) continue;
    const read = readAreaCode(value);
    if ("fault" in read && read.fault.code === "bps_code_later") return true;
  }
  return false;
}

const dotted = (digits: string): string => `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}`;

/** Reads codes and names of all rows of the file: the whole file says who is who, one row does not. About 20 MB for the nation. */
async function readNames(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  fields: FieldAliases,
): Promise<Map<string, string>> {
  const readCode = recordReader(fields, request.options.mapping, { name: request.name, keepOthers: false });
  const isMapped = Object.keys(placeNameFields).some((field) => Object.hasOwn(request.options.mapping ?? {}, field));
  const readPlace = recordReader(placeNameFields, isMapped ? request.options.mapping : null, { name: request.name, keepOthers: false });
  const names = new Map<string, string>();
  const keep = (code: string, name: unknown): void => {
    if (!names.has(code) && typeof name === "string" && name.trim() !== "") names.set(code, name.trim().slice(0, 200));
  };
  for await (const part of rows)
    for (const row of part) {
      if (row.fault) continue;
      const digits = bpsDigits(readCode(row.properties).code);
      if (digits === null) continue;
      const place = readPlace(row.properties);
      const code = dotted(digits);
      keep(code.slice(0, 2), place.province);
      keep(code.slice(0, 5), place.regency);
      keep(code.slice(0, 9), place.district);
      keep(code, place.village);
    }
  return names;
}

/** Everything that a code may mean: the areas that are loaded and, of kabupaten that are not, the official list. */
async function knownAreas(parts: ImportParts): Promise<NamedCodes> {
  const { codes, names } = await loadedAreas(parts.database);
  const areas = new Map(codes.map((code, index) => [code, names[index]!]));
  const loaded = new Set(codes.filter((code) => code.length === 13).map((code) => code.slice(0, 5)));
  for (const { code, name } of (await officialList()).areas()) if (!loaded.has(code.slice(0, 5)) && !areas.has(code)) areas.set(code, name);
  const sorted = [...areas.keys()].sort();
  return { codes: sorted, names: sorted.map((code) => areas.get(code)!) };
}

/**
 * Matches the BPS village codes of a file to Kemendagri codes by the names beside them, each code at most once. Cost: reads the file once more; for the
 * 77,000 villages of the nation a few seconds in a worker thread.
 * @returns what each code of ten digits stands for; codes without a name are left out.
 */
export async function matchBpsCodes(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  fields: FieldAliases,
  parts: ImportParts,
): Promise<ReadonlyMap<string, BpsMeaning>> {
  const names = await readNames(request, rows, fields);
  const codes = [...names.keys()].sort();
  const before = { codes, names: codes.map((code) => names.get(code)!) };
  const { found, open } = await parts.matchByNames(before, await knownAreas(parts), leastSure);
  const meanings = new Map<string, BpsMeaning>();
  for (const { from, to, sureness } of found) meanings.set(from.replaceAll(".", ""), { code: to, sureness });
  for (const { code, regency, candidates } of open) meanings.set(code.replaceAll(".", ""), { candidates, regency });
  return meanings;
}
