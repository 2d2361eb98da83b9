import type { Fault } from "../contract/incident.ts";
import { knownIndicators } from "../contract/indicators.ts";
import type { Database } from "../database/database.ts";
import type { FileRow } from "../formats/rows.ts";
import { problem } from "../problem.ts";
import { type QueueEntry, stageQueued } from "../queries/importQueue.ts";
import {
  compareStagedValues,
  ensureIndicators,
  type IndicatorNames,
  type StagedValue,
  stageValues,
  storedCodes,
  storedUnits,
  storeStagedValues,
  unstageTwice,
} from "../queries/indicators.ts";
import { placeNameFields } from "./bpsCodes.ts";
import { openCodeTranslation } from "./codeTranslation.ts";
import { type FieldAliases, recordReader } from "./columns.ts";
import { isDescribing } from "./indicatorColumns.ts";
import { indicatorReader } from "./indicatorRow.ts";
import { JoinBuilder } from "./joinReport.ts";
import type { ReportBuilder } from "./report.ts";
import { type ImportParts, type ImportRequest, isWithin, type Prepared, type Say } from "./request.ts";
import { dividedValues, placesOf, waitingValues } from "./translatedValues.ts";
import { WaitingChoices } from "./waitingChoices.ts";

const valuesPerCopy = 10_000;
const namedExamples = 5;
const villageLength = "35.17.01.2001".length;

export const indicatorFields: FieldAliases = {
  code: [
    "code",
    "kode",
    "kode_wilayah",
    "kode_kemendagri",
    "kode_desa",
    "kode_desa_kelurahan",
    "kode_kelurahan",
    "kode_kemendagri_cocok",
    "area_code",
    "village_code",
    "kode_bps",
    "bps_code",
  ],
  indicator: ["indicator", "indikator"],
  year: ["year", "tahun"],
  value: ["value", "nilai"],
  population: ["population", "penduduk", "jumlah_penduduk"],
  source: ["source", "sumber", "sumber_data"],
  unit: ["unit", "satuan"],
  licence: ["licence", "license", "lisensi"],
};
const textual: ReadonlySet<string> = new Set(["code", "indicator", "source", "unit", "licence"]);

