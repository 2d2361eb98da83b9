import fc from "fast-check";
import { z } from "zod";
import { IncidentProperties } from "../../../api/contract/incident.ts";
import { PotentialProperties } from "../../../api/contract/potential.ts";
import { processInputs } from "../../../api/contract/processes.ts";
import { ReportProperties } from "../../../api/contract/report.ts";
import { RosterProperties } from "../../../api/contract/roster.ts";
import { tableText } from "./files.ts";
import { faults, hostileText, withFaults } from "./hostile.ts";
import type { Known } from "./place.ts";
import type { FuzzRequest } from "./request.ts";
import { type JsonSchema, type Vocabulary, valueFor } from "./schemaArbitrary.ts";
import { pathValues, vocabularyOf } from "./vocabulary.ts";

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly { readonly name: string; readonly schema: JsonSchema }[];
  readonly body: { readonly types: readonly string[]; readonly schema: JsonSchema } | null;
}

interface OpenApiOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: JsonSchema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

/** What the service's own OpenAPI document says it answers. */
export function operationsOf(document: { paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>> }): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const content = operation.requestBody?.content;
      return {
        method: method.toUpperCase(),
        path,
        query: (operation.parameters ?? []).filter((parameter) => parameter.in === "query"),
        body: content ? { types: Object.keys(content), schema: Object.values(content)[0]?.schema ?? {} } : null,
      };
    }),
  );
}

// Taken at their word they would remove what the drive stands on, or shut it out; they are asked only by those who may not.
const neverAllowed = (operation: Operation): boolean =>
  operation.method === "DELETE" && ["/api/demo", "/api/vintages/{year}"].includes(operation.path);

const asSchema = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
const itemProperties: readonly [RegExp, JsonSchema][] = [
  [/collections\/incidents\/items(\/\{item\})?$/, asSchema(IncidentProperties)],
  [/collections\/reports\/items(\/\{item\})?$/, asSchema(ReportProperties)],
  [/collections\/potentials\/items(\/\{item\})?$/, asSchema(PotentialProperties)],
];
const rosterSchema = asSchema(RosterProperties);
const inputSchemas = Object.values(processInputs).map((schema) => asSchema(schema));

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27");
}

const seldom = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, usually = 7): fc.Arbitrary<T> =>
  fc.oneof({ weight: usually, arbitrary: usual }, { weight: 1, arbitrary: odd });

function addressOf(operation: Operation, known: Known): fc.Arbitrary<string> {
  const parts = operation.path.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const odd = fc.oneof(hostileText.map(encoded), fc.constantFrom("%", "%zz", "%ff%fe", "%00", "..", "%2e%2e%2f"));
    return seldom(pathValues(known, operation.path, name).map(encoded), odd);
  });
  return fc.tuple(...parts).map((list) => list.join(""));
}

const shown = (value: unknown): string =>
  Array.isArray(value) ? value.join(",") : typeof value === "object" ? JSON.stringify(value) : String(value);

function queryOf(operation: Operation, vocabulary: Vocabulary): fc.Arbitrary<string> {
  const one = ({ name, schema }: Operation["query"][number]): fc.Arbitrary<string> =>
    seldom(valueFor(schema, vocabulary, name).map(shown), hostileText).map((value) => `${encoded(name)}=${encoded(value)}`);
  const foreign = fc.tuple(hostileText, hostileText).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const all = [...operation.query.map(one), foreign, fc.constantFrom("limit=1", "f=json", "&&=&", "%=%", "[]=1", "a[b]=c", "__proto__=1")];
  const usual =
    operation.query.length === 0 ? fc.constant<string[]>([]) : fc.array(fc.oneof(...operation.query.map(one)), { maxLength: 3 });
  return seldom(usual, fc.array(fc.oneof(...all), { maxLength: 6 }), 4).map((list) => (list.length > 0 ? `?${list.join("&")}` : ""));
}

