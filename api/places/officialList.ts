import { getDistricts, getProvinces, getRegencies, getVillages } from "idn-area-data";

export type OfficialLevel = "province" | "regency" | "district" | "village";

export interface OfficialArea {
  readonly code: string;
  readonly name: string;
  readonly level: OfficialLevel;
  /** `desa`, `kelurahan` or `desa_adat`; null above villages. */
  readonly kind: string | null;
}

/** The current official list of all four levels, codes ascending; a parent stands before what is inside it. */
export interface OfficialList {
  readonly size: number;
  has(code: string): boolean;
  find(code: string): OfficialArea | null;
  /** All areas, or those inside the area of this code (the area itself left out); one level of them or all. */
  areas(within?: string | null, level?: OfficialLevel | null): Iterable<OfficialArea>;
}

/** Where the list is from and under which licence; to be shown wherever the list leaves the service. */
export const officialListSource = {
  source: "idn-area-data 3.1.2",
  vintage: "2025",
  licence: "ODbL-1.0",
  attribution:
    "Daftar wilayah: idn-area-data (github.com/fityannugroho/idn-area-data), Open Database License 1.0, opendatacommons.org/licenses/odbl/1-0",
} as const;

const levelByLength: Readonly<Record<number, OfficialLevel>> = { 2: "province", 5: "regency", 8: "district", 13: "village" };
const kinds: Readonly<Record<string, string>> = { "1": "kelurahan", "2": "desa", "3": "desa_adat" };

let reading: Promise<OfficialList> | undefined;

/** The list, read at the first call (about 0.3 s) and kept from then on in under 3 MB. */
export function officialList(): Promise<OfficialList> {
  reading ??= readList();
  return reading;
}

async function readList(): Promise<OfficialList> {
  // One level after the other, so that only one of them is in memory as objects.
  const rows: { number: number; name: string }[] = [];
  for (const read of [getProvinces, getRegencies, getDistricts, getVillages])
    for (const { code, name } of await read()) rows.push({ number: numberOf(code), name: name.trim() });
  rows.sort((a, b) => a.number - b.number);
  const numbers = Float64Array.from(rows, (row) => row.number);
  const ends = new Uint32Array(rows.length);
  let length = 0;
  for (const [index, row] of rows.entries()) {
    length += row.name.length;
    ends[index] = length;
  }
  return listOf(numbers, rows.map((row) => row.name).join(""), ends);
}

/** Codes as numbers of ten digits, filled with zeros: their order is the order of the codes. Names lie end to end in one text. */
function listOf(numbers: Float64Array, names: string, ends: Uint32Array): OfficialList {
  const areaAt = (index: number): OfficialArea => {
    const code = codeOf(numbers[index]!);
    return {
      code,
      name: names.slice(index === 0 ? 0 : ends[index - 1], ends[index]),
      level: levelByLength[code.length]!,
      kind: code.length === 13 ? (kinds[code[9]!] ?? null) : null,
    };
  };
  const indexOf = (code: string): number => {
    if (!/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/.test(code)) return -1;
    const index = firstFrom(numbers, numberOf(code));
    return numbers[index] === numberOf(code) ? index : -1;
  };
  return {
    size: numbers.length,
    has: (code) => indexOf(code) !== -1,
    find: (code) => {
      const index = indexOf(code);
      return index === -1 ? null : areaAt(index);
    },
    *areas(within = null, level = null) {
      const prefix = within === null ? "" : `${within}.`;
      for (let index = within === null ? 0 : firstFrom(numbers, numberOf(within)); index < numbers.length; index++) {
        const area = areaAt(index);
        if (area.code === within) continue;
        if (!area.code.startsWith(prefix)) return;
        if (level === null || area.level === level) yield area;
      }
    },
  };
}

const numberOf = (code: string): number => Number(code.replaceAll(".", "").padEnd(10, "0"));

function codeOf(number: number): string {
  const digits = String(number);
  const parts = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6)];
  const depth = parts.findIndex((part) => Number(part) === 0);
  return (depth === -1 ? parts : parts.slice(0, depth)).join(".");
}

/** The first place whose number is not below the asked one. */
function firstFrom(numbers: Float64Array, asked: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! < asked) low = middle + 1;
    else high = middle;
  }
  return low;
}
