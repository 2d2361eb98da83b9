import { parentOf, type Villages } from "./areaList.ts";
import type { Link } from "./crosswalk.ts";

/** Words that tell the parts of a divided village apart. */
const partWords =
  /^(utara|selatan|timur|barat|tengah|barat daya|timur laut|tenggara|hulu|hilir|hilia|mudik|mudiak|ilir|ulu|atas|bawah|dalam|luar|baru|lama|jaya|indah|makmur|raya|pusat|satu|dua|tiga|empat|lima|enam|tujuh|[ivx]{1,4}|[a-f]|\d{1,2}|pemekaran|induk|wetan|kulon|lor|kidul)$/;
/** Not measured: neither lists nor names tell who divided and who only sounds alike. Set low enough that a person looks. */
const confidenceOfParts = 0.5;
const shortestStem = 3;

const words = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** A name without its last word, where that tells a part; null elsewhere. */
function stemOf(name: string): string | null {
  const all = words(name);
  const last = all.at(-1) ?? "";
  const stem = all.slice(0, -1).join(" ");
  return all.length > 1 && partWords.test(last) && stem.length >= shortestStem ? stem : null;
}

/**
 * Explains what is left over by parts of names within a kecamatan. A new "Panti Utara" beside a "Panti" that was there before came out of it: of the earlier
 * one nothing is taken (its share is 0, for nobody knows how much), the later one was in it. A vanished "Perak" of which only new parts are left split
 * among them in equal shares; vanished parts beside a later whole merged into it.
 */
export function namesInParts(
  before: Villages,
  after: Villages,
  links: readonly Link[],
  leftPlaces: readonly number[],
  leftFinds: readonly number[],
): Link[] {
  const districtAfter = new Map<string, string>();
  for (const { from, to, confidence } of links) if (confidence > 0.5) districtAfter.set(parentOf(from), parentOf(to));
  const bothBefore = wholeNames(before, (code) => code);
  const bothAfter = wholeNames(after, (code) => code);
  const found: Link[] = [];

  const divided = new Map<number, number[]>();
  for (const find of leftFinds) {
    const stem = stemOf(after.names[find]!);
    const origin = stem === null ? undefined : bothBefore.get(`${parentOf(after.codes[find]!)} ${stem}`);
    if (origin === undefined) continue;
    divided.set(origin, [...(divided.get(origin) ?? []), find]);
  }
  const vanished = new Set(leftPlaces);
  for (const [origin, parts] of divided) {
    const isGone = vanished.has(origin);
    for (const part of parts)
      found.push({
        from: before.codes[origin]!,
        to: after.codes[part]!,
        change: "split",
        confidence: confidenceOfParts,
        share: isGone ? 1 / parts.length : 0,
        shareBack: 1,
        evidence: ["name_in_parts", "same_district"],
      });
  }
  for (const place of leftPlaces) {
    if (divided.has(place)) continue;
    const stem = stemOf(before.names[place]!);
    const district = parentOf(before.codes[place]!);
    const whole =
      stem === null ? undefined : (bothAfter.get(`${district} ${stem}`) ?? bothAfter.get(`${districtAfter.get(district)} ${stem}`));
    if (whole === undefined) continue;
    found.push({
      from: before.codes[place]!,
      to: after.codes[whole]!,
      change: "merged",
      confidence: confidenceOfParts,
      share: 1,
      shareBack: 0,
      evidence: ["name_in_parts", "same_district"],
    });
  }
  return found;
}

/** Villages by kecamatan and name in words; those that stand twice under one name are left out. */
function wholeNames(villages: Villages, districtOf: (code: string) => string): Map<string, number> {
  const names = new Map<string, number>();
  const twice = new Set<string>();
  for (const [index, code] of villages.codes.entries()) {
    const key = `${districtOf(parentOf(code))} ${words(villages.names[index]!).join(" ")}`;
    if (names.has(key)) twice.add(key);
    names.set(key, index);
  }
  for (const key of twice) names.delete(key);
  return names;
}
