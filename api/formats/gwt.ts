import { areasAnnounced, damagedAt, type NamedEdges, wordLines } from "./weightsLines.ts";

/** What the third word of a line of a .gwt file means: GeoDa writes distances for neighbours by distance, others weights. */
export type GwtColumn = "weight" | "distance";

/**
 * Reads a .gwt file (SpaceStat, GeoDa, PySAL, spdep): the number of areas, then a line an edge: from, to, and a weight or a distance.
 * Distances only say who is a neighbour: such an edge weighs 1, since farther must not count for more. A third word that is missing counts 1 too.
 * @throws file_damaged naming the line.
 */
export function readGwt(text: string, name: string, column: GwtColumn): NamedEdges {
  const [header, ...rest] = wordLines(text);
  const areas = areasAnnounced(name, header);
  const edges = { from: [] as string[], to: [] as string[], weight: [] as number[], line: [] as number[] };
  const named = new Set<string>();
  for (const { line, words } of rest) {
    const [from = "", to = "", third = "1"] = words;
    const number = Number(third);
    const isRight = Number.isFinite(number) && (column === "distance" ? number >= 0 : number > 0);
    if (words.length < 2 || words.length > 3 || !isRight) {
      const expected = column === "distance" ? "dari ke jarak / from to distance ≥ 0" : "dari ke bobot / from to weight > 0";
      throw damagedAt(name, line, `"${words.join(" ").slice(0, 60)}"; ditunggu / expected: ${expected}`);
    }
    named.add(from).add(to);
    if (named.size > areas)
      throw damagedAt(
        name,
        line,
        `${areas} wilayah disebut, ini yang ke-${named.size} / ${areas} areas announced, this is number ${named.size}`,
      );
    edges.from.push(from);
    edges.to.push(to);
    edges.weight.push(column === "distance" ? 1 : number);
    edges.line.push(line);
  }
  return edges;
}

/** Writes edges as a .gwt file, the third word being the weight; areas without neighbours count in the first line only. */
export function writeGwt(
  codes: readonly string[],
  edges: { readonly from: readonly string[]; readonly to: readonly string[]; readonly weight: readonly number[] },
): string {
  const lines = edges.from.map((from, index) => `${from} ${edges.to[index]} ${edges.weight[index]}\n`);
  return `0 ${codes.length} waspada code\n${lines.join("")}`;
}
