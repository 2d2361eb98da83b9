import { describe, expect, it } from "vitest";
import { editNats, leastEditNats, lettersOf } from "../../../../api/analysis/names/letterEdits.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const keys = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** Each row of keys stands half a key to the right of the one above: those at most 1.2 keys apart are neighbours. */
const placeOf = (letter: string): [number, number] => {
  const row = keys.findIndex((line) => line.includes(letter));
  return [keys[row]!.indexOf(letter) + row / 2, row];
};
const areNeighbours = (one: string, other: string): boolean => {
  const [[x, y], [otherX, otherY]] = [placeOf(one), placeOf(other)];
  return one !== other && Math.hypot(x - otherX, y - otherY) < 1.2;
};
/** Vowels that Javanese and Malay write for one another, half vowels, and consonants of one place of the mouth. */
const likeSounds = ["ao", "ou", "ei", "ae", "iy", "jy", "uw", "vw", "fv", "fp", "bp", "dt", "gk", "kq", "sz", "jz"];

const isSoft = (letter: string | undefined): boolean => letter === "h" || letter === "e";
function replaced(meant: string, typed: string): number {
  if (meant === typed) return 0;
  if (likeSounds.includes([meant, typed].sort().join(""))) return 3.4;
  return areNeighbours(meant, typed) ? 5.6 : 7.6;
}
const leftOut = (letter: string, before: string | undefined): number => (isSoft(letter) || letter === before ? 3.2 : 4.8);
const added = (letter: string, before: string | undefined): number => (isSoft(letter) ? 3.7 : letter === before ? 4.4 : 7.3);

/** The cheapest way, by trying all from the end. */
function byDefinition(meant: string, typed: string): number {
  const [m, t] = [meant.at(-1), typed.at(-1)];
  if (m === undefined && t === undefined) return 0;
  const ways: number[] = [];
  if (m !== undefined) ways.push(leftOut(m, meant.at(-2)) + byDefinition(meant.slice(0, -1), typed));
  if (t !== undefined) ways.push(added(t, typed.at(-2)) + byDefinition(meant, typed.slice(0, -1)));
  if (m !== undefined && t !== undefined) {
    ways.push(replaced(m, t) + byDefinition(meant.slice(0, -1), typed.slice(0, -1)));
    const isSwapped = m !== t && m === typed.at(-2) && t === meant.at(-2);
    if (isSwapped) ways.push(5 + byDefinition(meant.slice(0, -2), typed.slice(0, -2)));
  }
  return Math.min(...ways);
}

describe("slips of letters", () => {
  it("a letter for another costs 3.4 for a like sound, 5.6 for the key beside it, 7.6 for any other, and less where leaving out and adding do", () => {
    for (const one of letters)
      for (const other of letters) {
        const expected = Math.min(replaced(one, other), leftOut(one, undefined) + added(other, undefined));
        expect(editNats(one, other, 99), `${one} ${other}`).toBeCloseTo(one === other ? 0 : expected, 9);
      }
  });

  it("the cost is that of the cheapest way, as trying all of them finds, and Infinity as soon as it is above the limit", () => {
    const random = seededRandom(8);
    const word = (length: number) => Array.from({ length }, () => "haenrr"[Math.floor(random() * 6)]).join("");
    for (let draw = 0; draw < 400; draw++) {
      const meant = word(Math.floor(random() * 6));
      const typed = word(Math.floor(random() * 6));
      const expected = byDefinition(meant, typed);
      for (const limit of [0, 3, 5, 8, 12, 20, 99]) {
        const cost = editNats(meant, typed, limit);
        if (expected > limit) expect(cost, `${meant} ${typed} ${limit}`).toBe(Number.POSITIVE_INFINITY);
        else expect(cost, `${meant} ${typed} ${limit}`).toBeCloseTo(expected, 9);
      }
      expect(leastEditNats(lettersOf(meant), lettersOf(typed))).toBeLessThanOrEqual(expected + 1e-9);
    }
  });

  it.each([
    ["a letter beyond the alphabet is any other letter", "ñan", "nan", 7.6],
    ["and two of them are not told apart", "ñan", "ğan", 0],
    ["the first letter has none before it to be doubled", "aku", "kaku", 7.3],
    ["nor to be the second of a pair", "kaku", "aku", 4.8],
    ["a limit that is met is kept", "saku", "aku", 4.8],
  ])("%s: %s written %s costs %d", (_, meant, typed, expected) => {
    expect(editNats(meant, typed, expected + 1e-9)).toBeCloseTo(expected, 9);
  });

  it("only the first 128 letters count", () => {
    const long = "kabupaten".repeat(15).slice(0, 128);
    expect(editNats(`${long}x`, `${long}yz`, 99)).toBe(0);
    expect(editNats(`${long.slice(0, 127)}x`, `${long.slice(0, 127)}s`, 99)).toBeCloseTo(5.6, 9);
  });

  it.each([
    ["a", 2 ** 0],
    ["abba", 2 ** 0 + 2 ** 1],
    ["z", 2 ** 25],
    ["ñ", 2 ** 30],
    ["é{", 2 ** 30],
    ["", 0],
  ])("the letters of %s are bits", (word, bits) => expect(lettersOf(word)).toBe(bits));

  it.each([
    ["abc", "abc", 0],
    ["abc", "ab", 3.2],
    ["abcd", "ab", 6.4],
    ["ab", "abc", 3.4],
    ["ab", "abcd", 6.8],
    ["abx", "aby", 3.4],
    ["abxz", "aby", 6.4],
  ])("%s written %s takes at least %d by its letters alone", (meant, typed, expected) => {
    expect(leastEditNats(lettersOf(meant), lettersOf(typed))).toBeCloseTo(expected, 9);
  });
});
