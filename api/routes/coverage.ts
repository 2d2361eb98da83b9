import { z } from "zod";
import { audienceOf } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { type CoveredVillage, dayOfNumber, readCoverage } from "../assessments/coverage.ts";
import { coverageColumns, coverageValues, districtSummaries, summaryOf } from "../assessments/coverageSummary.ts";
import { addDays, dayOf, daysBetween, isDay } from "../contract/time.ts";
import { databaseOf } from "../database/actor.ts";
import { type Answer, type Asked, type Person, type Role, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { problem } from "../problem.ts";
import { namesOf } from "../queries/areaList.ts";
import { findVillage } from "../queries/incidents.ts";
import { reportersOf } from "../queries/roster.ts";
import { AnswerCache } from "./answerCache.ts";
import { type AreaSet, Areas, ColumnsQuery, listed, readAreaSet, sendColumns } from "./areaSet.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { rosterLineOf } from "./roster.ts";
import { toldCoverage, toldCoverageColumns } from "./toldCoverage.ts";

const team: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const readers: readonly Role[] = ["viewer", ...team];
const seesReporters = (person: Person): boolean => person.role === "verifier" || person.role === "admin";
const day = z.string().refine(isDay, "YYYY-MM-DD");
const window = { areas: Areas, from: day.optional(), to: day.optional() };
const ValuesQuery = z.strictObject({ ...ColumnsQuery.omit({ asOf: true }).shape, ...window });
const SummaryQuery = z.strictObject({
  ...window,
  level: z.enum(["district", "village"]).default("district"),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  f: z.enum(["json", "csv"]).optional(),
});
const mostDays = 366 * 10;

interface Window {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  readonly timeZone: string;
}

/** The half-open window asked about: by default the 365 days before tomorrow. @throws invalid_parameter for one that is empty or too long. */
function readWindow(query: { from?: string | undefined; to?: string | undefined }, timeZone: string): Window {
  const today = dayOf(new Date(), timeZone);
  const to = query.to ?? addDays(today, 1);
  const from = query.from ?? addDays(to, -365);
  if (from >= to || daysBetween(from, to) > mostDays)
    throw problem("invalid_parameter", { field: "to", value: to, expected: `> from, ≤ ${mostDays} hari / days` });
  return { from, to, today, timeZone };
}

const inWords = ({ from, to, today }: Window) => ({ from, to, today });

async function covered(
  parts: Parts,
  person: Person,
  areas: string | undefined,
  frame: Window,
): Promise<{ set: AreaSet; villages: CoveredVillage[] }> {
  const asked = listed(areas);
  const set = await readAreaSet(parts, person, asked);
  return {
    set,
    villages: await readCoverage(databaseOf(parts.database, "assessor"), { areas: asked ?? person.areas, codes: set.codes, ...frame }),
  };
}

async function summary(parts: Parts, { person, query }: Asked<z.infer<typeof SummaryQuery>>): Promise<Answer> {
  const frame = readWindow(query, parts.config.timeZone);
  if (audienceOf(person) !== "full") return toldCoverage(parts, person, listed(query.areas), frame, query);
  const { set, villages } = await covered(parts, person, query.areas, frame);
  const { names, districts, regencies } = await namesOf(parts.database, set.codes);
  const places = (code: string) => ({
    district_name: districts[code.slice(0, 8)] ?? null,
    regency_name: regencies[code.slice(0, 5)] ?? null,
  });
  const rows =
    query.level === "district"
      ? districtSummaries(villages).map(({ code, ...of }) => ({ code, name: districts[code] ?? code, ...places(code), ...of }))
      : villages.map((village) => ({
          code: village.code,
          name: names.get(village.code) ?? village.code,
          ...places(village.code),
          ...coverageValues(village),
        }));
  const headers = { "Cache-Control": "private, no-cache" };
  if (query.f === "csv") {
    const disposition = `attachment; filename="waspada-cakupan-${frame.from}-${frame.to}.csv"`;
    const columns = rows.map((row) => ({ ...row, ...inWords(frame) }));
    return { type: "text/csv; charset=utf-8", headers: { ...headers, "Content-Disposition": disposition }, body: writeCsv(columns) };
  }
  const shown = rows.slice(0, query.limit);
  return {
    headers,
    body: {
      ...inWords(frame),
      level: query.level,
      summary: summaryOf(villages),
      numberMatched: rows.length,
      numberReturned: shown.length,
      areas: shown,
    },
  };
}

const periodState = (period: CoveredVillage["periods"][number]): string => {
  if (!period.isAnswered) return "missing";
  if (Number.isNaN(period.receivedOn)) return "received";
  return period.receivedOn > period.due ? "late" : "in time";
};

async function ofVillage(parts: Parts, { person, path, query }: Asked<z.infer<typeof VillageQuery>>): Promise<Answer> {
  const code = path.village ?? "";
  const missing = () => problem("not_found", { value: `villages ${code}` });
  if (!maySee(person, code) || !(await findVillage(parts.database, code, null))) throw missing();
  const frame = readWindow(query, parts.config.timeZone);
  const [village] = await readCoverage(databaseOf(parts.database, "assessor"), { areas: [code], codes: [code], ...frame });
  if (!village) throw missing();
  const reporters = seesReporters(person)
    ? await reportersOf(
        parts.database,
        village.lines.map((line) => line.id),
      )
    : null;
  return {
    headers: { "Cache-Control": "private, no-cache" },
    body: {
      code,
      ...inWords(frame),
      ...coverageValues(village),
      lines: village.lines.map((line) => {
        const { reporter: _, ...told } = rosterLineOf(line);
        return reporters ? { ...told, reporter: reporters.get(line.id) ?? null } : told;
      }),
      periods: village.periods.map((period) => ({
        from: dayOfNumber(period.start),
        to: dayOfNumber(period.end),
        due: dayOfNumber(period.due),
        receivedOn: Number.isNaN(period.receivedOn) ? null : dayOfNumber(period.receivedOn),
        state: periodState(period),
      })),
    },
  };
}
const VillageQuery = z.strictObject({ from: day.optional(), to: day.optional() });

export function coverageRoutes(parts: Parts): Route[] {
  const cache = new AnswerCache(parts.database);
  const kept = ({ person, query, url }: { person: Person; query: unknown; url: URL }, work: () => Promise<Answer>) =>
    cache.get(person, [url.pathname, query, dayOf(new Date(), parts.config.timeZone)], "data", work);
  const shared = { method: "get", tag: "cakupan", who: readers } as const;
  const json = { "application/json": null };
  return [
    route<z.infer<typeof ValuesQuery>>({
      ...shared,
      path: "/api/values/coverage",
      summary: "Cakupan pelaporan per desa / reporting coverage by village",
      query: ValuesQuery,
      answers: {
        200: { description: "Kolom / columns", types: { ...json, "application/vnd.apache.arrow.stream": null }, headers: ["ETag"] },
        ...problemAnswers,
      },
      handle: (asked) =>
        kept(asked, async () => {
          const frame = readWindow(asked.query, parts.config.timeZone);
          if (audienceOf(asked.person) !== "full")
            return toldCoverageColumns(parts, asked.person, listed(asked.query.areas), frame, asked.query);
          const { set, villages } = await covered(parts, asked.person, asked.query.areas, frame);
          return sendColumns(
            asked.query,
            set,
            { kind: "coverage", ...inWords(frame), summary: summaryOf(villages) },
            coverageColumns(villages),
          );
        }),
    }),
    route<z.infer<typeof SummaryQuery>>({
      ...shared,
      path: "/api/coverage",
      summary: "Ringkasan cakupan, yang terburuk dahulu / coverage by kecamatan, worst first",
      query: SummaryQuery as z.ZodType<z.infer<typeof SummaryQuery>>,
      answers: { 200: { description: "Ringkasan / summary", types: { ...json, "text/csv": null } }, ...problemAnswers },
      handle: (asked) => kept(asked, () => summary(parts, asked)),
    }),
    route<z.infer<typeof VillageQuery>>({
      ...shared,
      who: team,
      path: "/api/coverage/{village}",
      summary: "Cakupan satu desa dengan baris daftar pelapornya / one village with the roster lines that bear on it",
      query: VillageQuery,
      answers: { 200: { description: "Cakupan / coverage", types: json }, ...problemAnswers },
      handle: (asked) => ofVillage(parts, asked),
    }),
  ];
}
