import { levelOfWord, type NamedLevel, readTypedName, type TypedName } from "../analysis/names/placeName.ts";
import { plainWords } from "../analysis/names/spelling.ts";

/** Words of a place text that follow each other and may be one name. */
export interface Span {
  /** First and last word, the last not included. */
  readonly from: number;
  readonly to: number;
  /** The bits of its words. */
  readonly mask: number;
  readonly typed: TypedName;
  /** The level that a word before it tells; null where none does. */
  readonly level: NamedLevel | null;
  /** A kind told with the level that names carry too: `kabupaten` or `kota`; null where none is told. */
  readonly kind: "kabupaten" | "kota" | null;
  /** How many commas, dashes or brackets it reaches over. */
  readonly breaks: number;
}

export interface PlaceText {
  readonly words: readonly string[];
  readonly spans: readonly Span[];
  /** For each word, in nats, how unlikely it is to stand there without naming any of the areas. */
  readonly strayNats: Float64Array;
}

const mostWords = 16;
const longestName = 6;
/** A word that stands there for another reason ("dekat pasar") is rare, and one certain word of its length rarer; after a word for something smaller than a village less so. */
const natsOfStrayWord = 4;
const natsOfStrayLetter = 2;
const natsOfStrayInside = 0.3;

const breaks = /[,;/()[\]{}|:\n\r\t–—•·]+|\s-+\s|\s-+|-+\s|\.\s*-/g;
const fillers = new Set(["di", "ke", "dari", "pada", "dekat", "sekitar", "wilayah", "kawasan", "terletak", "bertempat", "lokasi", "tkp"]);
/** What is smaller than a village: the words up to the next break or level name no area that is looked for. */
const smaller = new Set([
  "rt",
  "rw",
  "jl",
  "jln",
  "jalan",
  "gg",
  "gang",
  "dusun",
  "dsn",
  "dukuh",
  "dk",
  "blok",
  "lingk",
  "lingkungan",
  "perum",
  "perumahan",
  "km",
  "no",
  "nomor",
]);
const abroad = new Set(["indonesia", "ri", "nkri"]);
const kinds: Readonly<Record<string, "kabupaten" | "kota">> = {
  kab: "kabupaten",
  kabupaten: "kabupaten",
  kbp: "kabupaten",
  kotamadya: "kota",
  kodya: "kota",
};

/** Levels that are told after the name, in English lists. */
const levelsAfter: Readonly<Record<string, NamedLevel>> = {
  village: "village",
  subdistrict: "district",
  regency: "regency",
  municipality: "regency",
  province: "province",
};

const englishDirections: Readonly<Record<string, string>> = {
  north: "utara",
  south: "selatan",
  east: "timur",
  west: "barat",
  central: "tengah",
};

/** "North Aceh" as it is called here: "Aceh Utara". */
function inIndonesian([first = "", ...rest]: readonly string[]): readonly string[] {
  const direction = rest.length > 0 && Object.hasOwn(englishDirections, first) ? englishDirections[first] : undefined;
  return direction === undefined ? [first, ...rest] : [...rest, direction];
}

/** The words of a name without an English word for its level at the end, and that level. */
function withoutLevelAfter(words: readonly string[]): { words: readonly string[]; level: NamedLevel | null } {
  const last = words.at(-1) ?? "";
  const level = words.length > 1 && Object.hasOwn(levelsAfter, last) ? (levelsAfter[last] ?? null) : null;
  return level === null ? { words, level } : { words: inIndonesian(words.slice(0, -1)), level };
}

interface Word {
  readonly text: string;
  readonly level: NamedLevel | null;
  readonly kind: "kabupaten" | "kota" | null;
  readonly part: number;
  readonly isInside: boolean;
}

function readWords(text: string): Word[] {
  const words: Word[] = [];
  for (const [part, piece] of text.split(breaks).entries()) {
    let kind: Word["kind"] = null;
    let isInside = false;
    const { words: plain, level: after } = withoutLevelAfter(plainWords(piece));
    let level: NamedLevel | null = after;
    for (const [index, word] of plain.entries()) {
      const told = levelOfWord(word);
      if (told !== null && index < plain.length - 1) {
        level = told;
        kind = kinds[word] ?? null;
        isInside = false;
        continue;
      }
      if (fillers.has(word) && index === 0 && plain.length > 1) continue;
      if (abroad.has(word) && words.length > 0) continue;
      if (smaller.has(word) && level === null && index < plain.length - 1) isInside = true;
      if (words.length < mostWords) words.push({ text: word, level, kind, part, isInside });
      level = null;
      kind = null;
    }
  }
  return words;
}

/** Reads a text that tells a place into its words and every run of up to six of them that may be a name. Words beyond the sixteenth are left out. */
export function readPlaceText(text: string): PlaceText {
  const words = readWords(text);
  const spans: Span[] = [];
  for (let from = 0; from < words.length; from++) {
    let mask = 0;
    let parts = 0;
    for (let to = from + 1; to <= Math.min(words.length, from + longestName); to++) {
      const last = words[to - 1]!;
      // A level told inside begins another name.
      if (to - 1 > from && last.level !== null) break;
      if (to - 1 > from && last.part !== words[to - 2]!.part) parts++;
      if (parts > 1) break;
      mask |= 1 << (to - 1);
      const own = words.slice(from, to).map((word) => word.text);
      const { level, kind } = words[from]!;
      spans.push({ from, to, mask, typed: readTypedName(own), level, kind, breaks: parts });
    }
  }
  const strayNats = Float64Array.from(words, (word) =>
    word.isInside ? natsOfStrayInside * word.text.length : natsOfStrayWord + natsOfStrayLetter * word.text.length,
  );
  return { words: words.map((word) => word.text), spans, strayNats };
}

/** A place told in columns: each of those that are told is one name of its level. */
export function placeOfColumns(columns: {
  readonly village: string;
  readonly district: string;
  readonly regency: string;
  readonly province: string;
}): PlaceText {
  const words: string[] = [];
  const spans: Span[] = [];
  for (const level of ["village", "district", "regency", "province"] as const) {
    const plain = withoutLevelAfter(plainWords(columns[level])).words;
    if (plain.length === 0 || words.length >= mostWords) continue;
    // A column is one word here: no name reaches from one into the next.
    const from = words.length;
    words.push(plain.join(" "));
    const kind = level === "regency" ? (kinds[plain[0] ?? ""] ?? (plain[0] === "kota" && plain.length > 1 ? "kota" : null)) : null;
    spans.push({ from, to: from + 1, mask: 1 << from, typed: readTypedName(plain), level, kind, breaks: 0 });
  }
  return { words, spans, strayNats: Float64Array.from(words, (word) => natsOfStrayWord + natsOfStrayLetter * word.length) };
}
