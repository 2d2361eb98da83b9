import { type OfficialName, readOfficialName, type TypedName } from "../analysis/names/placeName.ts";

const namesBetweenPauses = 4000;
const mostAlike = 60;
const mostBegun = 400;
const kindsOfLetter = 38;
const mark = 37;

/** Letters and digits as 0 to 36, all others as 36, the ends of a key as 37. */
function letterOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 48 && code <= 57 ? code - 22 : 36;
}

/** The pairs of neighbouring letters of a key, its ends marked; each pair once. */
function pairsOf(key: string): Set<number> {
  const pairs = new Set<number>();
  let before = mark;
  for (let at = 0; at <= key.length; at++) {
    const letter = at === key.length ? mark : letterOf(key.charCodeAt(at));
    pairs.add(before * kindsOfLetter + letter);
    before = letter;
  }
  return pairs;
}

/** Distinct official names that can be found by their key, by its beginning, and by likeness. Has a life: it remembers names it has read. */
export class NameIndex {
  readonly names: readonly string[];
  readonly #byKey = new Map<string, number[]>();
  readonly #keys: string[];
  /** Numbers of names in the order of their keys. */
  readonly #ordered: Int32Array;
  readonly #pairStarts = new Int32Array(kindsOfLetter * kindsOfLetter + 1);
  #pairNames = new Int32Array(0);
  readonly #pairCounts: Uint8Array;
  readonly #shared: Uint8Array;
  readonly #read = new Map<number, OfficialName>();

  private constructor(names: readonly string[], keys: string[]) {
    this.names = names;
    this.#keys = keys;
    this.#ordered = Int32Array.from(keys.keys()).sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
    this.#pairCounts = new Uint8Array(names.length);
    this.#shared = new Uint8Array(names.length);
  }

  /** Indexes distinct names; `pause` is awaited between parts of the work. 60,000 names take about 0.5 s. */
  static async make(names: readonly string[], pause: () => Promise<void>): Promise<NameIndex> {
    const keys: string[] = [];
    const byKey: [string, number][] = [];
    for (const [number, name] of names.entries()) {
      const official = readOfficialName(name);
      keys.push(official.key);
      byKey.push([official.key, number]);
      if (official.bare !== null) byKey.push([official.bare.key, number]);
      if (number % namesBetweenPauses === 0) await pause();
    }
    const index = new NameIndex(names, keys);
    for (const [key, number] of byKey) {
      const known = index.#byKey.get(key);
      if (known) known.push(number);
      else index.#byKey.set(key, [number]);
    }
    await pause();
    index.#indexPairs();
    return index;
  }

  #indexPairs(): void {
    const pairs = this.#keys.map(pairsOf);
    for (const [number, own] of pairs.entries()) {
      this.#pairCounts[number] = Math.min(own.size, 255);
      for (const pair of own) this.#pairStarts[pair + 1]!++;
    }
    for (let pair = 0; pair < kindsOfLetter * kindsOfLetter; pair++) this.#pairStarts[pair + 1]! += this.#pairStarts[pair]!;
    const next = this.#pairStarts.slice();
    this.#pairNames = new Int32Array(this.#pairStarts.at(-1)!);
    for (const [number, own] of pairs.entries()) for (const pair of own) this.#pairNames[next[pair]!++] = number;
  }

  /** The name, read for comparing. */
  official(number: number): OfficialName {
    let official = this.#read.get(number);
    if (!official) {
      official = readOfficialName(this.names[number] ?? "");
      this.#read.set(number, official);
    }
    return official;
  }

  /** Names that are one with a form of what was typed, with or without a word for their kind. */
  same(typed: TypedName): Set<number> {
    return new Set(typed.forms.flatMap(({ key }) => this.#byKey.get(key) ?? []));
  }

  /** Up to 60 names a form that share the most pairs of letters with what was typed. Cost: how many names hold one of its pairs, about 0.3 ms for the nation. */
  alike(typed: TypedName): number[] {
    const found = new Set<number>();
    for (const { key } of typed.forms.slice(0, 2)) for (const number of this.#alikeKey(key)) found.add(number);
    return [...found];
  }

  #alikeKey(key: string): number[] {
    if (key.length < 3) return [];
    const own = pairsOf(key);
    this.#shared.fill(0);
    for (const pair of own)
      for (let at = this.#pairStarts[pair]!; at < this.#pairStarts[pair + 1]!; at++) this.#shared[this.#pairNames[at]!]!++;
    // A slip of one letter breaks two pairs, two letters swapped three; longer names bear more slips.
    const needed = Math.max(2, own.size - 3 * (key.length <= 5 ? 1 : key.length <= 9 ? 2 : 3));
    const found: { number: number; share: number }[] = [];
    for (let number = 0; number < this.#shared.length; number++) {
      const shared = this.#shared[number]!;
      if (shared >= needed) found.push({ number, share: shared / (own.size + this.#pairCounts[number]!) });
    }
    return found
      .sort((a, b) => b.share - a.share || a.number - b.number)
      .slice(0, mostAlike)
      .map(({ number }) => number);
  }

  /** Up to 400 names whose key begins with what was typed. */
  begunWith(key: string): number[] {
    if (key.length < 2) return [];
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keys[this.#ordered[middle]!]! < key) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let at = low; at < this.#ordered.length && found.length < mostBegun; at++) {
      const number = this.#ordered[at]!;
      if (!this.#keys[number]!.startsWith(key)) break;
      found.push(number);
    }
    return found;
  }
}
