/** Letters that spellings of before 1972 wrote with two; see Ejaan van Ophuijsen (1901) and Soewandi (1947) against EYD (1972). */
const oldSpellings: readonly (readonly [RegExp, string])[] = [
  [/oe/g, "u"],
  [/tj/g, "c"],
  [/dj/g, "j"],
  [/nj/g, "ny"],
  [/sj/g, "sy"],
  [/ch/g, "kh"],
];

const largestWritten = 20;
const numberWords = [
  "nol",
  "satu",
  "dua",
  "tiga",
  "empat",
  "lima",
  "enam",
  "tujuh",
  "delapan",
  "sembilan",
  "sepuluh",
  "sebelas",
  "duabelas",
  "tigabelas",
  "empatbelas",
  "limabelas",
  "enambelas",
  "tujuhbelas",
  "delapanbelas",
  "sembilanbelas",
  "duapuluh",
] as const;

/**
 * The words of a text in small letters without accents: apostrophes vanish ("Ba'u" is "bau"), all other punctuation parts words, and so does the
 * border between letters and digits.
 */
export function plainWords(text: string): string[] {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'’‘`´ʼʻ"]/gu, "")
    .replace(/(\p{L})(?=\p{Nd})|(\p{Nd})(?=\p{L})/gu, "$1$2 ")
    .replace(/[^\p{L}\p{Nd}]+/gu, " ")
    .trim()
    .split(" ")
    .filter((word) => word !== "");
}

/** The value of a Roman numeral from i to xxxix; NaN for any other word. */
function romanValue(word: string): number {
  const parts = /^(x{0,3})(ix|iv|v?i{0,3})$/.exec(word);
  if (!parts || word === "") return Number.NaN;
  const [, tens, rest] = parts as unknown as [string, string, string];
  const ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"].indexOf(rest);
  return 10 * tens.length + ones;
}

/** A numeral, Roman or in digits, as the Indonesian word up to 20 and as digits above; any other word as it is. */
export function spelledNumber(word: string): string {
  const value = /^\d{1,3}$/.test(word) ? Number(word) : romanValue(word);
  if (Number.isNaN(value)) return word;
  return value <= largestWritten ? numberWords[value]! : String(value);
}

/**
 * Words written together in one spelling, so that ways of writing one name meet: old letters made new, doubled letters single. Not for showing:
 * "Banjar" becomes "banyar", just as "Bandjar" does, because nobody knows which spelling a text is in.
 */
export function modernKey(words: readonly string[]): string {
  let key = words.map(spelledNumber).join("");
  for (const [old, modern] of oldSpellings) key = key.replace(old, modern);
  return key.replace(/(\p{L})\1+/gu, "$1");
}
