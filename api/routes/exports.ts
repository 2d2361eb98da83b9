import { z } from "zod";
import { formCodes, issueCodes } from "../contract/taxonomy.ts";
import { addDays, dayOf, daysBetween, isDay } from "../contract/time.ts";
import { type Answer, type Asked, type Person, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { writeXlsx } from "../formats/xlsxWriter.ts";
import { problem } from "../problem.ts";
import { geojsonOf } from "../queries/areaShapes.ts";
import { letterheadFor } from "../queries/letterhead.ts";
import { Areas, listed } from "./areaSet.ts";
import { type ViewRows, viewRows } from "./exportRows.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const day = z.string().refine(isDay, "YYYY-MM-DD");
const listOf = (codes: readonly string[]) =>
  z
    .string()
    .refine((text) => text.split(",").every((code) => codes.includes(code)), codes.join(", "))
    .optional();
const View = z.strictObject({
  areas: Areas,
  from: day.optional(),
  to: day.optional().describe("exclusive"),
  issues: listOf(issueCodes),
  forms: listOf(formCodes),
  statuses: listOf(["draft", "reported", "verified", "rejected", "merged"]),
});
const Exported = View.extend({ f: z.enum(["csv", "xlsx", "geojson"]).default("csv") });
type Exported = z.output<typeof Exported>;

const types = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  geojson: "application/geo+json",
} as const;
// What a spreadsheet holds without pain, and what a browser can draw.
const mostAreas = { csv: 100_000, xlsx: 100_000, geojson: 10_000 } as const;
const defaultDays = 365;
const mostDays = 366 * 40;
const readers = ["viewer", "analyst", "leader", "verifier", "admin"] as const;

async function rowsOf(parts: Parts, person: Person, query: z.output<typeof View>): Promise<ViewRows> {
  const to = query.to ?? addDays(dayOf(new Date(), parts.config.timeZone), 1);
  const from = query.from ?? addDays(to, -defaultDays);
  if (from >= to || daysBetween(from, to) > mostDays)
    throw problem("invalid_parameter", { field: "to", value: to, expected: `> from, ≤ ${mostDays} hari / days` });
  const { areas, issues, forms, statuses } = query;
  return viewRows(parts, person, {
    areas: listed(areas),
    from,
    to,
    issues: listed(issues),
    forms: listed(forms),
    statuses: listed(statuses),
  });
}

const provenance = ({ period, dataAsOf, runs, note }: ViewRows) => ({
  period_from: period.from,
  period_to: period.to,
  data_as_of: dataAsOf,
  runs,
  note,
});

async function fileOf(parts: Parts, view: ViewRows, format: keyof typeof types): Promise<string | Uint8Array> {
  const { rows } = view;
  const riskRun = new Map(view.runs.filter(({ kind }) => kind === "risk").map(({ regency, run }) => [regency, run]));
  const told = rows.map((row) => ({
    ...row,
    period_from: view.period.from,
    period_to: view.period.to,
    data_as_of: view.dataAsOf,
    run: riskRun.get(row.code.slice(0, 5)) ?? null,
  }));
  if (format === "csv") return writeCsv(told);
  if (format === "xlsx") {
    const columns = Object.keys(told[0] ?? { code: null });
    const { runs, ...head } = provenance(view);
    const about: [string, string | null][] = [
      ...Object.entries(head),
      ...runs.map(({ kind, regency, run }): [string, string] => [`run ${kind} ${regency}`, run]),
    ];
    return writeXlsx([
      {
        name: "Data",
        columns,
        rows: told.map((row) => columns.map((column) => (row as Record<string, string | number | boolean | null>)[column] ?? null)),
      },
      { name: "Keterangan", columns: ["hal", "isi"], rows: about },
    ]);
  }
  const shapes = await geojsonOf(
    parts.database,
    rows.map(({ code }) => code),
  );
  const features = told.map(
    (row) =>
      `{"type":"Feature","id":${JSON.stringify(row.code)},"geometry":${shapes.get(row.code) ?? "null"},"properties":${JSON.stringify(row)}}`,
  );
  return `{"type":"FeatureCollection","provenance":${JSON.stringify(provenance(view))},"features":[\n${features.join(",\n")}\n]}\n`;
}

/** What a map shows as files, told with run, period and data date, and kept back for its reader as on the screen. */
export function exportRoutes(parts: Parts): Route[] {
  const shared = { method: "get", tag: "ekspor", who: readers } as const;
  const tooLarge = {
    422: {
      description: "Terlalu besar atau wilayah tidak dikenal / too large or area not known",
      types: { "application/problem+json": null },
    },
  };
  return [
    route<Exported>({
      ...shared,
      path: "/api/exports/view",
      summary: "Tampilan peta sebagai berkas (CSV, XLSX, GeoJSON) / the map's view as a file",
      query: Exported as unknown as z.ZodType<Exported>,
      answers: {
        200: { description: "Berkas / the file", types: { "text/csv": null, [types.xlsx]: null, [types.geojson]: null } },
        ...problemAnswers,
        ...tooLarge,
      },
      handle: async ({ person, query }: Asked<Exported>): Promise<Answer> => {
        const { f, ...asked } = query;
        const view = await rowsOf(parts, person, asked);
        if (view.rows.length > mostAreas[f]) throw problem("export_too_large", { field: f, value: view.rows.length, limit: mostAreas[f] });
        const name = `waspada-${(query.areas ?? "semua").replaceAll(",", "_").slice(0, 40)}-${dayOf(new Date(), parts.config.timeZone)}.${f}`;
        return {
          type: types[f],
          headers: { "Content-Disposition": `attachment; filename="${name}"`, "Cache-Control": "no-store" },
          body: await fileOf(parts, view, f),
        };
      },
    }),
    route<z.output<typeof View>>({
      ...shared,
      path: "/api/exports/caption",
      summary: "Keterangan di bawah gambar peta / what stands under a picture of the map",
      query: View as unknown as z.ZodType<z.output<typeof View>>,
      answers: {
        200: {
          description: "Keterangan / caption",
          types: {
            "application/json": z.object({
              office: z.string(),
              by: z.string(),
              period_from: z.string(),
              period_to: z.string(),
              data_as_of: z.string().nullable(),
              runs: z.array(z.object({ kind: z.string(), regency: z.string(), run: z.string() })),
              note: z.string(),
            }),
          },
        },
        ...problemAnswers,
        ...tooLarge,
      },
      handle: async ({ person, query }) => {
        const view = await rowsOf(parts, person, query);
        const found = await letterheadFor(parts.database, listed(query.areas)?.[0]?.slice(0, 5) ?? null);
        return {
          headers: { "Cache-Control": "no-store" },
          body: { office: found?.letterhead.office ?? "", by: person.name, ...provenance(view) },
        };
      },
    }),
  ];
}
