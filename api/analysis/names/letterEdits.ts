/** The letters beside each on the keyboard. */
const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"] as const;
/** Letters that stand for nearly the same sound in ways of writing Indonesian and its regional languages: Wonosari and Wanasari, Mulya and Mulia. */
const soundPairs = ["ao", "uo", "ie", "yi", "yj", "vf", "fp", "zs", "zj", "qk", "dt", "bp", "gk", "wu", "vw", "ea"] as const;

const nats = {
  sound: 3.4,
  neighbour: 5.6,
  anyLetter: 7.6,
  leftOut: 4.8,
  silentLeftOut: 3.2,
  doubled: 4.4,
  added: 7.3,
  silentAdded: 3.7,
  swapped: 5,
} as const;

const alphabet = 128;
const substitution = new Float64Array(alphabet * alphabet).fill(nats.anyLetter);
const code = (letter: string | undefined): number => (letter ?? " ").charCodeAt(0);

function pair(a: number, b: number, value: number): void {
  substitution[a * alphabet + b] = Math.min(substitution[a * alphabet + b]!, value);
  substitution[b * alphabet + a] = Math.min(substitution[b * alphabet + a]!, value);
}
for (const [line, row] of rows.entries()) {
  for (let at = 0; at < row.length; at++) {
    if (at > 0) pair(code(row[at]), code(row[at - 1]), nats.neighbour);
    const below = rows[line + 1];
    // Each row stands about half a key to the right of the one above.
    for (const under of [at - 1, at]) if (below?.[under] !== undefined) pair(code(row[at]), code(below[under]), nats.neighbour);
  }
}
for (const letters of soundPairs) pair(code(letters[0]), code(letters[1]), nats.sound);
for (let letter = 0; letter < alphabet; letter++) substitution[letter * alphabet + letter] = 0;

const h = code("h");
const e = code("e");
const longest = 128;
let before = new Float64Array(longest + 1);
let above = new Float64Array(longest + 1);
let current = new Float64Array(longest + 1);
const meantCodes = new Uint8Array(longest);
const typedCodes = new Uint8Array(longest);

function readCodes(text: string, codes: Uint8Array): number {
  const length = Math.min(text.length, longest);
  for (let at = 0; at < length; at++) codes[at] = Math.min(text.charCodeAt(at), alphabet - 1);
  return length;
}

/**
 * How unlikely it is, in nats, that one who means a word types another: the cheapest way of single-letter slips (left out, added, doubled, swapped, taken for
 * its keyboard neighbour or for a letter of like sound), each letter in at most one slip. A weighted form of the restricted Damerau–Levenshtein distance
 * (Damerau 1964); a weight is minus the logarithm of the chance of that slip at a letter, set by hand and not fitted to any test.
 * @param limit above it the answer is Infinity; the smaller, the faster.
 * @returns 0 for equal words; up to 7.6 a letter. Cost: the product of the lengths, at most 128 letters each.
 */
export function editNats(meant: string, typed: string, limit: number): number {
  if (meant === typed) return 0;
  const rowsCount = readCodes(meant, meantCodes);
  const columns = readCodes(typed, typedCodes);
  if ((rowsCount - columns) * nats.silentLeftOut > limit || (columns - rowsCount) * nats.silentAdded > limit)
    return Number.POSITIVE_INFINITY;
  current[0] = 0;
  for (let j = 1; j <= columns; j++) current[j] = current[j - 1]! + addedNats(j - 1);
  let leastAbove = 0;
  for (let i = 1; i <= rowsCount; i++) {
    [before, above, current] = [above, current, before];
    const letter = meantCodes[i - 1]!;
    const isRepeated = i > 1 && letter === meantCodes[i - 2];
    const left = letter === h || letter === e || isRepeated ? nats.silentLeftOut : nats.leftOut;
    current[0] = above[0]! + left;
    let least = current[0];
    for (let j = 1; j <= columns; j++) {
      const other = typedCodes[j - 1]!;
      let best = above[j - 1]! + substitution[letter * alphabet + other]!;
      best = Math.min(best, above[j]! + left, current[j - 1]! + addedNats(j - 1));
      if (i > 1 && j > 1 && letter === typedCodes[j - 2] && other === meantCodes[i - 2] && letter !== other)
        best = Math.min(best, before[j - 2]! + nats.swapped);
      current[j] = best;
      if (best < least) least = best;
    }
    // A swap reaches over one row: the way may still lead past this one.
    if (least > limit && leastAbove > limit) return Number.POSITIVE_INFINITY;
    leastAbove = least;
  }
  const total = current[columns]!;
  return total > limit ? Number.POSITIVE_INFINITY : total;
}

function addedNats(at: number): number {
  const letter = typedCodes[at]!;
  if (letter === h || letter === e) return nats.silentAdded;
  return at > 0 && letter === typedCodes[at - 1] ? nats.doubled : nats.added;
}

/** Which letters a word holds, as bits; digits and other signs share the last ones. */
export function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) - 97 > 25 ? 30 : Math.max(0, word.charCodeAt(at) - 97));
  return letters;
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let left = mask; left !== 0; left &= left - 1) bits++;
  return bits;
}

/** The least that words with these letters can cost, in nats: every letter that only one of them holds takes a slip. A filter before `editNats`. */
export function leastEditNats(meantLetters: number, typedLetters: number): number {
  const lost = bitsOf(meantLetters & ~typedLetters) * nats.silentLeftOut;
  const gained = bitsOf(typedLetters & ~meantLetters) * nats.sound;
  return Math.max(lost, gained);
}
