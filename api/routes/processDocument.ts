import { z } from "zod";
import { type ProcessId, processInputs, processTexts, ResultDocument } from "../contract/processes.ts";
import type { Answer } from "../endpoint.ts";
import { htmlAnswer, valueCell } from "./htmlPage.ts";

type Schema = { readonly properties?: Readonly<Record<string, Record<string, unknown>>>; readonly required?: readonly string[] };
const schemaOf = (schema: z.ZodType, io: "input" | "output"): Schema => z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Schema;

/** What a list of processes tells of one. */
export function processSummary(id: ProcessId, root: string): Record<string, unknown> {
  return {
    id,
    version: "0.1.0",
    ...processTexts[id],
    jobControlOptions: ["sync-execute", "async-execute", "dismiss"],
    outputTransmission: ["value"],
    links: [
      { rel: "self", href: `${root}/processes/${id}`, type: "application/json" },
      { rel: "alternate", href: `${root}/processes/${id}?f=html`, type: "text/html" },
      { rel: "http://www.opengis.net/def/rel/ogc/1.0/execute", href: `${root}/processes/${id}/execution`, type: "application/json" },
    ],
  };
}

/** A process with every input and output as JSON Schema. The members of the result document are the outputs, so that the document is the result by the standard. */
export function processDescription(id: ProcessId, root: string, method: unknown): Record<string, unknown> {
  const { properties = {}, required = [] } = schemaOf(processInputs[id], "input");
  const inputs = Object.entries(properties).map(([name, schema]) => [
    name,
    {
      title: name,
      ...(typeof schema.description === "string" ? { description: schema.description } : {}),
      minOccurs: required.includes(name) ? 1 : 0,
      maxOccurs: 1,
      schema,
    },
  ]);
  const outputs = Object.entries(schemaOf(ResultDocument, "output").properties ?? {}).map(([name, schema]) => [
    name,
    { title: name, schema },
  ]);
  return { ...processSummary(id, root), method, inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) };
}

const home = { href: "/api?f=html", label: "Waspada" };
const list = { href: "/api/processes?f=html", label: "Proses / processes" };

/** All processes, for a person. */
export function processesPage(): Answer {
  const rows = Object.entries(processTexts).map(([id, { title, description }]) => [
    { href: `/api/processes/${id}?f=html`, label: title },
    description,
  ]);
  return htmlAnswer({ title: list.label, trail: [home], tables: [{ title: list.label, head: ["", ""], rows }] });
}

/** One process and its inputs, for a person. */
export function processPage(id: ProcessId): Answer {
  const rows = Object.entries(schemaOf(processInputs[id], "input").properties ?? {}).map(
    ([name, { description, default: usual, ...schema }]) => [name, valueCell(description), valueCell(usual), valueCell(schema)],
  );
  return htmlAnswer({
    title: processTexts[id].title,
    description: processTexts[id].description,
    trail: [home, list],
    tables: [{ title: "Masukan / inputs", head: ["nama / name", "", "lazimnya / default", "skema / schema"], rows }],
    links: [
      { href: `/api/processes/${id}`, label: "application/json" },
      { href: "/api/jobs?f=html", label: "Pekerjaan / jobs" },
    ],
  });
}
