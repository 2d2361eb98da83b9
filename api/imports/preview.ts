import { createReadStream } from "node:fs";
import type { ColumnPreview } from "../contract/columnPreview.ts";
import type { ImportKind } from "../contract/importReport.ts";
import type { Database } from "../database/database.ts";
import { readFile } from "../formats/read.ts";
import type { FileRow, RowFault } from "../formats/rows.ts";
import { type Language, problemText } from "../problem.ts";
import { fieldsOf } from "./fieldList.ts";
import { guessMapping } from "./guessedMapping.ts";
import type { ReceivedFile } from "./receive.ts";
import { columnsOf, recallMapping } from "./rememberedMapping.ts";
import type { ImportOptions } from "./request.ts";
import { acceptedFormats, placingOf } from "./run.ts";
import { sampleRows } from "./sampledRows.ts";

const rowsLooked = 1000;
const mostExamples = 5;
const longestExample = 100;

/** A cell as a person reads it, cut; half of a surrogate pair and NUL become the mark of what cannot be shown. */
function shown(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.toWellFormed().replaceAll("\u0000", "\ufffd").slice(0, longestExample);
}

function describeColumn(name: string, sample: readonly FileRow[]): ColumnPreview["columns"][number] {
  const values = sample.map(({ properties }) => properties[name]).filter((value) => value !== null && value !== undefined && value !== "");
  return {
    name,
    examples: [...new Set(values.map(shown))].slice(0, mostExamples),
    filled: sample.length === 0 ? 0 : values.length / sample.length,
  };
}

/** The mapping that is offered: what was remembered, and guesses for nothing else then, since a mapping names all that is read. */
async function offeredMapping(
  database: Database,
  kind: ImportKind,
  columns: readonly string[],
  sample: readonly FileRow[],
): Promise<ColumnPreview["mapping"]> {
  const remembered = await recallMapping(database, kind, columns);
  if (!remembered) return guessMapping(fieldsOf(kind), columns, sample, kind === "indicators");
  return Object.entries(remembered).map(([field, source]) => {
    if (typeof source === "string") return { field, column: source, why: "remembered" };
    return "value" in source ? { field, value: source.value, why: "remembered" } : { field, column: source.column, why: "remembered" };
  });
}

/**
 * Looks at the first rows of a file without storing anything: its columns, and what each is likely to be.
 * @throws what reading such a file throws.
 */
export async function previewColumns(
  database: Database,
  kind: ImportKind,
  file: ReceivedFile,
  options: ImportOptions,
  language: Language,
): Promise<ColumnPreview> {
  const told: RowFault[] = [];
  const bytes = createReadStream(file.path);
  const source = { ...file, bytes, sheet: options.sheet, layer: options.layer, tell: (note: RowFault) => told.push(note) };
  const { format, rows } = await readFile(source, acceptedFormats(kind), placingOf(options));
  try {
    const { sample } = await sampleRows(rows, rowsLooked);
    const columns = columnsOf(sample);
    const chosen = told.find(({ code }) => code === "sheet_chosen");
    return {
      format,
      ...(chosen ? { sheets: chosen.names as string[], sheet: String(chosen.value) } : {}),
      rows: sample.length,
      columns: columns.map((name) => describeColumn(name, sample)),
      fields: fieldsOf(kind).map(({ aliases, ...field }) => ({ ...field, aliases: [...aliases] })),
      mapping: await offeredMapping(database, kind, columns, sample),
      notes: told.map((note) => ({ code: note.code, message: problemText(note.code, note, language), value: note.value ?? null })),
    };
  } finally {
    await rows.return(undefined);
    bytes.destroy();
  }
}
