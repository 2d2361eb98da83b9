const levels = [2, 5, 8, 13] as const;

/** The code of the area that this one lies in; the nation is the empty code. */
const parentOf = (code: string): string => code.slice(0, levels[levels.indexOf(code.length as 13) - 1] ?? 0);

/**
 * Which areas a file is about as a whole, so that what it does not hold there is missing and not only left out.
 *
 * A file of villages is about every kecamatan of which it holds a village, and about a kabupaten, a province or the nation when it is about at least half of what lies
 * directly inside. Likewise for files of other levels. `codes` are the file's, of one level; `known` all codes of that level that are known of, the file's among them.
 * @returns whether a code of that level lies in such an area.
 */
export function coverOf(codes: Iterable<string>, known: Iterable<string>): (code: string) => boolean {
  const children = new Map<string, Set<string>>();
  for (const code of known) {
    for (let at = code; at !== ""; at = parentOf(at)) {
      const siblings = children.get(parentOf(at));
      if (!siblings) children.set(parentOf(at), new Set([at]));
      else if (siblings.has(at)) break;
      else siblings.add(at);
    }
  }
  // What holds a piece of the file, then upwards as long as half of what lies inside is covered; the nation needs its half always.
  let covered = new Set<string>();
  for (const code of codes) covered.add(parentOf(code) || code);
  const all = new Set(covered);
  while (covered.size > 0) {
    const above = new Map<string, number>();
    for (const code of covered) if (code !== "") above.set(parentOf(code), (above.get(parentOf(code)) ?? 0) + 1);
    covered = new Set([...above].filter(([parent, count]) => 2 * count >= (children.get(parent)?.size ?? 0)).map(([parent]) => parent));
    for (const code of covered) all.add(code);
  }
  return (code) => {
    for (let at = code; at !== ""; ) {
      at = parentOf(at);
      if (all.has(at)) return true;
    }
    return false;
  };
}