interface ReadRows {
  /** Each indicator with the units its values are told in. */
  readonly indicators: ReadonlyMap<string, ReadonlySet<string>>;
  readonly join: JoinBuilder;
  /** Codes of every stored area. */
  readonly stored: ReadonlySet<string>;
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
  const read = recordReader(indicatorFields, options.mapping, {
    name,
    keepOthers: true,
    ...(parts.cells ? { cells: parts.cells } : {}),
    kindOf: (field) => (textual.has(field) || (options.mapping === null && isDescribing(field)) ? "text" : "number"),
  });
  const reader = indicatorReader({ name, year: options.year, indicator: options.indicator ?? null, isMapped: options.mapping !== null });
  const stored = await storedCodes(parts.database);
  const join = new JoinBuilder();
  const codes = await openCodeTranslation(request, parts, indicatorFields, rows, read);
  const elsewhere = new Set<string>();
  const indicators = new Map<string, Set<string>>();
  let columns: string[] | null = null;
  let silent = 0;
  let batch: StagedValue[] = [];
  const waiting: QueueEntry[] = [];
  for await (const part of rows) {
    parts.signal.throwIfAborted();
    for (const row of part) {
      const record = read(row.properties);
      columns ??= Object.keys(row.properties);
      if (!Object.hasOwn(record, "code")) throw problem("column_missing", { name, field: "code", columns: columns.join(", ") });
      const faults: Fault[] = row.fault ? [{ field: "", ...row.fault }] : [];
      for (const field of Object.keys(placeNameFields)) delete record[field];
      const meaning = codes.read(record.code);
      const places = placesOf(meaning);
      if (places.length === 0 && "fault" in meaning) faults.push(meaning.fault);
      const outside = places.find((place) => !isWithin(request.areas, place));
      if (outside !== undefined) faults.push({ field: "code", code: "outside_scope", value: outside });
      const values = reader.read(record, faults);
      if (faults.length > 0) {
        report.reject(row.row, faults);
        if ("fault" in meaning) join.unmatch(row.row, meaning.fault.value, meaning.fault.code);
        continue;
      }
      if (!("code" in meaning) && stored.loaded.has(places[0]!.slice(0, 5))) {
        const divided = "targets" in meaning && options.split ? dividedValues(meaning, values, stored.codes) : null;
        if (divided === null) {
          waiting.push(waitingValues(request, row.row, meaning, values));
          continue;
        }
        const origin = `${options.source ?? name}; ${String(meaning.fault.value)} (${options.vintage}) × `;
        for (const { share, ...value } of divided) {
          indicators.set(value.indicator, indicators.get(value.indicator) ?? new Set());
          batch.push({ row: row.row, ...value, source: `${origin}${share.toFixed(4)}`, unit: null, licence: options.licence });
        }
        for (const place of places) join.match(place);
        report.warn(row.row, { ...meaning.fault, code: "value_split" });
        continue;
      }
      const code = { code: places[0]! };
      if (!stored.codes.has(code.code)) {
        const isFault = code.code.length > 5 && stored.loaded.has(code.code.slice(0, 5));
        if (isFault) {
          const unknown = code.code.length === villageLength ? "unknown_village" : "unknown_area";
          report.reject(row.row, [{ field: "code", code: unknown, value: code.code }]);
          join.unmatch(row.row, code.code, unknown);
        } else {
          report.notLoaded++;
          join.passOver(code.code);
          elsewhere.add(code.code.slice(0, 5));
        }
        continue;
      }
      join.match(code.code);
      if (values.length === 0) silent++;
      for (const value of values) {
        const { source = null, unit = null, licence = null } = options;
        const told = { source: value.source ?? source, unit: value.unit ?? unit, licence: value.licence ?? licence };
        const units = indicators.get(value.indicator) ?? new Set();
        indicators.set(value.indicator, units);
        if (told.unit !== null) units.add(told.unit);
        batch.push({ row: row.row, areaCode: code.code, ...value, ...told });
      }
    }
    if (batch.length >= valuesPerCopy) {
      await stageValues(parts.database, request.id, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await stageValues(parts.database, request.id, batch);
  await stageQueued(parts.database, request.id, waiting);
  codes.tell(report);
  if (elsewhere.size > 0) {
    const examples = [...elsewhere].slice(0, namedExamples).join(", ");
    report.warn(null, { field: "code", code: "rows_not_loaded", value: report.notLoaded, regencies: elsewhere.size, examples });
  }
  const nameless = reader.nameless();
  if (nameless.length > 0) throw problem("indicator_needed", { field: "indicator", name, columns: nameless.join(", ") });
  if (!reader.hasIndicator() && report.rejected === 0) throw problem("no_indicator", { name, columns: (columns ?? []).join(", ") });
  return { indicators, join, stored: stored.codes, silent };
}

/** Sorts out what is said twice: a repetition is unchanged, two numbers for one village wait for a choice between their rows. */
async function settleTwice(parts: ImportParts, request: ImportRequest, report: ReportBuilder, join: JoinBuilder): Promise<void> {
  const settled = new Set<number>();
  const waiting = new WaitingChoices(request);
  for (const twice of await unstageTwice(parts.database, request.id)) {
    const { areaCode, rows, isDiffering } = twice;
    join.isTwice(areaCode, rows);
    if (isDiffering && areaCode.length === villageLength) waiting.add(twice);
    for (const [index, row] of rows.entries()) {
      if (settled.has(row) || (!isDiffering && index === 0)) continue;
      settled.add(row);
      // Rows of villages are told when they are queued; the queue settles no higher levels.
      if (!isDiffering) report.unchanged++;
      else if (areaCode.length !== villageLength)
        report.queue(row, { field: "code", code: "twice_not_loaded", value: areaCode, rows: rows.join(", ") });
    }
  }
  const { entries, repeated } = waiting.entries();
  report.unchanged += repeated;
  await stageQueued(parts.database, request.id, entries);
}

/**
 * The names and unit of each indicator, the shipped ones where it ships.
 * @throws unit_differs when the file tells another unit than the stored or shipped one, or two of them.
 */
async function namesWithUnits(database: Database, indicators: ReadRows["indicators"]): Promise<IndicatorNames[]> {
  const stored = await storedUnits(database, [...indicators.keys()]);
  return [...indicators].map(([id, units]) => {
    const known = knownIndicators.get(id);
    const [unit] = units;
    const before = stored.get(id) ?? known?.unit?.id ?? null;
    const synonyms = [before, known?.unit?.id, known?.unit?.en].map((text) => text?.toLowerCase());
    const other = [...units].find((told) => (before !== null && !synonyms.includes(told.toLowerCase())) || told !== unit);
    if (other !== undefined) throw problem("unit_differs", { field: "unit", value: id, before: before ?? unit, unit: other });
    return {
      id,
      nameId: known?.name.id ?? id,
      nameEn: known?.name.en ?? id,
      unit: before ?? unit ?? null,
      orientation: known?.orientation ?? null,
    };
  });
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
  const { indicators, join, stored, silent } = await stageFile(request, rows, parts, report);
  say(60, "Memeriksa", "Checking");
  const named = await namesWithUnits(parts.database, indicators);
  await settleTwice(parts, request, report, join);
  report.join = join.finish(stored, request.areas);
  const { same, fresh } = await compareStagedValues(parts.database, request.id);
  report.unchanged += same + silent;
  report.accepted += fresh;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun || fresh === 0) return null;
  const source = request.options.source ?? request.name;
  return {
    async store(transaction) {
      await ensureIndicators(transaction, named, request.options.orientation, source);
      const codes = await storeStagedValues(transaction, request.id, source, parts.now);
      return codes.filter((code) => code.length === villageLength);
    },
  };
}
