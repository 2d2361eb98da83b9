import { type Problem, problem } from "../problem.ts";

/** One line of a text file that holds words: its number from 1 and the words. */
export interface WordLine {
  readonly line: number;
  readonly words: readonly string[];
}

/** Directed edges by the identifiers of a weights file, with the line each stands on. */
export interface NamedEdges {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly weight: readonly number[];
  readonly line: readonly number[];
}

/** The lines of a text that hold anything, whatever their ending; a byte order mark is no word. */
export function wordLines(text: string): WordLine[] {
  const lines: WordLine[] = [];
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .forEach((content, index) => {
      const words = content.split(/\s+/).filter((word) => word !== "");
      if (words.length > 0) lines.push({ line: index + 1, words });
    });
  return lines;
}

/** A weights file that cannot be read, told with its line. */
export function damagedAt(name: string, line: number, reason: string): Problem {
  return problem("file_damaged", { name, where: `baris/line ${line}`, line, reason });
}

/**
 * Areas announced by the first line of a .gal or .gwt file: the number alone (the older form), or a flag, the number, the layer and its column,
 * where the name of the layer may hold blanks.
 */
export function areasAnnounced(name: string, header: WordLine | undefined): number {
  if (!header) throw damagedAt(name, 1, "kosong / empty");
  const { words, line } = header;
  const areas = Number(words.length === 1 ? words[0] : words[1]);
  if (words.length === 2 || words.length === 3 || !Number.isInteger(areas) || areas < 1) {
    throw damagedAt(name, line, `"${words.join(" ").slice(0, 60)}"; ditunggu / expected: 306 | 0 306 desa kode`);
  }
  return areas;
}
