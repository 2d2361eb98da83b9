import { RiskInputs } from "../contract/areaInputs.ts";
import { addDays, daysBetween } from "../contract/time.ts";
import { problem } from "../problem.ts";
import { column, type Frame } from "./frame.ts";
import { readRiskData } from "./risk.ts";

/** The day itself and the twelve month ends before it, oldest first. */
export function monthEnds(asOf: string): string[] {
  const year = Number(asOf.slice(0, 4));
  const month = Number(asOf.slice(5, 7));
  const ends = Array.from({ length: 12 }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 0)).toISOString().slice(0, 10));
  return [asOf, ...ends].reverse();
}

/**
 * One village's score and its parts as they would have been at each month end, with what is known today of what had happened by then.
 * Its 13 assessments share one reading of the data.
 */
export async function scoreTrend(frame: Frame, area: string, asOf: string): Promise<{ area: string; months: Record<string, unknown>[] }> {
  if (frame.scope !== null && !frame.scope.some((code) => area === code || area.startsWith(`${code}.`)))
    throw problem("unknown_area", { field: "area", value: area });
  const { sample, input } = await readRiskData(frame, RiskInputs.parse({ areas: [area.slice(0, 5)] }), asOf);
  const index = sample.indexOf.get(area);
  if (index === undefined) throw problem("unknown_area", { field: "area", value: area });
  const days = monthEnds(asOf);
  const trend = await frame.pool.run("assessRiskTrend", [input, days.map((day) => daysBetween(day, asOf)), index], frame.signal);
  const columns = Object.entries(trend).map(([name, values]) => [name, column(values as ArrayLike<number | string | null>)] as const);
  return {
    area,
    months: days.map((day, at) => ({
      asOf: addDays(day, 0),
      ...Object.fromEntries(columns.map(([name, values]) => [name, values[at] ?? null])),
    })),
  };
}
