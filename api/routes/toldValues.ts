import { maySee } from "../access/people.ts";
import { commonest } from "../assessments/commonest.ts";
import { groupedBy } from "../assessments/groupedBy.ts";
import { rememberedDays } from "../assessments/riskInputs.ts";
import { monthAfter, periodStart, periodsOver, readTellableDistricts, readToldPeriods } from "../assessments/toldTables.ts";
import type { ResultDocument } from "../contract/processes.ts";
import { addDays } from "../contract/time.ts";
import { type ToldState, toldNote } from "../contract/toldValues.ts";
import { actAs } from "../database/actor.ts";
import type { Answer, Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { namesOf } from "../queries/areaList.ts";
import { latestStanding } from "../queries/standing.ts";
import { type ColumnsQuery, readToldSet, sendColumns } from "./areaSet.ts";
import type { Parts } from "./parts.ts";

type Told = number | "suppressed";

/** Values by area and step as they travel: those that are told and not 0, and apart from them those that are kept back. */
class SparseValues {
  readonly entries = { area: [] as number[], step: [] as number[], count: [] as number[] };
  readonly suppressed = { area: [] as number[], step: [] as number[] };

  add(area: number, step: number, value: Told): void {
    const list = value === "suppressed" ? this.suppressed : this.entries;
    if (value === 0) return;
    list.area.push(area);
    list.step.push(step);
    if (value !== "suppressed") this.entries.count.push(value);
  }
}

/** What viewers may not choose: an answer for one issue, status or form would differ from another by a few incidents. */
function refuseFiner(query: Readonly<Record<string, unknown>>): void {
  for (const field of ["issues", "statuses", "forms"])
    if (query[field] !== undefined) throw problem("aggregates_only", { field, value: query[field] });
}

/**
 * Counts for people outside the team: by kecamatan and month, or reporting period, with small cells kept back; and for whole kabupaten, also by field of the issue.
 * Days are widened to whole months (periods), steps finer than a month become months; what was answered stands in `from`, `to` and `step`.
 */
export async function toldCounts(
  parts: Parts,
  person: Person,
  asked: readonly string[] | null,
  query: { readonly from: string; readonly to: string; readonly step: string; readonly codes?: string | undefined },
): Promise<Answer> {
  refuseFiner(query as Record<string, unknown>);
  const set = await readToldSet(parts, person, asked);
  const isPeriod = query.step === "period";
  const last = addDays(query.to, -1);
  const from = isPeriod ? periodStart(query.from) : `${query.from.slice(0, 7)}-01`;
  const to = isPeriod ? monthAfter(periodStart(last), 4) : monthAfter(`${last.slice(0, 7)}-01`, 1);
  const steps = isPeriod ? periodsOver(from, to) : monthsOver(from, to);
  const stepOf = new Map(steps.map((start, index) => [start, index]));
  const regencies = [...new Set(set.codes.map((code) => code.slice(0, 5)))];
  const whole = regencies.filter((code) => maySee(person, code) && (asked === null || asked.some((area) => code.startsWith(area))));
  const span = { from: periodStart(from), to: monthAfter(periodStart(addDays(to, -1)), 4) };
  const periods = await actAs("aggregator", () => readToldPeriods(parts.database, regencies, span, parts.config.leastCell));
  const areaOf = new Map(set.codes.map((code, index) => [code, index]));
  const byDistrict = new SparseValues();
  const byRegency = new SparseValues();
  const fields: { code: string; period: string; field: string; count: number | null; state: ToldState }[] = [];
  for (const { regency, months, districts, fields: names, told } of periods) {
    const start = months[0] as string;
    const whereRegency = whole.indexOf(regency);
    districts.forEach((district, row) => {
      const area = areaOf.get(district);
      if (area === undefined) return;
      if (isPeriod) byDistrict.add(area, stepOf.get(start) ?? -1, told.rows[row] ?? "suppressed");
      else
        months.forEach((month, column) => {
          const step = stepOf.get(month);
          if (step !== undefined) byDistrict.add(area, step, told.cells[row * months.length + column] ?? "suppressed");
        });
    });
    if (whereRegency < 0) continue;
    if (isPeriod) {
      byRegency.add(whereRegency, stepOf.get(start) ?? -1, told.total);
      told.groups.forEach((value, group) => {
        const isTold = value !== "suppressed";
        const of = { code: regency, period: start, field: names[group] as string };
        if (value !== 0) fields.push({ ...of, count: isTold ? value : null, state: isTold ? "told" : "suppressed" });
      });
    } else
      months.forEach((month, column) => {
        const step = stepOf.get(month);
        if (step !== undefined) byRegency.add(whereRegency, step, told.columns[column] ?? "suppressed");
      });
  }
  return {
    headers: { "Cache-Control": "private, no-cache" },
    body: {
      areaSet: set.id,
      level: "district",
      from,
      to,
      step: isPeriod ? "period" : "month",
      steps,
      ...(query.codes === "true" ? { codes: set.codes } : {}),
      entries: byDistrict.entries,
      suppressed: byDistrict.suppressed,
      regencies: { codes: whole, entries: byRegency.entries, suppressed: byRegency.suppressed, ...(isPeriod ? { fields } : {}) },
      least: parts.config.leastCell,
      note: toldNote(parts.config.leastCell),
    },
  };
}

function monthsOver(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month < to; month = monthAfter(month, 1)) months.push(month);
  return months;
}

