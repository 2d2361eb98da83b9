import { nameNats } from "../../api/analysis/names/nameLikelihood.ts";
import { levelOfWord, type OfficialName, readOfficialName, readTypedName } from "../../api/analysis/names/placeName.ts";

/** A village as the device keeps it. */
export interface KeptVillage {
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly bbox: readonly [west: number, south: number, east: number, north: number];
}

/** A village ready to be looked for. */
export interface ReadVillage extends KeptVillage {
  readonly official: OfficialName;
  readonly officialDistrict: OfficialName;
}

/** Names further than this, in nats, are no longer taken for what was typed. */
const farthest = 12;
/** A name that only begins with what was typed comes after those that are it. */
const natsOfBeginning = 6;

/** Reads the names of villages once, so that every key is answered at once. */
export function readVillages(villages: readonly KeptVillage[]): ReadVillage[] {
  return villages.map((village) => ({
    ...village,
    official: readOfficialName(village.name),
    officialDistrict: readOfficialName(village.district),
  }));
}

/** The name typed and, after a comma or a word such as "kec", what lies above it. */
function partsOf(text: string): { name: string; above: string } {
  const words = text.split(/\s+/);
  const marked = words.findIndex((word, index) => {
    const level = levelOfWord(word.toLowerCase().replace(/[^a-z]/g, ""));
    return index > 0 && level !== null && level !== "village";
  });
  const comma = text.indexOf(",");
  if (comma >= 0 && (marked < 0 || comma < words.slice(0, marked).join(" ").length + 1))
    return { name: text.slice(0, comma), above: text.slice(comma + 1) };
  return marked < 0 ? { name: text, above: "" } : { name: words.slice(0, marked).join(" "), above: words.slice(marked).join(" ") };
}

/**
 * Villages that a text may mean, the likeliest first, by the same reading of names as in the service: short forms, old spellings and slips are understood.
 * Cost: about 5 microseconds a village.
 */
export function matchVillages(text: string, villages: readonly ReadVillage[], limit: number): ReadVillage[] {
  const { name, above } = partsOf(text.trim());
  const typed = readTypedName(name);
  const district = above.trim() === "" ? null : readTypedName(above);
  const found: { village: ReadVillage; nats: number }[] = [];
  for (const village of villages) {
    let nats = nameNats(typed, village.official, farthest);
    if (nats > natsOfBeginning && typed.closed.length > 1 && village.official.closed.startsWith(typed.closed)) nats = natsOfBeginning;
    if (district !== null) nats += Math.min(farthest, nameNats(district, village.officialDistrict, farthest));
    if (nats <= farthest) found.push({ village, nats });
  }
  return found
    .sort((a, b) => a.nats - b.nats || (a.village.code < b.village.code ? -1 : 1))
    .slice(0, limit)
    .map(({ village }) => village);
}