const oddHeader = fc.constantFrom<Record<string, string>>(
  { accept: "text/csv" },
  { accept: "application/x-unknown;q=x, */*;q=0" },
  { "accept-language": "en;q=2,id;q=-1,,;;" },
  { "if-match": '"1"' },
  { "if-match": "*" },
  { "if-match": 'W/"x",,\'' },
  { "if-none-match": "*" },
  { "idempotency-key": "k".repeat(300) },
  { "idempotency-key": "sama" },
  { prefer: "respond-async" },
  { prefer: "respond-async, wait=-1" },
  { range: "bytes=0-,-5,9999999999999999999-" },
  { "content-encoding": "gzip" },
  { "x-forwarded-for": "127.0.0.1, ' or 1=1" },
  { "x-http-method-override": "DELETE" },
  { "transfer-encoding": "identity" },
  { cookie: "waspada_session=a; waspada_session=b; =;;;" },
  { origin: "http://jahat.example", "sec-fetch-site": "cross-site" },
  { origin: "::::" },
  { expect: "200-maybe" },
  { authorization: "Bearer" },
  { authorization: "Basic YTpi" },
);

/** Who asks: nearly always the admin, since every check behind the door is to be met. */
const credentials = (token: string): fc.Arbitrary<Record<string, string>> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant<Record<string, string>>({ authorization: `Bearer ${token}` }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Record<string, string>>({}, { authorization: "Bearer salah" }, { cookie: "waspada_session=x" }),
    },
  );

function bodyOf(operation: Operation, vocabulary: Vocabulary, known: Known): fc.Arbitrary<string | null> {
  if (!operation.body) return seldom<string | null>(fc.constant(null), hostileText);
  if (operation.path.startsWith("/api/imports")) return tableText(known);
  const properties = itemProperties.find(([pattern]) => pattern.test(operation.path))?.[1];
  const fitting: Vocabulary = {
    ...vocabulary,
    ...(properties ? { properties: valueFor(properties, vocabulary) } : {}),
    ...(operation.path.endsWith("execution") ? { inputs: fc.oneof(...inputSchemas.map((schema) => valueFor(schema, vocabulary))) } : {}),
  };
  const schema = operation.path.startsWith("/api/roster") ? rosterSchema : operation.body.schema;
  const nearly = fc.tuple(valueFor(schema, fitting), fc.array(faults, { maxLength: 3 })).map(([value, list]) => withFaults(value, list));
  const cut = fc.tuple(nearly, fc.nat(400)).map(([text, at]) => text.slice(0, at));
  return fc.oneof({ weight: 12, arbitrary: nearly }, { weight: 1, arbitrary: cut }, { weight: 1, arbitrary: hostileText });
}

const types = [
  "application/json",
  "application/geo+json",
  "text/csv",
  "text/plain",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "application/json; charset=utf-16",
  "application/x-www-form-urlencoded",
  "a/b;;;",
  "",
];

function requestOf(operation: Operation, known: Known, vocabulary: Vocabulary, token: string): fc.Arbitrary<FuzzRequest> {
  const methods = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND");
  const isAsked = neverAllowed(operation);
  return fc
    .record({
      method: seldom(fc.constant(operation.method), isAsked ? fc.constant("PATCH") : methods, 30),
      address: addressOf(operation, known),
      query: queryOf(operation, vocabulary),
      who: isAsked ? fc.constant<Record<string, string>>({ authorization: "Bearer salah" }) : credentials(token),
      odd: fc.array(oddHeader, { maxLength: 2 }),
      type: seldom(fc.constantFrom(...(operation.body?.types ?? ["application/json"])), fc.constantFrom(...types), 12),
      body: bodyOf(operation, vocabulary, known),
    })
    .map(({ method, address, query, who, odd, type, body }) => ({
      method,
      path: address + query,
      headers: { ...(body === null ? {} : { "content-type": type }), ...Object.assign({}, ...odd), ...who },
      body,
    }));
}

/** Every request the drive may send: an operation of the document, valid, nearly valid or hostile in each part. */
export function anyRequest(operations: readonly Operation[], known: Known, token: string): fc.Arbitrary<FuzzRequest> {
  const vocabulary = vocabularyOf(known);
  return fc.oneof(...operations.map((operation) => requestOf(operation, known, vocabulary, token)));
}
