import type { Band } from "../analysis/risk/bands.ts";
import type { ResultDocument } from "../contract/processes.ts";
import type { NewAlert } from "../queries/alerts.ts";
import { groupedBy } from "./groupedBy.ts";

const heights: Readonly<Record<Band, number>> = { "DATA KURANG": -1, AMAN: 0, RAWAN: 1, "SANGAT RAWAN": 2 };
/** More villages than this at once are told by kecamatan: nobody answers a hundred alerts of one import. */
const mostSingle = 25;
const mostNamed = 200;

const team = (alert: Omit<NewAlert, "audience" | "dueOn">): NewAlert => ({ ...alert, audience: "team", dueOn: null });

/**
 * Villages that reached RAWAN or SANGAT RAWAN from below between two published assessments. The first assessment is what later ones are compared with and crosses
 * nothing. Bands come down only 3 points below (bandOf), so a score that trembles at an edge is told once.
 */
export function bandAlerts(previous: ReadonlyMap<string, Band>, document: ResultDocument): NewAlert[] {
  if (previous.size === 0) return [];
  const crossed = document.codes.flatMap((code, index) => {
    const [from, to] = [previous.get(code), document.columns.band?.[index] as Band | null | undefined];
    if (!from || !to || heights[to] < 1 || heights[to] <= heights[from]) return [];
    const number = (column: string) => document.columns[column]?.[index] ?? null;
    return [
      { code, from, to, score: number("score"), scoreLower: number("scoreLower"), scoreUpper: number("scoreUpper"), rank: number("rank") },
    ];
  });
  const of = { kind: "band_crossed", occasion: document.run };
  if (crossed.length <= mostSingle)
    return crossed.map(({ code, ...details }) =>
      team({ ...of, areaCode: code, subjectKind: "villages", subjectId: code, details: { run: document.run, ...details } }),
    );
  return [...groupedBy(crossed, ({ code }) => code.slice(0, 8))].map(([district, villages]) =>
    team({
      ...of,
      areaCode: district,
      subjectKind: "districts",
      subjectId: district,
      details: { run: document.run, villages: villages.slice(0, mostNamed).map(({ code }) => code), count: villages.length },
    }),
  );
}

/** Villages whose band is RAWAN or higher: an open alert about any other is over. */
export const raisedVillages = (document: ResultDocument): string[] =>
  document.codes.filter((_, index) => heights[(document.columns.band?.[index] as Band | null) ?? "DATA KURANG"] > 0);

const hotIn = (document: ResultDocument | null): string[] =>
  document?.codes.filter((_, index) => document.columns.class?.[index] === "hot") ?? [];

/** One alert for the villages of a kabupaten that are hot now and were not in what was published before. */
export function hotspotAlerts(regency: string, before: ResultDocument | null, document: ResultDocument): NewAlert[] {
  const known = new Set(hotIn(before));
  const villages = hotIn(document).filter((code) => !known.has(code));
  if (villages.length === 0) return [];
  const details = { run: document.run, villages: villages.slice(0, mostNamed), count: villages.length };
  return [
    team({ kind: "hotspot_appeared", areaCode: regency, subjectKind: "regencies", subjectId: regency, occasion: document.run, details }),
  ];
}

interface SurgeAlarm {
  readonly code: string;
  readonly week: string;
  readonly observed: number;
  readonly expected: number;
  readonly upper: number;
}

/** Kecamatan whose last whole week had more reports than the weeks before lead one to expect; once for a week. */
export function surgeAlerts(document: ResultDocument): NewAlert[] {
  const { alarms, week } = document.summary as { alarms: readonly SurgeAlarm[]; week: { from: string } };
  return alarms
    .filter((alarm) => alarm.week === week.from)
    .map(({ code, ...alarm }) =>
      team({
        kind: "surge",
        areaCode: code,
        subjectKind: "districts",
        subjectId: code,
        occasion: alarm.week,
        details: { run: document.run, ...alarm },
      }),
    );
}

interface FoundCluster {
  readonly codes: readonly string[];
  readonly centre: string | null;
  readonly from: string;
  readonly to: string;
  readonly observed: number;
  readonly expected: number;
  readonly relativeRisk: number;
  readonly p: number;
}

/**
 * Clusters that last until the end of the period and that chance explains badly. One that shares villages and days with a cluster told before is the same one,
 * seen again: its circle and its days move a little with every report.
 */
export function scanAlerts(
  regency: string,
  document: ResultDocument,
  alpha: number,
  told: readonly Pick<FoundCluster, "codes" | "from" | "to">[],
): NewAlert[] {
  const { clusters } = document.summary as { clusters: readonly FoundCluster[] };
  return clusters
    .filter(
      ({ p, from, to, codes }) =>
        p <= alpha && !told.some((known) => known.from < to && from < known.to && known.codes.some((code) => codes.includes(code))),
    )
    .map(({ codes, centre, from, to, observed, expected, relativeRisk, p }) =>
      team({
        kind: "scan_cluster",
        areaCode: regency,
        subjectKind: "villages",
        subjectId: centre ?? codes[0] ?? regency,
        occasion: from,
        details: {
          run: document.run,
          codes: codes.slice(0, mostNamed),
          count: codes.length,
          from,
          to,
          observed,
          expected,
          relativeRisk,
          p,
        },
      }),
    );
}
