import type { RawRow } from "../table.ts";
import type { Cell } from "../tableHeader.ts";
import type { Archive } from "./archive.ts";
import { dayOfSerial } from "./numberFormat.ts";
import type { Sheet, Workbook } from "./workbook.ts";
import { readXml } from "./xml.ts";

const mostColumns = 16_384;
const mostCellLetters = 100_000;

/** The place of a column, counted from 0, from a cell's name such as AB12; -1 where it is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

function numberCell(text: string, style: string | undefined, book: Workbook): Cell {
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  const format = book.formats[Number(style ?? 0)];
  if (format?.kind === "date") return dayOfSerial(number, book.is1904) ?? number;
  if (format?.kind === "digits" && Number.isInteger(number) && number >= 0) return text.padStart(format.length, "0");
  return number;
}

/**
 * The cells of one sheet, row by row as they are read: texts, numbers, days as ISO text. A formula gives the value it last had, or its own text where
 * it was never worked out; an error such as #N/A stays that text.
 */
export async function* readSheet(archive: Archive, file: string, sheet: Sheet, book: Workbook): AsyncGenerator<RawRow[]> {
  let rows: RawRow[] = [];
  let row = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type: string | undefined;
  let style: string | undefined;
  let value = "";
  let formula = "";
  let hasValue = false;
  let inside: "v" | "t" | "f" | null = null;
  let isReading = false;

  const cellOf = (): Cell => {
    if (!hasValue) return formula === "" ? null : `=${formula}`;
    if (type === "s") return book.texts[Number(value)] ?? null;
    if (type === "b") return value === "1";
    if (type === undefined || type === "n") return value === "" ? null : numberCell(value, style, book);
    // An ISO day (strict workbooks) is written as a day elsewhere is.
    return type === "d" ? value.replace(/T00:00:00(\.0+)?Z?$/, "") : value;
  };

  const part = readXml(
    archive.open(sheet.part),
    { name: sheet.part, file },
    {
      open: (element, attributes) => {
        if (element === "row") {
          const told = Number(attributes.r);
          row = told > row && told <= 10_000_000 ? told : row + 1;
          cells = [];
          column = -1;
        } else if (element === "c") {
          const told = columnOf(attributes.r ?? "");
          column = told > column ? told : column + 1;
          type = attributes.t;
          style = attributes.s;
          value = "";
          formula = "";
          hasValue = false;
        } else if (element === "rPh") isReading = true;
        else if (element === "v" || element === "f" || (element === "t" && !isReading)) {
          inside = element;
          if (element !== "f") hasValue = true;
        }
      },
      text: (text) => {
        if (inside === "f") formula = (formula + text).slice(0, mostCellLetters);
        else if (inside !== null) value = (value + text).slice(0, mostCellLetters);
      },
      close: (element) => {
        if (element === "rPh") isReading = false;
        else if (element === "v" || element === "f" || element === "t") inside = null;
        else if (element === "c" && column >= 0 && column < mostColumns) {
          const cell = cellOf();
          if (cell === null || cell === "") return;
          while (cells.length < column) cells.push(null);
          cells[column] = typeof cell === "string" ? cell.trim() : cell;
        } else if (element === "row") rows.push({ row, cells });
      },
    },
  );
  for await (const _ of part) {
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
}
