import { z } from "zod";
import { audienceOf } from "../access/audience.ts";
import { assessedDay } from "../assessments/risk.ts";
import { defaultIssues } from "../assessments/sample.ts";
import { scoreTrend } from "../assessments/trend.ts";
import type { ResultDocument } from "../contract/processes.ts";
import { issueCodes } from "../contract/taxonomy.ts";
import { addDays, dayOf, daysBetween, isDay } from "../contract/time.ts";
import { type Answer, type Asked, everyRole, type Person, type Role, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { namesOf } from "../queries/areaList.ts";
import { dailyCounts } from "../queries/counts.ts";
import { indicatorNear, loadedIndicators } from "../queries/samples.ts";
import { readSnapshot } from "../queries/snapshot.ts";
import { latestStanding } from "../queries/standing.ts";
import { AnswerCache } from "./answerCache.ts";
import { Areas, type Columns, ColumnsQuery, chosen, listed, readAreaSet, readToldSet, sendColumns } from "./areaSet.ts";
import { frameFor, type Parts, problemAnswers } from "./parts.ts";
import { toldCounts, toldNames, toldStanding } from "./toldValues.ts";

const team: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const readers: readonly Role[] = ["viewer", ...team];
const day = z.string().refine(isDay, "YYYY-MM-DD");
const CountsQuery = z.strictObject({
  areas: Areas,
  from: day.optional(),
  to: day.optional(),
  step: z.enum(["day", "week", "month", "period"]).default("week"),
  issues: z.string().optional(),
  statuses: z.string().optional(),
  forms: z.string().optional(),
  codes: z.enum(["true", "false"]).optional(),
  f: z.enum(["json"]).optional(),
});

async function standingValues(
  parts: Parts,
  kind: "risk" | "hotspots",
  { person, query }: Asked<z.infer<typeof ColumnsQuery>>,
): Promise<Answer> {
  if (audienceOf(person) !== "full") return toldStanding(parts, kind, person, listed(query.areas), query);
  const set = await readAreaSet(parts, person, listed(query.areas));
  const regencies = [...new Set(set.codes.map((code) => code.slice(0, 5)))];
  const until = query.asOf === undefined ? null : new Date(`${addDays(query.asOf, 1)}T00:00:00Z`);
  const published = await latestStanding(parts.database, kind, regencies, until);
  // Not yet assessed is an answer of its own, neither a fault nor a column of zeros.
  if (published.length === 0)
    return sendColumns(
      { ...query, column: undefined },
      set,
      { kind, run: null, runs: {}, dataAsOf: null, publishedAt: null, missing: [] },
      {},
    );
  const documents = new Map(published.map((item) => [item.regencyCode, { item, document: JSON.parse(item.result) as ResultDocument }]));
  const places = new Map(
    [...documents.values()].map(({ document }) => [document.run, new Map(document.codes.map((code, index) => [code, index]))]),
  );
  const names = chosen(Object.keys([...documents.values()][0]?.document.columns ?? {}), query.column);
  const columns: Columns = Object.fromEntries(
    names.map((name) => [
      name,
      set.codes.map((code) => {
        const found = documents.get(code.slice(0, 5));
        const index = found && places.get(found.document.run)?.get(code);
        return found && index !== undefined ? ((found.document.columns[name]?.[index] ?? null) as number | string | null) : null;
      }),
    ]),
  );
  const newest = published.reduce((a, b) => (a.publishedAt > b.publishedAt ? a : b));
  const first = documents.get(newest.regencyCode)?.document;
  const runs = Object.fromEntries(published.map((item) => [item.regencyCode, item.runId]));
  const head = {
    kind,
    run: newest.runId,
    runs,
    dataAsOf: first?.dataAsOf,
    publishedAt: newest.publishedAt,
    period: first?.inputs.period ?? null,
    asOf: first?.inputs.asOf ?? null,
    ...(documents.size === 1
      ? { summary: first?.summary, warnings: first?.warnings }
      : { summaries: Object.fromEntries([...documents].map(([code, { document }]) => [code, document.summary])) }),
    missing: (first?.summary.missing as string[] | undefined) ?? [],
  };
  return sendColumns(query, set, head, columns);
}

async function indicatorValues(parts: Parts, only: string | null, { person, query }: Asked<z.infer<typeof ColumnsQuery>>): Promise<Answer> {
  const set = await readAreaSet(parts, person, listed(query.areas));
  const asOf = query.asOf ?? dayOf(new Date(), parts.config.timeZone);
  const columns: Columns = {};
  await readSnapshot(parts.database, async (snapshot) => {
    const ids = only ? [only] : (await loadedIndicators(snapshot)).map((indicator) => indicator.id);
    for (const id of ids) {
      const rows = new Map((await indicatorNear(snapshot, set.codes, id, Number(asOf.slice(0, 4)))).map((row) => [row.code, row]));
      columns[id] = set.codes.map((code) => rows.get(code)?.value ?? null);
      columns[only ? "year" : `${id}_year`] = set.codes.map((code) => rows.get(code)?.year ?? null);
    }
  });
  return sendColumns(query, set, { kind: only ?? "indicators", asOf }, columns);
}

/** The first days of the steps that cover a half-open period, and the step of each day. Weeks begin on Monday, B-periods in January, May and September. */
export function stepsOf(
  from: string,
  to: string,
  step: "day" | "week" | "month" | "period",
): { steps: string[]; stepOf: (on: string) => number } {
  const startOf = (on: string): string => {
    if (step === "day") return on;
    if (step === "week") return addDays(on, -((daysBetween("1970-01-05", on) % 7) + 7) % 7);
    const month = Number(on.slice(5, 7));
    return `${on.slice(0, 4)}-${String(step === "month" ? month : Math.floor((month - 1) / 4) * 4 + 1).padStart(2, "0")}-01`;
  };
  const steps = [...new Set(Array.from({ length: daysBetween(from, to) }, (_, index) => startOf(addDays(from, index))))];
  const places = new Map(steps.map((start, index) => [start, index]));
  return { steps, stepOf: (on) => places.get(startOf(on)) ?? -1 };
}

const mostDays = 366 * 40;

async function counts(parts: Parts, { person, query }: Asked<z.infer<typeof CountsQuery>>): Promise<Answer> {
  const today = dayOf(new Date(), parts.config.timeZone);
  const from = query.from ?? addDays(today, -1094);
  const to = query.to ?? addDays(today, 1);
  if (from >= to || daysBetween(from, to) > mostDays)
    throw problem("invalid_parameter", { field: "to", value: to, expected: `> from, ≤ ${mostDays} hari / days` });
  const issues = listed(query.issues) ?? [...defaultIssues];
  const wrong = issues.find((code) => !(issueCodes as readonly string[]).includes(code));
  if (wrong !== undefined) throw problem("invalid_parameter", { field: "issues", value: wrong, expected: issueCodes.join(", ") });
  if (audienceOf(person) !== "full") return toldCounts(parts, person, listed(query.areas), { ...query, from, to });
  const set = await readAreaSet(parts, person, listed(query.areas));
  const { steps, stepOf } = stepsOf(from, to, query.step);
  const index = new Map(set.codes.map((code, at) => [code, at]));
  const sums = new Map<string, [number, number, number]>();
  for (const row of await dailyCounts(parts.database, set.codes, {
    from,
    to,
    issues,
    statuses: listed(query.statuses) ?? ["reported", "verified"],
    forms: listed(query.forms),
  })) {
    const area = index.get(row.code) ?? -1;
    const at = stepOf(row.day);
    const sum = sums.get(`${area} ${at}`) ?? [area, at, 0];
    sum[2] += Number(row.n);
    sums.set(`${area} ${at}`, sum);
  }
  const entries = [...sums.values()].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return {
    headers: { "Cache-Control": "private, no-cache" },
    body: {
      areaSet: set.id,
      from,
      to,
      step: query.step,
      steps,
      ...(query.codes === "true" ? { codes: set.codes } : {}),
      entries: { area: entries.map((entry) => entry[0]), step: entries.map((entry) => entry[1]), count: entries.map((entry) => entry[2]) },
    },
  };
}

export function valueRoutes(parts: Parts): Route[] {
  const answers = {
    200: {
      description: "Kolom / columns",
      types: { "application/json": null, "application/vnd.apache.arrow.stream": null },
      headers: ["ETag"],
    },
    ...problemAnswers,
  };
  const cache = new AnswerCache(parts.database);
  const kept = (
    { person, query, url }: { person: Person; query: unknown; url: URL },
    madeFrom: "data" | "publications",
    work: () => Promise<Answer>,
  ) => cache.get(person, [url.pathname, query, dayOf(new Date(), parts.config.timeZone)], madeFrom, work);
  const shared = { method: "get", tag: "nilai", who: readers, answers } as const;
  return [
    route({
      ...shared,
      path: "/api/values/risk",
      summary: "Indeks risiko per desa / risk by village",
      query: ColumnsQuery,
      handle: (asked) => kept(asked, "publications", () => standingValues(parts, "risk", asked)),
    }),
    route({
      ...shared,
      path: "/api/values/hotspots",
      summary: "Titik panas per desa / hotspots by village",
      query: ColumnsQuery,
      handle: (asked) => kept(asked, "publications", () => standingValues(parts, "hotspots", asked)),
    }),
    route({
      ...shared,
      path: "/api/values/population",
      summary: "Penduduk per desa / population by village",
      query: ColumnsQuery,
      handle: (asked) => kept(asked, "data", () => indicatorValues(parts, "population", asked)),
    }),
    route({
      ...shared,
      path: "/api/values/indicators",
      summary: "Indikator per desa / indicators by village",
      who: team,
      query: ColumnsQuery,
      handle: (asked) => kept(asked, "data", () => indicatorValues(parts, null, asked)),
    }),
    route({
      ...shared,
      path: "/api/values/counts",
      summary: "Jumlah kejadian per desa dan langkah waktu / counts by village and step",
      query: CountsQuery,
      handle: (asked) => kept(asked, "data", () => counts(parts, asked)),
    }),
    route({
      ...shared,
      path: "/api/values/trend",
      summary: "Skor satu desa, 13 akhir bulan / one village's score over 13 month ends",
      who: team,
      query: z.strictObject({ area: z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/), asOf: day.optional() }),
      handle: async ({ person, query }) => {
        const frame = frameFor(parts, person);
        return {
          headers: { "Cache-Control": "private, no-cache" },
          body: await scoreTrend(frame, query.area, assessedDay(query.asOf, frame)),
        };
      },
    }),
    route({
      ...shared,
      path: "/api/values/codes/{areaSet}",
      summary: "Urutan dan nama desa sebuah himpunan / codes and names of an area set",
      who: everyRole,
      handle: async ({ person, path }) => {
        const asked = (path.areaSet ?? "").split("~")[0] ?? "";
        const areas = asked === "*" || asked === "" ? null : asked.split("+");
        const headers = { "Cache-Control": "private, max-age=31536000, immutable" };
        const districtsSet = audienceOf(person) === "aggregates" ? await readToldSet(parts, person, areas) : null;
        if (districtsSet && districtsSet.id === path.areaSet)
          return {
            headers,
            body: { areaSet: districtsSet.id, codes: districtsSet.codes, ...(await toldNames(parts, districtsSet.codes)) },
          };
        const set = await readAreaSet(parts, person, areas);
        if (set.id !== path.areaSet) throw problem("not_found", { value: `areaSet ${path.areaSet}` });
        const { names, districts, regencies } = await namesOf(parts.database, set.codes);
        return {
          headers,
          body: { areaSet: set.id, codes: set.codes, names: set.codes.map((code) => names.get(code) ?? code), districts, regencies },
        };
      },
    }),
  ];
}
