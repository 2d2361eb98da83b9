import { type Evidence, evidenceAt } from "./guess.ts";

/** A piece of a message that may name a village, with the texts to look up, the likeliest reading first. */
export interface PlacePhrase {
  readonly evidence: Evidence;
  readonly queries: readonly string[];
  /** Whether the message says that it is a village, not only that something was there. */
  readonly isNamed: boolean;
}

const stops =
  "pada|yang|yg|sekitar|sekira|telah|terjadi|dan|di|ke|dari|tanggal|tgl|pukul|pkl|jam|hari|wilayah|karena|krn|ada|saat|oleh|untuk|dengan|dgn|kec|kecamatan|kab|kabupaten|kota|desa|ds|kelurahan|kel|dusun|dsn|prov|provinsi|rt|rw|tadi|kemarin|semalam|warga|tidak|mengakibatkan|akibat|antara|senin|selasa|rabu|kamis|jumat|sabtu|minggu";
const word = `(?!(?:${stops})(?![\\p{L}]))[\\p{L}][\\p{L}'’-]*`;
// A village may be called Kota Baru: behind "desa" that word begins its name.
const name = `((?:kota\\s+)?${word}(?:\\s+${word}){0,2})`;
const village = new RegExp(
  `(?<!\\p{L})(?:desa|ds|kelurahan|kel)\\b\\.?\\s*${name}(?:[\\s,]*\\bkec(?:amatan)?\\b\\.?\\s*${name})?(?:[\\s,]*\\b(?:kab(?:upaten)?|kota)\\b\\.?\\s*${name})?`,
  "giu",
);
const somewhere =
  /(?<!\p{L})di\s+((?:\p{Lu}[\p{L}'’-]*)(?:\s+\p{Lu}[\p{L}'’-]*){0,2})(?:[\s,]*\bKec(?:amatan)?\b\.?\s*((?:\p{Lu}[\p{L}'’-]*)(?:\s+\p{Lu}[\p{L}'’-]*)?))?/gu;
const mostPhrases = 3;

/** A name as far as it goes: capitals keep it together; without them it may end after each word. */
function readings(text: string): string[] {
  const parts = text.split(/\s+/);
  const isCapital = (part: string): boolean => /^\p{Lu}/u.test(part);
  if (isCapital(parts[0] ?? "")) {
    const end = parts.findIndex((part) => !isCapital(part));
    return [parts.slice(0, end < 0 ? parts.length : end).join(" ")];
  }
  return parts.map((_, index) => parts.slice(0, index + 1).join(" ")).reverse();
}

/** The phrases of a message that may name a village, those that say so first; at most three of each kind. */
export function findPlacePhrases(text: string): PlacePhrase[] {
  const phrase = (match: RegExpExecArray, isNamed: boolean): PlacePhrase => {
    const [whole, called = "", district, regency] = match;
    const above = [district && `Kec. ${readings(district).at(0)}`, regency && `Kab. ${readings(regency).at(0)}`].filter(Boolean);
    const queries = readings(called).map((reading) => [`Desa ${reading}`, ...above].join(", "));
    const isShorter = !district && !regency && queries.length === 1;
    const end = isShorter ? match.index + whole.indexOf(called) + (readings(called)[0]?.length ?? 0) : match.index + whole.trimEnd().length;
    return { evidence: evidenceAt(text, match.index, end), queries, isNamed };
  };
  return [
    ...[...text.matchAll(village)].slice(0, mostPhrases).map((match) => phrase(match, true)),
    ...[...text.matchAll(somewhere)].slice(0, mostPhrases).map((match) => phrase(match, false)),
  ];
}
