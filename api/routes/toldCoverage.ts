import { readCoverage } from "../assessments/coverage.ts";
import { summaryOf } from "../assessments/coverageSummary.ts";
import { groupedBy } from "../assessments/groupedBy.ts";
import { monthAfter } from "../assessments/toldTables.ts";
import { addDays } from "../contract/time.ts";
import { type ToldState, toldNote } from "../contract/toldValues.ts";
import { actAs } from "../database/actor.ts";
import type { Answer, Person } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { namesOf } from "../queries/areaList.ts";
import { villageCodes } from "../queries/samples.ts";
import { type AreaSet, type ColumnsQuery, readToldSet, sendColumns } from "./areaSet.ts";
import type { Parts } from "./parts.ts";

interface Window {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  readonly timeZone: string;
}

/**
 * How reporting goes in kecamatan, for people outside the team: expected and received reports and the silent villages among those that are expected to report, in
 * whole months. What was reported (an event or nothing) is not told, since a month in which one village was heard would tell of one report.
 */
const toldFields = [
  "villages",
  "onRoster",
  "silent",
  "silentShare",
  "expected",
  "received",
  "missing",
  "share",
  "lateReports",
  "lateShare",
] as const;
type Line = Record<(typeof toldFields)[number], number | null>;

const lineOf = (villages: Parameters<typeof summaryOf>[0]): Line => {
  const all = summaryOf(villages);
  return Object.fromEntries(toldFields.map((field) => [field, all[field]])) as Line;
};

interface ToldCoverage {
  readonly set: AreaSet;
  readonly span: { readonly from: string; readonly to: string; readonly today: string };
  readonly lines: ReadonlyMap<string, Line>;
  readonly states: readonly ToldState[];
  readonly summary: Line;
}

async function read(
  parts: Parts,
  person: Person,
  asked: readonly string[] | null,
  { from, to, today, timeZone }: Window,
): Promise<ToldCoverage> {
  const set = await readToldSet(parts, person, asked);
  const span = { from: `${from.slice(0, 7)}-01`, to: monthAfter(`${addDays(to, -1).slice(0, 7)}-01`, 1), today };
  const villages = await actAs("aggregator", async () => {
    const codes = await villageCodes(parts.database, set.codes);
    return readCoverage(parts.database, { areas: set.codes, codes, timeZone, ...span });
  });
  const byDistrict = groupedBy(villages, (village) => village.code.slice(0, 8));
  // A few villages that are expected to report are a few reporters. The sum below is of what is told, so that nothing follows from it.
  const isTold = (code: string): boolean =>
    (byDistrict.get(code) ?? []).filter((village) => village.state !== "unknown").length >= parts.config.leastCell.reporters;
  const isUnknown = (code: string): boolean => (byDistrict.get(code) ?? []).every((village) => village.state === "unknown");
  const states = set.codes.map((code): ToldState => (isTold(code) ? "told" : isUnknown(code) ? "unknown" : "suppressed"));
  const told = set.codes.filter(isTold);
  return {
    set,
    span,
    states,
    lines: new Map(told.map((code) => [code, lineOf(byDistrict.get(code) ?? [])])),
    summary: lineOf(told.flatMap((code) => byDistrict.get(code) ?? [])),
  };
}

/** The list of kecamatan with their coverage, as JSON or CSV; those kept back and those without a roster stand in it with their state. */
export async function toldCoverage(
  parts: Parts,
  person: Person,
  asked: readonly string[] | null,
  frame: Window,
  query: { readonly limit: number; readonly f?: string | undefined },
): Promise<Answer> {
  const { set, span, lines, states, summary } = await read(parts, person, asked, frame);
  const { districts, regencies } = await namesOf(parts.database, set.codes);
  const rows = set.codes.map((code, index) => ({
    code,
    name: districts[code] ?? code,
    regency_name: regencies[code.slice(0, 5)] ?? null,
    state: states[index],
    ...Object.fromEntries(toldFields.map((field) => [field, lines.get(code)?.[field] ?? null])),
  }));
  const headers = { "Cache-Control": "private, no-cache" };
  if (query.f === "csv") {
    const disposition = `attachment; filename="waspada-cakupan-${span.from}-${span.to}.csv"`;
    return {
      type: "text/csv; charset=utf-8",
      headers: { ...headers, "Content-Disposition": disposition },
      body: writeCsv(rows.map((row) => ({ ...row, ...span }))),
    };
  }
  const shown = rows.slice(0, query.limit);
  return {
    headers,
    body: {
      ...span,
      level: "district",
      summary,
      numberMatched: rows.length,
      numberReturned: shown.length,
      areas: shown,
      least: parts.config.leastCell,
      note: toldNote(parts.config.leastCell),
    },
  };
}

/** The same as columns in the order of the kecamatan. */
export async function toldCoverageColumns(
  parts: Parts,
  person: Person,
  asked: readonly string[] | null,
  frame: Window,
  query: Pick<ColumnsQuery, "f" | "column" | "codes">,
): Promise<Answer> {
  const { set, span, lines, states, summary } = await read(parts, person, asked, frame);
  const head = {
    kind: "coverage",
    level: "district",
    ...span,
    summary,
    least: parts.config.leastCell,
    note: toldNote(parts.config.leastCell),
  };
  return sendColumns(query, set, head, {
    ...Object.fromEntries(toldFields.map((field) => [field, set.codes.map((code) => lines.get(code)?.[field] ?? null)])),
    state: [...states],
  });
}
