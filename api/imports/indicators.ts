import type { Fault } from "../contract/incident.ts";
import { knownIndicators } from "../contract/indicators.ts";
import type { FileRow } from "../formats/rows.ts";
import { problem } from "../problem.ts";
import {
  compareStagedValues,
  ensureIndicators,
  type StagedValue,
  stageValues,
  storedCodes,
  storeStagedValues,
  unstageTwice,
} from "../queries/indicators.ts";
import { readAreaCode } from "./areaCode.ts";
import { type FieldAliases, recordReader } from "./columns.ts";
import { indicatorReader } from "./indicatorRow.ts";
import type { ReportBuilder } from "./report.ts";
import { type ImportParts, type ImportRequest, isWithin, type Prepared, type Say } from "./request.ts";

const valuesPerCopy = 10_000;
const namedExamples = 5;

const indicatorFields: FieldAliases = {
  code: ["code", "kode", "kode_wilayah", "kode_kemendagri", "kode_desa", "kode_kemendagri_cocok", "area_code", "village_code"],
  indicator: ["indicator", "indikator"],
  year: ["year", "tahun"],
  value: ["value", "nilai"],
  population: ["population", "penduduk", "jumlah_penduduk"],
};

interface ReadRows {
  readonly indicators: ReadonlySet<string>;
  /** Rows whose cells were all empty. */
  readonly silent: number;
}

async function stageFile(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
): Promise<ReadRows> {
  const { name, options } = request;
  const read = recordReader(indicatorFields, options.mapping, { name, keepOthers: true });
  const reader = indicatorReader({ name, year: options.year, isMapped: options.mapping !== null });
  const stored = await storedCodes(parts.database);
  const elsewhere = new Set<string>();
  const indicators = new Set<string>();
  let columns: string[] | null = null;
  let silent = 0;
  let batch: StagedValue[] = [];
  for await (const part of rows) {
    parts.signal.throwIfAborted();
    for (const row of part) {
      const record = read(row.properties);
      columns ??= Object.keys(row.properties);
      if (!Object.hasOwn(record, "code")) throw problem("column_missing", { name, field: "code", columns: columns.join(", ") });
      const faults: Fault[] = row.fault ? [{ field: "", ...row.fault }] : [];
      const code = readAreaCode(record.code);
      if ("fault" in code) faults.push(code.fault);
      else if (!isWithin(request.areas, code.code)) faults.push({ field: "code", code: "outside_scope", value: code.code });
      const values = reader.read(record, faults);
      if (faults.length > 0 || "fault" in code) {
        report.reject(row.row, faults);
        continue;
      }
      if (!stored.codes.has(code.code)) {
        const isFault = code.code.length > 5 && stored.loaded.has(code.code.slice(0, 5));
        if (isFault)
          report.reject(row.row, [{ field: "code", code: code.code.length === 13 ? "unknown_village" : "unknown_area", value: code.code }]);
        else {
          report.notLoaded++;
          elsewhere.add(code.code.slice(0, 5));
        }
        continue;
      }
      if (values.length === 0) silent++;
      for (const value of values) {
        indicators.add(value.indicator);
        batch.push({ row: row.row, areaCode: code.code, ...value });
      }
    }
    if (batch.length >= valuesPerCopy) {
      await stageValues(parts.database, request.id, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await stageValues(parts.database, request.id, batch);
  if (elsewhere.size > 0) {
    const examples = [...elsewhere].slice(0, namedExamples).join(", ");
    report.warn(null, { field: "code", code: "rows_not_loaded", value: report.notLoaded, regencies: elsewhere.size, examples });
  }
  if (!reader.hasIndicator() && report.rejected === 0) throw problem("no_indicator", { name, columns: (columns ?? []).join(", ") });
  return { indicators, silent };
}

/** Sorts out what is said twice. */
async function settleTwice(parts: ImportParts, importId: string, report: ReportBuilder): Promise<void> {
  const settled = new Set<number>();
  for (const { areaCode, rows, isDiffering } of await unstageTwice(parts.database, importId)) {
    for (const [index, row] of rows.entries()) {
      if (settled.has(row) || (!isDiffering && index === 0)) continue;
      settled.add(row);
      if (isDiffering) report.queue(row, { field: "code", code: "code_twice", value: areaCode, rows: rows.join(", ") });
      else report.unchanged++;
    }
  }
}

/**
 * Reads, checks and stages indicators.
 * @returns what stores them, or null when nothing is to be stored: rows rejected without `partial`, a dry run, or no change.
 */
export async function prepareIndicators(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  say: Say,
): Promise<Prepared | null> {
  const { indicators, silent } = await stageFile(request, rows, parts, report);
  say(60, "Memeriksa", "Checking");
  await settleTwice(parts, request.id, report);
  const { same, fresh } = await compareStagedValues(parts.database, request.id);
  report.unchanged += same + silent;
  report.accepted += fresh;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun || fresh === 0) return null;
  const source = request.options.source ?? request.name;
  return {
    async store(transaction) {
      const named = [...indicators].map((id) => {
        const known = knownIndicators.get(id);
        return {
          id,
          nameId: known?.name.id ?? id,
          nameEn: known?.name.en ?? id,
          unit: known?.unit?.id ?? null,
          orientation: known?.orientation ?? null,
        };
      });
      await ensureIndicators(transaction, named, request.options.orientation, source);
      const codes = await storeStagedValues(transaction, request.id, source, parts.now);
      return codes.filter((code) => code.length === 13);
    },
  };
}
