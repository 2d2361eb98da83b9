import { areasAnnounced, damagedAt, type NamedEdges, wordLines } from "./weightsLines.ts";

/**
 * Reads a .gal file (SpaceStat, GeoDa, PySAL, spdep): the number of areas, then for each its identifier with the number of its neighbours, and on the next line
 * these. A list may go on over several lines; the line of an area without neighbours may be blank or missing. Every edge weighs 1.
 * @throws file_damaged naming the line.
 */
export function readGal(text: string, name: string): NamedEdges {
  const [header, ...rest] = wordLines(text);
  const areas = areasAnnounced(name, header);
  const edges = { from: [] as string[], to: [] as string[], weight: [] as number[], line: [] as number[] };
  const listed = new Set<string>();
  let at = 0;
  while (at < rest.length) {
    const { line, words } = rest[at++]!;
    const [from = "", count = ""] = words;
    if (words.length !== 2 || !/^\d+$/.test(count)) {
      throw damagedAt(
        name,
        line,
        `"${words.join(" ").slice(0, 60)}"; ditunggu / expected: kode dan banyaknya tetangga / code and number of neighbours`,
      );
    }
    if (listed.has(from)) throw damagedAt(name, line, `${from} muncul dua kali / stands twice`);
    listed.add(from);
    let wanted = Number(count);
    while (wanted > 0) {
      const next = rest[at++];
      if (!next || next.words.length > wanted) {
        const found = Number(count) - wanted + (next?.words.length ?? 0);
        throw damagedAt(
          name,
          next?.line ?? line,
          `${from}: ${count} tetangga disebut, ${found} ditulis / ${count} neighbours announced, ${found} written`,
        );
      }
      for (const to of next.words) {
        edges.from.push(from);
        edges.to.push(to);
        edges.weight.push(1);
        edges.line.push(next.line);
      }
      wanted -= next.words.length;
    }
  }
  if (listed.size !== areas) {
    throw damagedAt(
      name,
      rest.at(-1)?.line ?? 1,
      `${areas} wilayah disebut, ${listed.size} ditulis / ${areas} areas announced, ${listed.size} written`,
    );
  }
  const stranger = edges.to.findIndex((to) => !listed.has(to));
  if (stranger >= 0) {
    throw damagedAt(name, edges.line[stranger]!, `${edges.to[stranger]} tidak punya baris sendiri / has no line of its own`);
  }
  return edges;
}

/** Writes neighbours as a .gal file with the areas in the order given; weights are not told by this format. */
export function writeGal(codes: readonly string[], edges: { readonly from: readonly string[]; readonly to: readonly string[] }): string {
  const lists = new Map<string, string[]>(codes.map((code) => [code, []]));
  edges.from.forEach((from, index) => {
    lists.get(from)?.push(edges.to[index] ?? "");
  });
  const records = codes.map((code) => {
    const list = lists.get(code) ?? [];
    return `${code} ${list.length}\n${list.join(" ")}\n`;
  });
  return `0 ${codes.length} waspada code\n${records.join("")}`;
}
