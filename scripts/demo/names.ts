import { createRandom } from "../../api/analysis/significance/random.ts";
import { districts } from "./frame.ts";

const firstParts = [
  "Sumber",
  "Karang",
  "Tegal",
  "Banyu",
  "Kali",
  "Randu",
  "Watu",
  "Jati",
  "Sido",
  "Wana",
  "Tirta",
  "Giri",
  "Kedung",
  "Sendang",
  "Lembah",
  "Padas",
  "Mekar",
  "Ngadi",
  "Pring",
  "Wringin",
  "Gondang",
  "Sambi",
  "Kebon",
  "Rejo",
  "Purwa",
  "Margo",
  "Tambak",
  "Jambu",
  "Dadap",
  "Kemuning",
  "Candi",
  "Bulu",
] as const;
const lastParts = [
  "wangi",
  "dadi",
  "asri",
  "luhur",
  "tentrem",
  "kerta",
  "harja",
  "mulya",
  "sewu",
  "ayu",
  "rahayu",
  "agung",
  "lor",
  "kidul",
  "wetan",
  "kulon",
  "biru",
  "putih",
  "jaya",
  "sentana",
  "pura",
  "anyar",
  "lestari",
  "makmur",
  "subur",
  "wening",
] as const;

/** Villages that the demo tells stories about, by kecamatan and number. */
const settled = [
  { district: "Karangjati", number: 10, name: "Sumberwangi" },
  { district: "Wanakerta", number: 7, name: "Kalidadi" },
] as const;

/** Every how many villages a name is used again in another kecamatan, as happens everywhere. */
const repeatEvery = 19;

/**
 * Names of villages, put together from common Javanese words. Inside one kecamatan a name occurs once; a few occur in two of them.
 * @param districtOf the kecamatan of each village, as its place in the list, in the order of codes.
 */
export function nameVillages(districtOf: readonly number[], seed: number): string[] {
  const random = createRandom(seed, 3);
  const usedIn = new Map<string, Set<number>>();
  const seats = new Set(districts.map(({ name }) => name));
  const names: string[] = [];
  const settledNames = new Set<string>(settled.map(({ name }) => name));
  const countOf = new Map<number, number>();
  for (const [village, district] of districtOf.entries()) {
    const elsewhere = names.filter(
      (name, i) => districtOf[i] !== district && usedIn.get(name)!.size === 1 && !usedIn.get(name)!.has(district),
    );
    const number = (countOf.get(district) ?? 0) + 1;
    countOf.set(district, number);
    let name: string | undefined = settled.find((known) => known.district === districts[district]!.name && known.number === number)?.name;
    if (name === undefined && village % repeatEvery === repeatEvery - 1) name = elsewhere[random.below(elsewhere.length)];
    while (name === undefined) {
      const made = `${firstParts[random.below(firstParts.length)]!}${lastParts[random.below(lastParts.length)]!}`;
      if (!usedIn.has(made) && !seats.has(made) && !settledNames.has(made)) name = made;
    }
    names.push(name);
    usedIn.set(name, (usedIn.get(name) ?? new Set()).add(district));
  }
  return names;
}
