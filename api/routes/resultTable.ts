import type { ResultDocument } from "../contract/processes.ts";
import type { Answer } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { problem } from "../problem.ts";

/**
 * A result's columns as CSV: a row for each area or incident, with the run, its period and the moment of its data on every row, so that a file that is passed on can be traced.
 * @throws invalid_parameter for a result whose findings are lists and not columns, such as the clusters of a scan alone.
 */
export function resultTable(document: ResultDocument): Answer {
  const keys = document.ids ?? document.codes;
  const names = Object.keys(document.columns);
  if (keys.length === 0 || names.length === 0)
    throw problem("invalid_parameter", { field: "f", value: "csv", expected: `json (${document.process}: summary)` });
  const period = document.inputs.period as { from: string; to: string } | undefined;
  const rows = keys.map((key, at) => ({
    [document.ids ? "id" : "code"]: key,
    ...Object.fromEntries(names.map((name) => [name, document.columns[name]![at] ?? null])),
    run: document.run,
    ...(period ? { period_from: period.from, period_to: period.to } : {}),
    data_as_of: document.dataAsOf,
  }));
  return {
    type: "text/csv; charset=utf-8",
    headers: { "Content-Disposition": `attachment; filename="waspada-${document.process}-${document.run}.csv"` },
    body: writeCsv(rows),
  };
}
