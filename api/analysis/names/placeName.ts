import { longForms, otherDirection } from "./abbreviations.ts";
import { lettersOf } from "./letterEdits.ts";
import { modernKey, plainWords, spelledNumber } from "./spelling.ts";

/** The level of area that a word before a name tells. */
export type NamedLevel = "village" | "district" | "regency" | "province";

/** Words that only say what kind of area follows, never a part of its name unless nothing follows. */
const levelWords: Readonly<Record<string, NamedLevel>> = {
  ds: "village",
  des: "village",
  desa: "village",
  ks: "village",
  kel: "village",
  klr: "village",
  kelurahan: "village",
  kec: "district",
  kecamatan: "district",
  kcm: "district",
  distrik: "district",
  dist: "district",
  kapanewon: "district",
  kemantren: "district",
  kab: "regency",
  kabupaten: "regency",
  kbp: "regency",
  kotamadya: "regency",
  kodya: "regency",
  prov: "province",
  prop: "province",
  provinsi: "province",
  propinsi: "province",
};

/** Words for kinds of areas that are as often a part of the name ("Kampung Baru"), with the unlikelihood, in nats, that one who writes the name leaves them out. */
const kindWords: Readonly<Record<string, number>> = {
  gampong: 0.7,
  nagari: 0.7,
  pekon: 0.7,
  tiyuh: 0.7,
  lembang: 0.7,
  kalurahan: 0.2,
  nagori: 0.9,
  negeri: 1.2,
  negri: 1.2,
  ohoi: 1,
  kampung: 2.5,
  kampong: 2.5,
  dusun: 2.5,
  kota: 2.5,
  huta: 3,
  kuta: 4,
};
const natsOfAddedKind = 1;
const natsOfLongForm = 1.4;
const natsOfLaterLongForm = 1.2;
const natsOfOtherDirection = 3;
const mostForms = 12;

/** The level that a word such as "kec" tells; null for any other word. */
export function levelOfWord(word: string): NamedLevel | null {
  return Object.hasOwn(levelWords, word) ? levelWords[word]! : null;
}

/** A way in which an official name may have been meant, and how unlikely that way is, in nats (0: as it stands). */
export interface NameForm {
  readonly key: string;
  /** The letters of the key, as bits. */
  readonly letters: number;
  readonly words: readonly string[];
  /** The words after the first, joined. */
  readonly end: string;
  readonly nats: number;
}

/** A name as somebody wrote it, ready to be held against official names. */
export interface TypedName {
  /** Its words joined, as they stand. */
  readonly closed: string;
  /** At least one, the likeliest first; at most 12. */
  readonly forms: readonly NameForm[];
}

/** A name as an official list has it, ready to be looked for. */
export interface OfficialName {
  readonly closed: string;
  readonly words: readonly string[];
  readonly key: string;
  readonly letters: number;
  /** The name without a leading word for its kind, where it has one: "Drien" of "Gampong Drien". */
  readonly bare: NameForm | null;
}

const withoutLevel = (words: readonly string[]): readonly string[] => {
  let first = 0;
  while (first < words.length - 1 && levelOfWord(words[first]!) !== null) first++;
  return words.slice(first);
};

function formOf(words: readonly string[], nats: number): NameForm {
  const key = modernKey(words);
  return { key, letters: lettersOf(key), words, end: words.slice(1).join(""), nats };
}

/** The one spelling in which names are compared: no kind words, one alphabet, digits as words, written together. Empty for a text without letters and digits. */
export function nameKey(text: string): string {
  return readOfficialName(text).key;
}

/** Reads an official name. Short forms in it are taken for the likeliest long one: "Sei Rampah" and "Sungai Rampah" have one key. */
export function readOfficialName(name: string): OfficialName {
  const plain = withoutLevel(plainWords(name));
  const words = plain.map((word) => (word.length === 1 ? undefined : longForms(word)[0]) ?? spelledNumber(word));
  const kind = Object.hasOwn(kindWords, words[0] ?? "") ? kindWords[words[0]!]! : null;
  const rest = words.slice(1);
  const key = modernKey(words);
  return {
    closed: plain.join(""),
    words,
    key,
    letters: lettersOf(key),
    bare: kind === null || rest.length === 0 ? null : formOf(rest, kind),
  };
}

/**
 * Reads a name as typed, or the words of one, into the ways in which it may be meant: short forms written out, the other word for a direction, without a
 * word for a kind ("Nagari", "Kampung") that the writer may have added.
 */
export function readTypedName(text: string | readonly string[]): TypedName {
  const plain = withoutLevel(typeof text === "string" ? plainWords(text) : text);
  let meant: { words: string[]; nats: number }[] = [{ words: [], nats: 0 }];
  for (const [index, word] of plain.entries()) {
    const ways = [
      { word: spelledNumber(word), nats: 0 },
      ...(word.length === 1 && index === plain.length - 1 ? [] : longForms(word)).map((long, rank) => ({
        word: long,
        nats: natsOfLongForm + rank * natsOfLaterLongForm,
      })),
    ];
    const other = otherDirection(word);
    if (other !== null) ways.push({ word: other, nats: natsOfOtherDirection });
    meant = meant.flatMap((before) => ways.map((way) => ({ words: [...before.words, way.word], nats: before.nats + way.nats })));
    meant = meant.sort((a, b) => a.nats - b.nats).slice(0, mostForms);
  }
  const bare = meant
    .filter(({ words }) => words.length > 1 && Object.hasOwn(kindWords, words[0]!))
    .map(({ words, nats }) => ({ words: words.slice(1), nats: nats + natsOfAddedKind }));
  const forms = [...meant, ...bare].sort((a, b) => a.nats - b.nats).slice(0, mostForms);
  return { closed: plain.join(""), forms: forms.map(({ words, nats }) => formOf(words, nats)) };
}