const told = { risk: "band", hotspots: "class" } as const;

/**
 * What is published of kecamatan for people outside the team: the band (class) that most of its villages have, without scores, ranks or names of villages, and only
 * where the incidents behind it are enough. Another day or other areas show the same or nothing.
 */
export async function toldStanding(
  parts: Parts,
  kind: "risk" | "hotspots",
  person: Person,
  asked: readonly string[] | null,
  query: ColumnsQuery,
): Promise<Answer> {
  const { database, config } = parts;
  const set = await readToldSet(parts, person, asked);
  const regencies = [...new Set(set.codes.map((code) => code.slice(0, 5)))];
  const until = query.asOf === undefined ? null : new Date(`${addDays(query.asOf, 1)}T00:00:00Z`);
  const found = new Map<string, string | null>();
  const counts = new Map<string, number>();
  const published = await actAs("aggregator", () => latestStanding(database, kind, regencies, until));
  const documents = published.map(({ result, ...of }) => ({ ...of, document: JSON.parse(result) as ResultDocument }));
  for (const [span, same] of groupedBy(documents, ({ document }) => JSON.stringify(spanOf(document)))) {
    const codes = same.map(({ regencyCode }) => regencyCode);
    const isTellable = await actAs("aggregator", () =>
      readTellableDistricts(database, codes, JSON.parse(span) as ReturnType<typeof spanOf>, config.leastCell),
    );
    for (const [district, { value, areas }] of same.flatMap(({ document }) => [...commonest(document, told[kind])])) {
      counts.set(district, areas);
      // Of one village or two it would be a word about a village.
      if (areas >= fewestVillages && isTellable(district)) found.set(district, value);
    }
  }
  const newest = documents.reduce<(typeof documents)[number] | null>((a, b) => (a && a.publishedAt > b.publishedAt ? a : b), null);
  const states = set.codes.map((code): ToldState => (!counts.has(code) ? "unknown" : !found.has(code) ? "suppressed" : "told"));
  const head = {
    kind,
    level: "district",
    dataAsOf: newest?.document.dataAsOf ?? null,
    publishedAt: newest?.publishedAt ?? null,
    asOf: newest?.document.inputs.asOf ?? null,
    period: newest?.document.inputs.period ?? null,
    least: config.leastCell,
    note: toldNote(config.leastCell),
  };
  return sendColumns(query, set, head, {
    [told[kind]]: set.codes.map((code) => found.get(code) ?? null),
    villages: set.codes.map((code) => counts.get(code) ?? null),
    state: states,
  });
}

const fewestVillages = 3;

/** The days whose incidents a result was made of: those it was asked for, else as many as a score remembers. */
function spanOf({ inputs, dataAsOf }: ResultDocument): { readonly from: string; readonly to: string } {
  const { period, asOf } = inputs as { period?: { from: string; to: string }; asOf?: string };
  const day = (asOf ?? dataAsOf).slice(0, 10);
  return period ?? { from: addDays(day, -rememberedDays), to: addDays(day, 1) };
}

/** Codes and names of a set of kecamatan. */
export async function toldNames(parts: Parts, codes: readonly string[]) {
  const { districts, regencies } = await namesOf(parts.database, codes);
  return { names: codes.map((code) => districts[code] ?? code), districts, regencies };
}
