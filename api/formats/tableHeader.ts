/** What a cell of a table holds before anybody knows what it means: text as it stands, numbers and truth values of a spreadsheet, null for nothing. */
export type Cell = string | number | boolean | null;

export interface TableHeader {
  /** Name of each column, "" where it has none. */
  readonly names: readonly string[];
  /** How many of the given rows stand above the first row of data. */
  readonly height: number;
  /** Places, among the given rows, of those that make up the names: one, or two that are joined. */
  readonly rows: readonly number[];
}

const longestName = 160;
// Marks that steer the direction of writing or show nothing at all: copied along by accident, and no part of a name.
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** Text without invisible marks, its blanks made single: what a person sees. */
export function visibleText(text: string): string {
  return text.replace(invisible, "").replace(/\s+/g, " ").trim();
}

const nameOf = (cell: Cell | undefined): string => (cell === null || cell === undefined ? "" : visibleText(String(cell)));
const isYear = (text: string): boolean => /^(19|20|21)\d{2}$/.test(text);
/** Neither a number nor a code nor a day; years head columns too. */
const isLabel = (text: string): boolean =>
  isYear(text) || (/\p{L}/u.test(text) && text.length <= longestName && !/^\d[\d.,/:\sT-]*$/.test(text));

const filled = (names: readonly string[]): number => names.filter((name) => name !== "").length;

/**
 * Whether a row goes on with the names of the one above: it names columns where that one is empty, and is empty where that one has a name of its own, or
 * holds years, or the same names again, below the other's last name.
 */
function isContinuation(upper: readonly string[], lower: readonly string[], below: readonly string[] | undefined): boolean {
  const told = lower.filter((name) => name !== "");
  if (told.length === 0 || !told.every(isLabel) || below === undefined) return false;
  const first = upper.findIndex((name) => name !== "");
  const fillsGap = lower.some((name, column) => name !== "" && column > first && !upper[column]);
  const leavesNames = filled(upper) > 1 && upper.some((name, column) => name !== "" && !lower[column]);
  const spans = first > 0 && (lower.slice(first).some(isYear) || new Set(told).size < told.length);
  return fillsGap && (leavesNames || spans);
}

/** The two rows as one: a name above spans the empty places to its right, as far as there are names below. */
function joined(upper: readonly string[], lower: readonly string[]): string[] {
  let span = "";
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, column) => {
    const [above, below] = [upper[column] ?? "", lower[column] ?? ""];
    if (above !== "") span = above;
    return below === "" ? above : visibleText(`${span} ${below}`);
  });
}

/** Tables of the statistics office number their columns below the names: (1), (2), (3) … */
function isNumbering(names: readonly string[]): boolean {
  const numbers = names.filter((name) => name !== "").map((name) => /^\(?(\d+)\)?$/.exec(name)?.[1]);
  return numbers.length >= 3 && names.some((name) => name.startsWith("(")) && numbers.every((text, index) => Number(text) === index + 1);
}

/**
 * Finds the names of the columns among the first rows of a table: below titles and empty rows, in one row or in two that merged cells make belong together.
 * Where no row looks like names the first that holds anything is taken.
 * @param rows the first rows, at least one of them not empty; cells beyond a row's end count as empty
 */
export function findHeader(rows: readonly (readonly Cell[])[]): TableHeader {
  const named = rows.map((cells) => cells.map(nameOf));
  const widest = Math.max(...named.map(filled));
  const isWide = (names: readonly string[]): boolean => filled(names) >= Math.max(1, 0.75 * widest);
  const isNames = (names: readonly string[]): boolean => filled(names) > 0 && names.every((name) => name === "" || isLabel(name));
  const after = (row: number): number => named.findIndex((names, index) => index > row && filled(names) > 0);

  let header: { names: string[]; rows: number[] } | null = null;
  for (const [row, names] of named.entries()) {
    if (!isNames(names)) continue;
    const next = after(row);
    if (next > 0 && next === row + 1 && isContinuation(names, named[next]!, named[next + 1])) {
      const both = joined(names, named[next]!);
      if (isWide(both)) {
        header = { names: both, rows: [row, next] };
        break;
      }
    }
    if (isWide(names)) {
      header = { names: [...names], rows: [row] };
      break;
    }
  }
  if (!header) {
    const first = named.findIndex((names) => filled(names) > 0);
    header = { names: [...named[first]!], rows: [first] };
  }
  const last = header.rows.at(-1)!;
  const below = after(last);
  return { ...header, height: below > 0 && isNumbering(named[below]!) ? below + 1 : last + 1 };
}
