import { type Evidence, evidenceAt, type Guess, nothing } from "./guess.ts";

export const harmFields = ["killed", "injured", "displaced", "buildings_damaged", "buildings_destroyed"] as const;
export type HarmField = (typeof harmFields)[number];

const words: Readonly<Record<string, number>> = {
  nihil: 0,
  nol: 0,
  seorang: 1,
  satu: 1,
  sebuah: 1,
  dua: 2,
  tiga: 3,
  empat: 4,
  lima: 5,
  enam: 6,
  tujuh: 7,
  delapan: 8,
  sembilan: 9,
  sepuluh: 10,
  sebelas: 11,
  "dua belas": 12,
};
const number = `(?<![\\p{L}\\d.,/:-])(\\d{1,3}(?:\\.\\d{3})+|\\d{1,6}|dua\\s+belas|${Object.keys(words)
  .filter((word) => !word.includes(" "))
  .join("|")})(?![\\d.,/:]*\\d)(?!\\p{L})`;
const unit =
  "(?:orang|org|jiwa|korban|warga|pemuda|pelajar|siswa|santri|polisi|anggota|anak|petani|pesilat|perempuan|laki-laki|pengendara|unit|buah)";
// A few words may stand between a number and what happened, but no other number and no end of a sentence.
const between = "(?:\\s+(?!\\d|tidak|tdk|belum)[\\p{L}-]+){0,3}?";
const building = "(?:rumah|bangunan|kios|warung|toko|gedung|kantor|sekolah|masjid|musala|gereja|pos|lapak)";

const harms: readonly { readonly field: HarmField; readonly kind: string; readonly pattern: string }[] = [
  { field: "killed", kind: "", pattern: "meninggal(?:\\s+dunia)?|tewas|md|wafat" },
  { field: "injured", kind: "berat", pattern: "luka[\\s-]+(?:berat|parah)|lb" },
  { field: "injured", kind: "ringan", pattern: "luka[\\s-]+ringan|lr" },
  { field: "injured", kind: "", pattern: "luka[\\s-]*luka|luka(?:[\\s-]+(?:bacok|tusuk|memar|tembak|robek))?|terluka|cedera" },
  { field: "displaced", kind: "", pattern: "mengungsi|diungsikan|pengungsi" },
];
const edge = "(?!\\p{L})";

interface Found {
  readonly field: HarmField;
  readonly kind: string;
  readonly value: number;
  readonly evidence: Evidence;
}

function numberOf(text: string): number {
  const plain = text.toLowerCase().replace(/\s+/g, " ");
  return words[plain] ?? Number(plain.replaceAll(".", ""));
}

function people(text: string): Found[] {
  const found: Found[] = [];
  const isTaken = (start: number, end: number): boolean => found.some(({ evidence }) => start < evidence.end && end > evidence.start);
  const collect = (pattern: RegExp, field: HarmField, kind: string): void => {
    for (const { index, 0: whole, 1: told = "" } of text.matchAll(pattern)) {
      if (/\bkk\b|keluarga/i.test(whole) || isTaken(index, index + whole.length)) continue;
      found.push({ field, kind, value: numberOf(told), evidence: evidenceAt(text, index, index + whole.length) });
    }
  };
  for (const { field, kind, pattern } of harms) {
    // "luka berat 2 orang", "meninggal: 1": the number right behind.
    collect(
      new RegExp(
        `(?<!\\p{L})(?:${pattern})${edge}\\s*(?:[:=]|sebanyak|sejumlah|ada)?\\s*${number}(?:\\s+${unit})?(?!\\s+(?:kk|rumah|kios))`,
        "giu",
      ),
      field,
      kind,
    );
    // "2 orang luka", "dua pemuda mengalami luka berat": the number before.
    collect(new RegExp(`${number}(?:\\s+(?:orang|org))?${between}\\s+(?:${pattern})${edge}`, "giu"), field, kind);
  }
  return found;
}

function buildings(text: string): Found[] {
  const found: Found[] = [];
  const pattern = new RegExp(
    `${number}(?:\\s+(?:unit|buah))?\\s+${building}(?:\\s+(?!\\d)[\\p{L}-]+){0,2}?\\s+((?:habis|ludes)\\s+(?:terbakar|dibakar)|hangus|ludes|roboh|hancur|rata\\s+dengan\\s+tanah|rusak|dirusak|terbakar|dibakar|pecah)`,
    "giu",
  );
  for (const { index, 0: whole, 1: told = "", 2: how = "" } of text.matchAll(pattern)) {
    const isGone = /habis|ludes|hangus|roboh|hancur|rata/i.test(how);
    found.push({
      field: isGone ? "buildings_destroyed" : "buildings_damaged",
      kind: "",
      value: numberOf(told),
      evidence: evidenceAt(text, index, index + whole.length),
    });
  }
  return found;
}

// "belum ada korban" leaves it open; that there was none is said with these.
const none =
  /(?<!\p{L})(?:tidak\s+ada|tdk\s+ada|tidak\s+terdapat|tanpa|nihil)\s+korban(?:\s+(jiwa|meninggal|luka(?:[\s-]*luka)?))?(?!\p{L})/giu;
const noneBehind = /(?<!\p{L})korban(?:\s+(jiwa|luka))?\s*[:=]?\s*nihil(?!\p{L})/giu;

function absences(text: string): Found[] {
  return [none, noneBehind].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ index, 0: whole, 1: what = "" }): Found[] => {
      const evidence = evidenceAt(text, index, index + whole.length);
      const fields: HarmField[] = /luka/i.test(what) ? ["injured"] : what ? ["killed"] : ["killed", "injured"];
      return fields.map((field) => ({ field, kind: "", value: 0, evidence }));
    }),
  );
}

function guessOf(found: readonly Found[]): Guess<number> {
  const [first] = found.toSorted((a, b) => a.evidence.start - b.evidence.start);
  if (!first) return nothing;
  const byKind = new Map(found.map((one) => [one.kind, one]));
  // Badly and slightly hurt add up; the same told twice does not.
  if (byKind.has("berat") && byKind.has("ringan")) {
    const parts = [byKind.get("berat")!, byKind.get("ringan")!].toSorted((a, b) => a.evidence.start - b.evidence.start);
    return { value: parts[0]!.value + parts[1]!.value, evidence: parts[0]!.evidence, confidence: 0.75 };
  }
  const values = [...new Set(found.map(({ value }) => value))];
  if (values.length === 1) return { value: first.value, evidence: first.evidence, confidence: 0.85 };
  return { value: first.value, evidence: first.evidence, confidence: 0.5, alternatives: values.slice(1) };
}

/** How many were killed, hurt, driven out, and which buildings damaged or lost, where a number stands with it. Families (KK) are no persons, "puluhan" no number: unknown. */
export function findHarm(text: string): Record<HarmField, Guess<number>> {
  const found = [...people(text), ...buildings(text)];
  const all = [...found, ...absences(text).filter(({ field }) => !found.some((one) => one.field === field))];
  return Object.fromEntries(harmFields.map((field) => [field, guessOf(all.filter((one) => one.field === field))])) as Record<
    HarmField,
    Guess<number>
  >;
}
