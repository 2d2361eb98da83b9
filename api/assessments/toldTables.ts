import { type Amount, type LeastCell, noAmount, together } from "../analysis/suppression/amount.ts";
import { suppressTable, type ToldTable } from "../analysis/suppression/suppressTable.ts";
import { fieldCodes, fieldOfIssue } from "../contract/taxonomy.ts";
import type { Database } from "../database/database.ts";
import { type CellCount, countCells, districtCodes } from "../queries/cellCounts.ts";
import { groupedBy } from "./groupedBy.ts";
import { defaultIssues } from "./sample.ts";

/** The only statuses that are counted for people outside the team. */
const countedStatuses = ["reported", "verified"];
const monthsOfPeriod = 4;

/** What may be told of one kabupaten in one reporting period (B04, B08, B12): kecamatan by month, and fields of the issues for all of it. */
export interface ToldPeriod {
  readonly regency: string;
  /** First days of its four months. */
  readonly months: readonly string[];
  readonly districts: readonly string[];
  readonly fields: readonly string[];
  readonly told: ToldTable;
}

const monthAt = (year: number, month: number): string => `${year}-${String(month).padStart(2, "0")}-01`;

/** The first day of the reporting period that a day lies in. */
export const periodStart = (day: string): string =>
  monthAt(Number(day.slice(0, 4)), Math.floor((Number(day.slice(5, 7)) - 1) / monthsOfPeriod) * monthsOfPeriod + 1);

/** The first day of the month that many months later. */
export function monthAfter(month: string, later: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + later;
  return monthAt(Math.floor(months / 12), (months % 12) + 1);
}

/** First days of the reporting periods that cover a half-open span of days. */
export function periodsOver(from: string, to: string): string[] {
  const starts: string[] = [];
  for (let start = periodStart(from); start < to; start = monthAfter(start, monthsOfPeriod)) starts.push(start);
  return starts;
}

/**
 * The fixed tables from which everything is answered to people outside the team: one for each kabupaten and reporting period, whole, whatever part of it is asked
 * for, so that no two questions are answered from different patterns of what is kept back.
 * @param from first day of a reporting period
 * @param to first day after one
 */
export async function readToldPeriods(
  database: Database,
  regencies: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
  least: LeastCell,
): Promise<ToldPeriod[]> {
  const districts = groupedBy(await districtCodes(database, regencies), (code) => code.slice(0, 5));
  const counts = await countCells(database, regencies, { from, to, issues: defaultIssues, statuses: countedStatuses }, least.reporters);
  const counted = groupedBy(counts, (count) => `${count.district.slice(0, 5)} ${periodStart(count.month)}`);
  const numbers = new Map<string, number>();
  const numberOf = (reporter: string): number => {
    const number = numbers.get(reporter) ?? numbers.size;
    numbers.set(reporter, number);
    return number;
  };
  const amountOf = (found: readonly CellCount[] | undefined): Amount =>
    found ? together(found.map((count) => ({ incidents: count.incidents, reporters: new Set(count.reporters.map(numberOf)) }))) : noAmount;
  const countedIn = groupedBy(counts, (count) => count.district.slice(0, 5));
  return [...regencies].sort().flatMap((regency) => {
    // Also a kecamatan that is no longer on the list while something is counted in it.
    const rows = [...new Set([...(districts.get(regency) ?? []), ...(countedIn.get(regency) ?? []).map((count) => count.district)])].sort();
    return periodsOver(from, to).map((start) => {
      const months = Array.from({ length: monthsOfPeriod }, (_, index) => monthAfter(start, index));
      const inPeriod = counted.get(`${regency} ${start}`) ?? [];
      const cells = groupedBy(inPeriod, (count) => `${count.district} ${count.month}`);
      const fields = groupedBy(inPeriod, (count) => fieldOfIssue(count.issue));
      const table = {
        rows: rows.length,
        columns: months.length,
        cells: rows.flatMap((district) => months.map((month) => amountOf(cells.get(`${district} ${month}`)))),
        groups: fieldCodes.map((field) => amountOf(fields.get(field))),
      };
      return { regency, months, districts: rows, fields: fieldCodes, told: suppressTable(table, least) };
    });
  });
}

/** Which kecamatan have enough incidents of enough reporters in a span of days for a judgement about them to be told; those with none have too. */
export async function readTellableDistricts(
  database: Database,
  regencies: readonly string[],
  span: { readonly from: string; readonly to: string },
  least: LeastCell,
): Promise<(district: string) => boolean> {
  const counts = await countCells(database, regencies, { ...span, issues: defaultIssues, statuses: countedStatuses }, least.reporters);
  const found = new Map(
    [...groupedBy(counts, (count) => count.district)].map(([district, all]) => [
      district,
      all.reduce((sum, count) => sum + count.incidents, 0) >= least.incidents &&
        new Set(all.flatMap((count) => count.reporters)).size >= least.reporters,
    ]),
  );
  return (district) => found.get(district) ?? true;
}
