import { type OfficialName, readOfficialName } from "../analysis/names/placeName.ts";
import { NameIndex } from "./nameIndex.ts";

/** An area as a list has it. */
export interface ListedName {
  readonly code: string;
  readonly name: string;
}

/** A province, regency or district with the span of what lies in it: entries `first` up to, not including, `last` of the level below. */
export interface Region {
  readonly code: string;
  readonly name: string;
  readonly official: OfficialName;
  /** Index of the region above; -1 for provinces. */
  readonly parent: number;
  readonly first: number;
  readonly last: number;
}

/** Every village that a text may mean, in the order of the codes, with what lies above it. Villages of one level and place lie next to each other. */
export interface Gazetteer {
  readonly codes: readonly string[];
  /** Index into `names` by village. */
  readonly nameOf: Int32Array;
  /** Distinct village names. */
  readonly names: NameIndex;
  /** Villages by distinct name: `villagesOf(name)`. */
  readonly villagesOf: (name: number) => Int32Array;
  readonly districtOf: Int32Array;
  /** 1 where the village is loaded, 0 where only the official list knows it. */
  readonly isLoaded: Uint8Array;
  /** How many villages before each one are loaded; one entry more than villages. */
  readonly loadedBefore: Int32Array;
  readonly districts: readonly Region[];
  readonly regencies: readonly Region[];
  readonly provinces: readonly Region[];
  readonly districtNames: NameIndex;
  readonly districtsOf: (name: number) => Int32Array;
}

const villageCode = /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/;
const lengths = { province: 2, regency: 5, district: 8 } as const;

const ascending = (a: ListedName, b: ListedName): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** Lets other work run between two parts of a long one. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function grouped(groupOf: Int32Array, groups: number): (group: number) => Int32Array {
  const starts = new Int32Array(groups + 1);
  for (const group of groupOf) starts[group + 1]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice(0, groups);
  const members = new Int32Array(groupOf.length);
  for (let index = 0; index < groupOf.length; index++) members[next[groupOf[index]!]!++] = index;
  return (group) => members.subarray(starts[group]!, starts[group + 1]!);
}

function regionsOf(
  below: readonly string[],
  length: number,
  nameOf: (code: string) => string | undefined,
): { regions: (Omit<Region, "parent"> & { parent: number })[]; regionOf: Int32Array } {
  const regions: (Omit<Region, "parent"> & { parent: number; last: number })[] = [];
  const regionOf = new Int32Array(below.length);
  for (const [index, inner] of below.entries()) {
    const code = inner.slice(0, length);
    let region = regions.at(-1);
    if (region?.code !== code) {
      const name = nameOf(code) ?? "";
      region = { code, name, official: readOfficialName(name), parent: -1, first: index, last: index };
      regions.push(region);
    }
    region.last = index + 1;
    regionOf[index] = regions.length - 1;
  }
  return { regions, regionOf };
}

function distinct(names: readonly string[]): { list: string[]; nameOf: Int32Array } {
  const numberOf = new Map<string, number>();
  const nameOf = Int32Array.from(names, (name) => {
    const known = numberOf.get(name);
    if (known !== undefined) return known;
    numberOf.set(name, numberOf.size);
    return numberOf.size - 1;
  });
  return { list: [...numberOf.keys()], nameOf };
}

/**
 * Makes the gazetteer of the loaded areas and of the areas of the official list, of all four levels in any order. Where both know a code, the loaded name
 * counts. The nation takes about 1 s, in parts, and about 40 MB.
 */
export async function makeGazetteer(loaded: Iterable<ListedName>, official: Iterable<ListedName>): Promise<Gazetteer> {
  const above = new Map<string, string>();
  const villages: (ListedName & { readonly isLoaded: boolean })[] = [];
  const known = new Set<string>();
  const take = (areas: Iterable<ListedName>, isLoaded: boolean): void => {
    for (const { code, name } of areas) {
      if (!villageCode.test(code)) {
        if (!above.has(code)) above.set(code, name);
      } else if (!known.has(code)) {
        known.add(code);
        villages.push({ code, name, isLoaded });
      }
    }
  };
  take(loaded, true);
  await pause();
  take(official, false);
  await pause();
  villages.sort(ascending);
  const codes = villages.map((village) => village.code);
  const { regions: districts, regionOf: districtOf } = regionsOf(codes, lengths.district, (code) => above.get(code));
  await pause();
  const inRegency = regionsOf(
    districts.map(({ code }) => code),
    lengths.regency,
    (code) => above.get(code),
  );
  const inProvince = regionsOf(
    inRegency.regions.map(({ code }) => code),
    lengths.province,
    (code) => above.get(code),
  );
  for (const [index, district] of districts.entries()) district.parent = inRegency.regionOf[index]!;
  for (const [index, regency] of inRegency.regions.entries()) regency.parent = inProvince.regionOf[index]!;
  const named = distinct(villages.map((village) => village.name));
  const districtNamed = distinct(districts.map((district) => district.name));
  const isLoaded = Uint8Array.from(villages, (village) => (village.isLoaded ? 1 : 0));
  const loadedBefore = new Int32Array(villages.length + 1);
  for (let village = 0; village < villages.length; village++) loadedBefore[village + 1] = loadedBefore[village]! + isLoaded[village]!;
  return {
    codes,
    nameOf: named.nameOf,
    names: await NameIndex.make(named.list, pause),
    villagesOf: grouped(named.nameOf, named.list.length),
    districtOf,
    isLoaded,
    loadedBefore,
    districts,
    regencies: inRegency.regions,
    provinces: inProvince.regions,
    districtNames: await NameIndex.make(districtNamed.list, pause),
    districtsOf: grouped(districtNamed.nameOf, districtNamed.list.length),
  };
}
