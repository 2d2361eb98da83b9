import { daysLateOf, medianOf } from "../analysis/coverage/villageCoverage.ts";
import { type CoveredVillage, dayOfNumber } from "./coverage.ts";
import { groupedBy } from "./groupedBy.ts";

type Column = (number | string | null)[];

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
const rounded = (value: number): number | null => (Number.isNaN(value) ? null : Math.round(value * 1e6) / 1e6);
const dayOrNull = (day: number): string | null => (Number.isNaN(day) ? null : dayOfNumber(day));

/** One village as its values travel; null is unknown. `state` is null where nobody is expected to report. */
export function coverageValues(village: CoveredVillage) {
  return {
    state: village.state === "unknown" ? null : village.state,
    expected: known(village.expected),
    received: known(village.received),
    missing: known(village.missing),
    share: rounded(village.share),
    late: known(village.late),
    lateShare: rounded(village.lateShare),
    medianDaysLate: known(village.medianDaysLate),
    reports: village.reports,
    nil: village.nil,
    lastHeard: dayOrNull(village.lastHeard),
    daysSilent: known(village.daysSilent),
  };
}

/** The values of all villages as columns in their order. */
export function coverageColumns(villages: readonly CoveredVillage[]): Record<keyof ReturnType<typeof coverageValues>, Column> {
  const rows = villages.map(coverageValues);
  const names = Object.keys(coverageValues(nobody)) as (keyof ReturnType<typeof coverageValues>)[];
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])) as ReturnType<typeof coverageColumns>;
}

const nobody: CoveredVillage = {
  code: "",
  state: "unknown",
  expected: Number.NaN,
  received: Number.NaN,
  missing: Number.NaN,
  share: Number.NaN,
  late: Number.NaN,
  lateShare: Number.NaN,
  medianDaysLate: Number.NaN,
  reports: 0,
  nil: 0,
  lastHeard: Number.NaN,
  daysSilent: Number.NaN,
  periods: [],
  lines: [],
};

/** Several villages together: how many of each state, and the sums over those where somebody is expected to report. */
export function summaryOf(villages: readonly CoveredVillage[]) {
  const of = (state: CoveredVillage["state"]): number => villages.filter((village) => village.state === state).length;
  const expecting = villages.filter((village) => village.state !== "unknown");
  const sum = (field: "expected" | "received" | "missing" | "late"): number | null =>
    expecting.length === 0 ? null : expecting.reduce((total, village) => total + village[field], 0);
  const [expected, received] = [sum("expected"), sum("received")];
  const dated = expecting.reduce((n, village) => n + village.periods.filter((p) => p.isAnswered && !Number.isNaN(p.receivedOn)).length, 0);
  const late = sum("late");
  const silences = expecting.map((village) => village.daysSilent).filter((days) => !Number.isNaN(days));
  return {
    villages: villages.length,
    onRoster: expecting.length,
    heard: of("heard"),
    nil: of("nil"),
    late: of("late"),
    silent: of("silent"),
    waiting: of("waiting"),
    noRoster: of("unknown"),
    silentShare: expecting.length > 0 ? rounded(of("silent") / expecting.length) : null,
    expected,
    received,
    missing: sum("missing"),
    share: expected && received !== null ? rounded(received / expected) : null,
    lateReports: late,
    lateShare: dated > 0 && late !== null ? rounded(late / dated) : null,
    medianDaysLate: known(medianOf(expecting.flatMap((village) => daysLateOf(village.periods)))),
    longestSilenceDays: silences.length > 0 ? Math.max(...silences) : null,
  };
}
export type CoverageSummary = ReturnType<typeof summaryOf>;

/** Kecamatan with their summaries, the worst first: by the share of silent villages, then by missing reports, then by code; those without a roster last. */
export function districtSummaries(villages: readonly CoveredVillage[]): (CoverageSummary & { readonly code: string })[] {
  return [...groupedBy(villages, (village) => village.code.slice(0, 8))]
    .map(([code, inside]) => ({ code, ...summaryOf(inside) }))
    .sort((a, b) => (b.silentShare ?? -1) - (a.silentShare ?? -1) || (b.missing ?? -1) - (a.missing ?? -1) || (a.code < b.code ? -1 : 1));
}
