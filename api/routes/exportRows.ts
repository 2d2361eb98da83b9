import { audienceOf } from "../access/audience.ts";
import { defaultIssues } from "../assessments/sample.ts";
import type { ResultDocument } from "../contract/processes.ts";
import type { ToldState } from "../contract/toldValues.ts";
import type { Person } from "../endpoint.ts";
import { namesOf } from "../queries/areaList.ts";
import { dailyCounts } from "../queries/counts.ts";
import { latestStanding } from "../queries/standing.ts";
import { readAreaSet } from "./areaSet.ts";
import type { Parts } from "./parts.ts";
import { toldCounts, toldNames, toldStanding } from "./toldValues.ts";

export type ExportRow = Readonly<Record<string, string | number | boolean | null>> & { readonly code: string };

/** What a view holds as rows of areas, and what has to be said beside them. */
export interface ViewRows {
  readonly rows: readonly ExportRow[];
  readonly period: { readonly from: string; readonly to: string };
  readonly dataAsOf: string | null;
  /** Runs by kabupaten and kind. */
  readonly runs: readonly { readonly kind: string; readonly regency: string; readonly run: string }[];
  readonly note: string;
}

export interface ViewAsked {
  readonly areas: readonly string[] | null;
  readonly from: string;
  readonly to: string;
  readonly issues: readonly string[] | null;
  readonly forms: readonly string[] | null;
  readonly statuses: readonly string[] | null;
}

const riskColumns = ["band", "score", "scoreLower", "scoreUpper", "rank", "rankLower", "rankUpper"] as const;
const partColumns = ["kejadian", "imbasan", "kecenderungan", "kerentanan", "agenda", "potensi"] as const;
const hotColumns = { class: "hotspot", z: "hotspot_z", q: "hotspot_q" } as const;
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const honesty =
  "Skor adalah urutan, bukan peluang dan bukan ramalan; sel kosong berarti tidak diketahui, bukan nol. / Scores are an order, neither a probability nor a forecast; an empty cell is unknown, not zero.";

/** The newest published values of a kind, as a look-up by column and code. */
async function published(parts: Parts, kind: "risk" | "hotspots", regencies: readonly string[]) {
  const found = (await latestStanding(parts.database, kind, regencies, null)).map((item) => ({
    item,
    document: JSON.parse(item.result) as ResultDocument,
  }));
  const places = new Map(found.flatMap(({ document }) => document.codes.map((code, index) => [code, { document, index }] as const)));
  return {
    value: (code: string, column: string): string | number | null => {
      const place = places.get(code);
      return (place?.document.columns[column]?.[place.index] ?? null) as string | number | null;
    },
    dataAsOf:
      found
        .map(({ document }) => document.dataAsOf)
        .sort()
        .at(-1) ?? null,
    runs: found.map(({ item }) => ({ kind, regency: item.regencyCode, run: item.runId })),
  };
}

async function villageRows(parts: Parts, person: Person, asked: ViewAsked): Promise<ViewRows> {
  const { codes } = await readAreaSet(parts, person, asked.areas);
  const regencies = [...new Set(codes.map((code) => code.slice(0, 5)))];
  const [risk, hotspots, names, counts] = await Promise.all([
    published(parts, "risk", regencies),
    published(parts, "hotspots", regencies),
    namesOf(parts.database, codes),
    dailyCounts(parts.database, codes, {
      from: asked.from,
      to: asked.to,
      issues: asked.issues ?? defaultIssues,
      statuses: asked.statuses ?? ["reported", "verified"],
      forms: asked.forms,
    }),
  ]);
  const counted = new Map<string, number>();
  for (const { code, n } of counts) counted.set(code, (counted.get(code) ?? 0) + Number(n));
  const rows = codes.map((code) => ({
    code,
    name: names.names.get(code) ?? code,
    district: names.districts[code.slice(0, 8)] ?? null,
    regency: names.regencies[code.slice(0, 5)] ?? null,
    incidents: counted.get(code) ?? 0,
    population: risk.value(code, "population"),
    ...Object.fromEntries(riskColumns.map((name) => [snake(name), risk.value(code, name)])),
    ...Object.fromEntries(partColumns.map((name) => [name, risk.value(code, name)])),
    ...Object.fromEntries(Object.entries(hotColumns).map(([name, written]) => [written, hotspots.value(code, name)])),
  }));
  return {
    rows,
    period: { from: asked.from, to: asked.to },
    dataAsOf: risk.dataAsOf ?? hotspots.dataAsOf,
    runs: [...risk.runs, ...hotspots.runs],
    note: honesty,
  };
}

async function districtRows(parts: Parts, person: Person, asked: ViewAsked): Promise<ViewRows> {
  const listed = (list: readonly string[] | null) => (list === null ? {} : { list: list.join(",") });
  const query = {
    from: asked.from,
    to: asked.to,
    step: "month",
    ...(asked.issues ? { issues: listed(asked.issues).list } : {}),
    ...(asked.forms ? { forms: listed(asked.forms).list } : {}),
    ...(asked.statuses ? { statuses: listed(asked.statuses).list } : {}),
  };
  const [standing, counts] = await Promise.all([
    toldStanding(parts, "risk", person, asked.areas, { codes: "true" }),
    toldCounts(parts, person, asked.areas, query),
  ]);
  const told = standing.body as {
    codes: string[];
    columns: { band: (string | null)[]; villages: (number | null)[]; state: ToldState[] };
    dataAsOf: string | null;
    note: string;
  };
  const { steps, entries, suppressed, from, to } = counts.body as {
    steps: string[];
    entries: { area: number[]; step: number[]; count: number[] };
    suppressed: { area: number[]; step: number[] };
    from: string;
    to: string;
  };
  const { names, regencies } = await toldNames(parts, told.codes);
  const cells = new Map<string, number | string>();
  entries.area.forEach((area, index) => {
    cells.set(`${area} ${entries.step[index]}`, entries.count[index] as number);
  });
  suppressed.area.forEach((area, index) => {
    cells.set(`${area} ${suppressed.step[index]}`, "suppressed");
  });
  const rows = told.codes.map((code, area) => ({
    code,
    name: names[area] ?? code,
    regency: regencies[code.slice(0, 5)] ?? null,
    villages: told.columns.villages[area] ?? null,
    band: told.columns.band[area] ?? null,
    state: told.columns.state[area] ?? null,
    ...Object.fromEntries(steps.map((start, step) => [start.slice(0, 7), cells.get(`${area} ${step}`) ?? 0])),
  }));
  return { rows, period: { from, to }, dataAsOf: told.dataAsOf, runs: [], note: told.note };
}

/** The rows behind what a person's map shows: villages with all that is published of them for the team; kecamatan with small cells kept back for viewers. */
export const viewRows = (parts: Parts, person: Person, asked: ViewAsked): Promise<ViewRows> =>
  audienceOf(person) === "full" ? villageRows(parts, person, asked) : districtRows(parts, person, asked);
