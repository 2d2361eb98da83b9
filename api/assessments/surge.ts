import { mostWeeks, weeksLeftOut } from "../analysis/surge/expectedBand.ts";
import type { AreaSurge } from "../analysis/surge/surge.ts";
import { surgeWarnings } from "../analysis/surge/surge.ts";
import type { Inputs } from "../contract/processes.ts";
import { addDays, dayOf, daysBetween } from "../contract/time.ts";
import { problem } from "../problem.ts";
import { codeLength } from "../queries/samples.ts";
import { firstIncidentDay, stepCounts } from "../queries/stepCounts.ts";
import type { Frame, Outcome } from "./frame.ts";
import { filledFilter, readSample, type Sample } from "./sample.ts";

const areasInPart = 8;

/** The Monday on or before a day, and on or after it. */
const mondayBefore = (day: string): string => addDays(day, -((daysBetween("2024-01-01", day) % 7) + 7) % 7);
const mondayAfter = (day: string): string => mondayBefore(addDays(day, 6));

/**
 * Incidents of every area in whole weeks, as far back as the first week shown looks, but only from the first Monday after the first incident of all: before that, silence is not
 * known to be silence.
 */
async function readWeeks(
  frame: Frame,
  sample: Sample,
  question: ReturnType<typeof filledFilter>,
  weeks: number,
): Promise<{ counts: Float64Array[]; from: string }> {
  const earliest = addDays(question.to, -7 * (weeks + mostWeeks + weeksLeftOut));
  const first = await firstIncidentDay(frame.database, sample.villages, { ...question, from: "1900-01-01" });
  const known = first === null ? question.to : mondayAfter(first);
  const from = daysBetween(earliest, known) > 0 ? known : earliest;
  const length = Math.max(0, daysBetween(from, question.to) / 7);
  const counts = sample.codes.map(() => new Float64Array(length));
  for (const { code, step, n } of await stepCounts(frame.database, sample.villages, { ...question, from }, 7)) {
    const area = counts[sample.indexOf.get(code.slice(0, codeLength[sample.level])) ?? -1];
    if (area) area[step] = (area[step] ?? 0) + n;
  }
  return { counts, from };
}

/** The process `surge`: the last whole weeks of every kecamatan (or kabupaten) against what the years before lead one to expect. */
export async function assessSurge(frame: Frame, inputs: Inputs<"surge">): Promise<Outcome> {
  const today = dayOf(frame.now, frame.timeZone);
  const asOf = inputs.asOf ?? today;
  if (asOf > addDays(today, 1)) throw problem("invalid_input", { field: "asOf", value: asOf, expected: `≤ ${addDays(today, 1)}` });
  const { areas, issues, statuses, level, weeks, alpha } = inputs;
  const to = mondayBefore(asOf);
  const question = filledFilter({ issues, statuses, period: { from: addDays(to, -7), to } }, today);
  const sample = await readSample(frame.database, { areas, level, border: false }, frame.scope);
  const { counts, from } = await readWeeks(frame, sample, question, weeks);
  const parts = Array.from({ length: Math.ceil(counts.length / areasInPart) }, (_, part) =>
    counts.slice(part * areasInPart, (part + 1) * areasInPart),
  );
  const surges = (
    await frame.pool.runParts(
      "analyseSurge",
      parts.map((part) => [part, weeks, alpha]),
      { signal: frame.signal, onPart: (done, of) => frame.onProgress?.((95 * done) / of, `${done}/${of}`) },
    )
  ).flat();
  const shown = surges[0]?.observed.length ?? 0;
  const firstShown = addDays(to, -7 * shown);
  const days = Array.from({ length: shown }, (_, week) => addDays(firstShown, 7 * week));
  const last = <Name extends keyof AreaSurge>(name: Name): (number | string | boolean | null)[] =>
    surges.map((area) => area[name][shown - 1] ?? null);
  const models = surges.map((area) => area.model.at(-1) ?? null);
  const historyWeeks = counts[0]?.length ?? 0;
  return {
    inputs: { ...inputs, asOf, issues: question.issues },
    seed: 0,
    codes: sample.codes,
    columns: {
      observed: last("observed"),
      expected: last("expected"),
      upper: last("upper"),
      p: last("p"),
      exceedance: last("exceedance"),
      dispersion: last("dispersion"),
      isAlarm: last("isAlarm"),
      model: models,
    },
    summary: {
      week: { from: addDays(to, -7), to },
      weeks: days,
      series: {
        observed: surges.map((area) => area.observed),
        expected: surges.map((area) => area.expected),
        upper: surges.map((area) => area.upper),
        p: surges.map((area) => area.p),
        isAlarm: surges.map((area) => area.isAlarm),
      },
      alarms: surges.flatMap((area, index) =>
        days.flatMap((week, at) =>
          area.isAlarm[at]
            ? [
                {
                  code: sample.codes[index],
                  week,
                  observed: area.observed[at],
                  expected: area.expected[at],
                  upper: area.upper[at],
                  p: area.p[at],
                },
              ]
            : [],
        ),
      ),
      historyFrom: from,
      historyWeeks,
      // Of the last week: so many areas would be called by mere chance, at most.
      falseAlarmsAtMost: alpha * sample.codes.length,
    },
    warnings: [{ code: "surge_of_reports_not_causes" }, ...surgeWarnings(historyWeeks, models)],
    hashed: [from, ...counts],
  };
}
