import { problem } from "../problem.ts";
import type { CellReader, FieldKind } from "./cellReader.ts";

/** A column whose values are translated: what stands in `values` becomes what stands there, anything else stays as it is. */
export interface TranslatedColumn {
  readonly column: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a field is taken from: a column, a column with its values translated, or one value for every row. */
export type Mapping = Readonly<Record<string, string | { readonly value: unknown } | TranslatedColumn>>;

const isTranslated = (source: object): source is TranslatedColumn => {
  const { column, values } = source as Partial<TranslatedColumn>;
  return typeof column === "string" && typeof values === "object" && values !== null && !Array.isArray(values);
};

/** A value as `values` may name it: "1" and "1.0" are both found under 1. */
function translated({ values }: TranslatedColumn, value: unknown): unknown {
  const text = String(value ?? "").trim();
  const number = text === "" ? text : String(Number(text));
  for (const key of [text, number]) if (Object.hasOwn(values, key)) return values[key];
  return value;
}

/** The fields an import knows, each with the column names that are understood without a mapping, the likeliest first. */
export type FieldAliases = Readonly<Record<string, readonly string[]>>;

export type RecordReader = (properties: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** A column's name as aliases and remembered mappings know it: lower case, everything but letters and digits made one low line. */
export function normalColumn(column: string): string {
  return column
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

/** The column that is understood as each field by its name alone, the likeliest one where several are. */
export function columnsByAlias(aliases: FieldAliases, columns: readonly string[]): Map<string, string> {
  const fieldOf = new Map(Object.entries(aliases).flatMap(([field, names]) => names.map((name, rank) => [name, { field, rank }] as const)));
  const best = new Map<string, { column: string; rank: number }>();
  for (const column of columns) {
    const alias = fieldOf.get(normalColumn(column));
    const found = alias && best.get(alias.field);
    if (alias && (!found || alias.rank < found.rank)) best.set(alias.field, { column, rank: alias.rank });
  }
  return new Map([...best].map(([field, { column }]) => [field, column]));
}

/** Reads the `mapping` parameter: JSON of {field: "column"}, {field: {"value": constant}} or {field: {"column": …, "values": {"from": to}}}. */
export function parseMapping(text: string): Mapping {
  const expected = '{"code": "kode", "year": {"value": 2024}}';
  let mapping: unknown;
  try {
    mapping = JSON.parse(text);
  } catch {
    throw problem("invalid_parameter", { field: "mapping", value: text, expected });
  }
  const isMapping =
    typeof mapping === "object" &&
    mapping !== null &&
    !Array.isArray(mapping) &&
    !Object.hasOwn(mapping, "__proto__") &&
    Object.values(mapping).every(
      (source) =>
        typeof source === "string" ||
        (typeof source === "object" && source !== null && (Object.hasOwn(source, "value") || isTranslated(source))),
    );
  if (!isMapping) throw problem("invalid_parameter", { field: "mapping", value: text, expected });
  return mapping as Mapping;
}

type Source =
  | { readonly field: string; readonly column: string; readonly kind: FieldKind; readonly translation?: TranslatedColumn }
  | { readonly field: string; readonly value: unknown };

/**
 * Makes the function that turns a file's columns into fields. With a mapping only the columns it names are read; without, names are
 * understood by alias, and any other column keeps its own name when `keepOthers`. With `cells` each value is read as its field's kind.
 * @throws column_missing, at the first row, when the mapping names a column that the file does not have.
 */
export function recordReader(
  aliases: FieldAliases,
  mapping: Mapping | null,
  parts: { name: string; keepOthers: boolean; cells?: CellReader; kindOf?: (field: string) => FieldKind },
): RecordReader {
  const known = new Map<string, readonly Source[]>();
  const kindOf = parts.kindOf ?? (() => "text" as const);

  const mapped = (columns: readonly string[]): Source[] =>
    Object.entries(mapping ?? {}).map(([field, source]) => {
      if (typeof source !== "string" && !isTranslated(source)) return { field, value: source.value };
      const wanted = typeof source === "string" ? source : source.column;
      const column =
        columns.find((name) => name === wanted) ??
        columns.find((name) => name.toLowerCase() === wanted.toLowerCase()) ??
        columns.find((name) => normalColumn(name) === normalColumn(wanted));
      if (column === undefined) throw problem("column_missing", { name: parts.name, field: wanted, columns: columns.join(", ") });
      // A translated cell is looked up as it is written.
      return typeof source === "string" ? { field, column, kind: kindOf(field) } : { field, column, kind: "text", translation: source };
    });

  const understood = (columns: readonly string[]): Source[] => {
    const best = columnsByAlias(aliases, columns);
    const names = new Set(Object.values(aliases).flat());
    const others = columns.filter((column) => parts.keepOthers && column !== "" && !names.has(normalColumn(column)));
    return [
      ...[...best].map(([field, column]) => ({ field, column, kind: kindOf(field) })),
      ...others.map((column) => ({ field: column, column, kind: kindOf(column) })),
    ];
  };

  const { cells } = parts;
  return (properties) => {
    const columns = Object.keys(properties);
    const key = columns.join("\u0000");
    let sources = known.get(key);
    if (!sources) {
      sources = mapping ? mapped(columns) : understood(columns);
      known.set(key, sources);
    }
    const record: Record<string, unknown> = {};
    for (const source of sources) {
      if ("value" in source) record[source.field] = source.value;
      else {
        const cell = cells ? cells(source.column, source.kind, properties[source.column]) : properties[source.column];
        record[source.field] = source.translation ? translated(source.translation, cell) : cell;
      }
    }
    return record;
  };
}
