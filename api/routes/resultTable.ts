import type { ResultDocument } from "../contract/processes.ts";
import type { Database } from "../database/database.ts";
import type { Answer, Person } from "../endpoint.ts";
import { writeArrow } from "../formats/arrowFeatures.ts";
import { writeCsv } from "../formats/csvText.ts";
import { writeFlatGeobuf } from "../formats/flatgeobufWriter.ts";
import { problem } from "../problem.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import { readItems } from "../queries/items.ts";
import { mediaTypes } from "./wantedFormat.ts";

export const resultFormats = ["csv", "arrow", "geojson", "fgb"] as const;
/** What the routes of results may answer beside JSON. */
export const resultTypes = {
  "text/csv": null,
  "application/vnd.apache.arrow.stream": null,
  "application/geo+json": null,
  "application/flatgeobuf": null,
} as const;
type ResultFormat = (typeof resultFormats)[number];
const mostShapes = 10_000;

type Row = Readonly<Record<string, unknown>> & { readonly run: string };

/**
 * A row for each area or incident, with the run, its period and the moment of its data on every row, so that a file that is passed on can be traced.
 * @throws invalid_parameter for a result whose findings are lists and not columns, such as the clusters of a scan alone.
 */
function rowsOf(document: ResultDocument, format: ResultFormat): Row[] {
  const keys = document.ids ?? document.codes;
  const names = Object.keys(document.columns);
  if (keys.length === 0 || names.length === 0)
    throw problem("invalid_parameter", { field: "f", value: format, expected: `json (${document.process}: summary)` });
  const period = document.inputs.period as { from: string; to: string } | undefined;
  return keys.map((key, at) => ({
    [document.ids ? "id" : "code"]: key,
    ...Object.fromEntries(names.map((name) => [name, document.columns[name]?.[at] ?? null])),
    run: document.run,
    ...(period ? { period_from: period.from, period_to: period.to } : {}),
    data_as_of: document.dataAsOf,
  }));
}

/** The collection that holds the shapes of a result's keys. */
function shapesOf(document: ResultDocument): CollectionId {
  if (document.ids) return "incidents";
  const levels = { 2: "provinces", 5: "regencies", 8: "districts" } as const;
  return levels[(document.codes[0] ?? "").length as keyof typeof levels] ?? "villages";
}

/** Shapes as GeoJSON text by their keys; what the person may not see, or what is no more, has none. @throws invalid_parameter for more than can be sent */
async function readShapes(
  database: Database,
  document: ResultDocument,
  person: Person,
  format: ResultFormat,
): Promise<Map<string, string | null>> {
  const keys = document.ids ?? document.codes;
  if (keys.length > mostShapes)
    throw problem("invalid_parameter", { field: "f", value: format, expected: `csv, arrow (lebih dari / more than ${mostShapes})` });
  const rows = await readItems(database, collections[shapesOf(document)], keys, person.areas);
  return new Map(rows.map((row) => [row.key, row.geojson]));
}

/** A result's columns as a file in the format asked for. */
export async function resultTable(document: ResultDocument, format: ResultFormat, database: Database, person: Person): Promise<Answer> {
  const rows = rowsOf(document, format);
  const ending = format === "arrow" ? "arrows" : format;
  const answer = (type: string, body: string | Uint8Array): Answer => ({
    type,
    headers: { "Content-Disposition": `attachment; filename="waspada-${document.process}-${document.run}.${ending}"` },
    body,
  });
  if (format === "csv") return answer("text/csv; charset=utf-8", writeCsv(rows));
  if (format === "arrow") {
    const { run, process, dataAsOf, inputHash, software } = document;
    const head = { run, process, dataAsOf, inputHash, software, seed: String(document.seed), inputs: JSON.stringify(document.inputs) };
    return answer(
      mediaTypes.arrow,
      writeArrow(
        rows.map((properties) => ({ geometry: null, properties })),
        head,
      ),
    );
  }
  const shapes = await readShapes(database, document, person, format);
  const keyed = rows.map((row) => [String(row.code ?? row.id), row] as const);
  if (format === "fgb") {
    const features = keyed.map(([key, properties]) => ({ geometry: JSON.parse(shapes.get(key) ?? "null") as unknown, properties }));
    return answer(mediaTypes.fgb, writeFlatGeobuf(features));
  }
  const features = keyed.map(
    ([key, row]) =>
      `{"type":"Feature","id":${JSON.stringify(key)},"geometry":${shapes.get(key) ?? "null"},"properties":${JSON.stringify(row)}}`,
  );
  return answer(mediaTypes.geojson, `{"type":"FeatureCollection","features":[${features.join(",")}]}`);
}
