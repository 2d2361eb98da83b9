import { problem } from "../problem.ts";
import { deepestNesting, measureJson } from "./jsonMeasure.ts";
import { type FileRow, type FileSource, mostVertices, RowBatch, recordLimitBytes } from "./rows.ts";

type SqlValue = string | number | null;

const escapes: Readonly<Record<string, string>> = { "0": "\u0000", n: "\n", r: "\r", t: "\t", b: "\b", Z: "\u001a" };

function unescaped(literal: string): string {
  return literal.includes("\\") || literal.includes("''")
    ? literal.replace(/\\(.)|''/gs, (_, character: string | undefined) =>
        character === undefined ? "'" : (escapes[character] ?? character),
      )
    : literal;
}

/** The values of one tuple `(…)`, given without its brackets; null where it cannot be read. */
function tupleValues(text: string): SqlValue[] | null {
  const values: SqlValue[] = [];
  const pattern = /\s*(?:'((?:[^'\\]|\\.|'')*)'|"((?:[^"\\]|\\.|"")*)"|(NULL)|([-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?))\s*(,|$)/gisy;
  for (;;) {
    const match = pattern.exec(text);
    if (!match) return null;
    if (match[1] !== undefined) values.push(unescaped(match[1]));
    else if (match[2] !== undefined) values.push(unescaped(match[2].replaceAll('""', '"')));
    else values.push(match[3] === undefined ? Number(match[4]) : null);
    if (match[5] === "") return values;
  }
}

/** How deep numbers lie in nested lists: [[lat, lng], …] is 2. */
function nesting(value: unknown): number {
  let depth = 0;
  for (let inside = value; Array.isArray(inside) && depth < 6; inside = inside[0]) depth++;
  return depth;
}

function turned(list: unknown, depth: number): unknown {
  if (!Array.isArray(list)) return list;
  return depth === 1 ? [list[1], list[0]] : list.map((inside) => turned(inside, depth - 1));
}

/** The path column: rings of [latitude, longitude], three deep for a polygon and four for several. */
function pathGeometry(path: SqlValue): { geometry: unknown } | { fault: FileRow["fault"] } {
  if (path === null || path === "") return { geometry: null };
  const size = measureJson(Buffer.from(String(path)));
  if (size.depth > deepestNesting || size.containers > mostVertices)
    return {
      fault: { code: "unreadable_row", field: "path", reason: size.depth > deepestNesting ? "[[[…" : `> ${mostVertices} titik / vertices` },
    };
  let rings: unknown;
  try {
    rings = JSON.parse(String(path));
  } catch (error) {
    return { fault: { code: "unreadable_row", field: "path", reason: (error as Error).message.replace(/\s+/g, " ").slice(0, 160) } };
  }
  const depth = nesting(rings);
  if (depth !== 3 && depth !== 4) return { fault: { code: "not_a_polygon", field: "path", value: `${depth} × [` } };
  return { geometry: { type: depth === 3 ? "Polygon" : "MultiPolygon", coordinates: turned(rings, depth) } };
}

function tupleRow(text: string, columns: readonly string[], row: number): FileRow {
  const values = tupleValues(text);
  if (!values) return { row, properties: {}, fault: { code: "unreadable_row", reason: text.slice(0, 60) } };
  if (values.length !== columns.length)
    return { row, properties: {}, fault: { code: "wrong_cell_count", value: values.length, expected: columns.length } };
  const properties: Record<string, unknown> = {};
  let geometry: unknown = null;
  let fault: FileRow["fault"];
  for (const [index, column] of columns.entries()) {
    if (column !== "path") properties[column] = values[index];
    else {
      const read = pathGeometry(values[index]!);
      if ("fault" in read) fault = read.fault;
      else geometry = read.geometry;
    }
  }
  return fault ? { row, properties, geometry, fault } : { row, properties, geometry };
}

/** Where the character's kind of text ends: the index of the closing sign, or -1 when it lies beyond the text. */
function endOfString(text: string, from: number, mark: string): number {
  for (let at = from; ; at++) {
    const end = text.indexOf(mark, at);
    if (end < 0) return -1;
    // A dump doubles or escapes its quotes; whether this one counts depends on the backslashes before it.
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
    at = end;
  }
}

const insertPattern = /^\s*(?:insert|replace)\s+(?:ignore\s+)?into\s+[`"]?[\w.]+[`"]?\s*(\(([^()]*)\))?\s*values\s*$/is;

/**
 * Reads the `INSERT INTO … (columns) VALUES (…), (…);` statements of a MySQL dump, tuple by tuple; every other statement is passed over.
 * A column named `path` holds the shape as rings of [latitude, longitude].
 * @throws file_cut when the text ends inside a statement, column_missing when an insert does not name its columns.
 */
export async function* readMysqlDump(source: FileSource): AsyncGenerator<FileRow[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let statement = "";
  let columns: string[] | null = null;
  let row = 0;
  const batch = new RowBatch();

  /** Takes what is complete from the front of `text`; false when more of the file is needed. */
  const step = (last: boolean): boolean => {
    const found = columns ? /[(;]/.exec(text) : /['"`#(;]|--\s|\/\*/.exec(text);
    if (!found) {
      if (!columns) {
        // A comment's two signs may be split between two chunks.
        statement = (statement + text.slice(0, -3)).slice(-4096);
        text = text.slice(-3);
      }
      return false;
    }
    const sign = found[0];
    const after = found.index + sign.length;
    if (columns) {
      if (sign === ";") {
        columns = null;
        statement = "";
        text = text.slice(after);
        return true;
      }
      const end = endOfTuple(text, after);
      if (end < 0) return false;
      batch.add(tupleRow(text.slice(after, end), columns, ++row), end - after);
      text = text.slice(end + 1);
      return true;
    }
    const before = statement + text.slice(0, found.index);
    if (sign === "(") {
      const insert = insertPattern.exec(before);
      if (insert) {
        if (!insert[2]) throw problem("column_missing", { name: source.name, field: "kode", columns: before.trim().slice(0, 80) });
        columns = insert[2].split(",").map((column) => column.trim().replace(/^[`"]|[`"]$/g, ""));
        text = text.slice(found.index);
        statement = "";
        return true;
      }
      statement = `${before}(`.slice(-4096);
      text = text.slice(after);
      return true;
    }
    if (sign === ";") {
      statement = "";
      text = text.slice(after);
      return true;
    }
    const isLine = sign.startsWith("-") || sign === "#";
    const end = isLine ? text.indexOf("\n", after - 1) : sign === "/*" ? text.indexOf("*/", after) : endOfString(text, after, sign);
    if (end < 0 && !(isLine && last)) return false;
    const stop = end < 0 ? text.length : end + (sign === "/*" ? 2 : 1);
    statement = (sign === "`" || sign === '"' ? before + text.slice(found.index, stop) : before).slice(-4096);
    text = text.slice(stop);
    return true;
  };

  let needed = 0;
  for await (const chunk of source.bytes) {
    try {
      text += decoder.decode(chunk, { stream: true });
    } catch {
      throw problem("file_damaged", {
        name: source.name,
        where_id: `setelah baris data ke-${row}`,
        where_en: `after row ${row}`,
        reason: "UTF-8",
      });
    }
    if (text.length < needed) continue;
    while (step(false)) {
      if (batch.isFull) yield batch.take();
    }
    // Looking again at a long tuple only after it has grown by half keeps the whole linear.
    needed = Math.ceil(text.length * 1.5);
    if (text.length > recordLimitBytes)
      throw problem("record_too_large", { name: source.name, row: row + 1, limit: `${recordLimitBytes / 1024 ** 2} MB` });
  }
  while (step(true));
  if (columns || text.trim().length > 3 || /\S/.test(statement + text))
    throw problem("file_cut", { name: source.name, where_id: `setelah baris data ke-${row}`, where_en: `after row ${row}` });
  if (row === 0)
    throw problem("file_not_understood", {
      name: source.name,
      value: "SQL",
      expected: "INSERT INTO wilayah_boundaries(kode,nama,lat,lng,path) VALUES (…)",
    });
  if (!batch.isEmpty) yield batch.take();
}

/** The index of the bracket that closes a tuple, or -1 when it lies beyond the text. */
function endOfTuple(text: string, from: number): number {
  const pattern = /['")(]/g;
  pattern.lastIndex = from;
  let depth = 1;
  for (;;) {
    const match = pattern.exec(text);
    if (!match) return -1;
    if (match[0] === "(") depth++;
    else if (match[0] === ")") {
      if (--depth === 0) return match.index;
    } else {
      const end = endOfString(text, match.index + 1, match[0]);
      if (end < 0) return -1;
      pattern.lastIndex = end + 1;
    }
  }
}
