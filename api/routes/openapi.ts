import { z } from "zod";
import type { Route } from "../endpoint.ts";
import { itemParameters, mostItems, usualItems } from "./itemsRequest.ts";
import { asOpenApi30, withItems } from "./schemaDialect.ts";

type Json = Record<string, unknown>;

type Dialect = "3.1" | "3.0";

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    detail: { type: "string" },
    instance: { type: "string" },
  },
};

function jsonSchema(schema: z.ZodType, io: "input" | "output", dialect: Dialect): Json {
  const target = dialect === "3.0" ? "openapi-3.0" : "draft-2020-12";
  const { $schema: _, ...rest } = withItems(
    z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
      target,
      // An answer may gain members; what is sent may not have any that are not known.
      override: ({ jsonSchema: made }) => {
        if (io === "output" && made.additionalProperties === false) delete made.additionalProperties;
      },
    }),
  ) as Json;
  return dialect === "3.0" ? (asOpenApi30(rest) as Json) : rest;
}

function parametersOf(declared: Route, dialect: Dialect): Json[] {
  const path = [...declared.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  if (!declared.query) return path;
  const schema = jsonSchema(declared.query, "input", dialect) as { properties?: Record<string, Json>; required?: string[] };
  const query = Object.entries(schema.properties ?? {}).map(([name, inner]) => ({
    name,
    in: "query",
    required: schema.required?.includes(name) ?? false,
    schema: inner,
  }));
  const free = schema.properties ? [] : freeParameters(declared.path);
  return [...path, ...query, ...free];
}

/** Parameters of the routes whose names depend on the collection or the file. */
function freeParameters(path: string): Json[] {
  const names = path.startsWith("/api/imports")
    ? {
        name: "string",
        partial: "boolean",
        dryRun: "boolean",
        mapping: "string",
        level: "string",
        vintage: "string",
        year: "integer",
        orientation: "string",
        source: "string",
        sheet: "string",
        decimal: "string",
        dates: "string",
        indicator: "string",
        unit: "string",
        licence: "string",
      }
    : null;
  if (names === null) return itemsParameters();
  return Object.entries(names).map(([name, type]) => ({ name, in: "query", required: false, schema: { type } }));
}

/** Every collection's own parameters; its properties are parameters too, each collection's queryables say which. */
function itemsParameters(): Json[] {
  const schemas: Readonly<Record<string, Json>> = {
    limit: { type: "integer", minimum: 1, maximum: mostItems, default: usualItems },
    bbox: { type: "array", items: { type: "number" }, minItems: 4, maxItems: 6 },
    "filter-lang": { type: "string", enum: ["cql2-text", "cql2-json"] },
    f: { type: "string", enum: ["json", "geojson", "csv", "arrow", "fgb", "html"] },
  };
  const declared = Object.entries(itemParameters).map(([name, description]) => ({
    name,
    in: "query",
    required: false,
    description,
    schema: schemas[name] ?? { type: "string" },
    ...(name === "bbox" ? { style: "form", explode: false } : {}),
  }));
  const properties = {
    name: "properties",
    in: "query",
    required: false,
    description: "Kolom koleksi sebagai parameter / a property of the collection as a parameter: ?issue=404",
    schema: { type: "object", additionalProperties: { type: "string" } },
    style: "form",
    explode: true,
  };
  return [...declared, properties];
}

function bodyOf(declared: Route, dialect: Dialect): Json {
  if (!declared.body) return {};
  const schema =
    declared.body.kind === "json" && declared.body.schema
      ? jsonSchema(declared.body.schema, "input", dialect)
      : { type: "string", format: "binary" };
  const types = declared.body.types.includes("*/*")
    ? ["application/octet-stream", "application/geo+json", "application/geo+json-seq", "text/csv", "application/sql"]
    : declared.body.types;
  return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) } };
}

function responsesOf(declared: Route, dialect: Dialect): Json {
  const entries = Object.entries(declared.answers).map(([status, answer]) => {
    const isFailure = Number(status) >= 400;
    const types = answer.types ?? (isFailure ? { "application/problem+json": null } : {});
    const content = Object.entries(types).map(([type, schema]) => [
      type,
      {
        schema: schema
          ? jsonSchema(schema, "output", dialect)
          : type === "application/problem+json"
            ? { $ref: "#/components/schemas/Problem" }
            : {},
      },
    ]);
    const headers = (answer.headers ?? []).map((name) => [name, { schema: { type: "string" } }]);
    return [
      status,
      {
        description: answer.description,
        ...(content.length > 0 ? { content: Object.fromEntries(content) } : {}),
        ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
      },
    ];
  });
  const unchanged = Object.values(declared.answers).some((answer) => declared.method === "get" && answer.headers?.includes("ETag"));
  const failed = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return {
    ...Object.fromEntries(entries),
    ...(unchanged ? { 304: { description: "Tidak berubah / not modified" } } : {}),
    default: { description: "Gagal / failed (RFC 9457)", content: failed },
  };
}

const operationId = (declared: Route): string =>
  `${declared.method}-${
    declared.path
      .replace(/^\/api\/?/, "")
      .replace(/[{}]/g, "")
      .replace(/[^a-zA-Z0-9]+/g, "-") || "landing"
  }`.replace(/-$/, "");

/** OpenAPI 3.1 made from the routes themselves, so that it cannot say something else than they do. */
export function openApiDocument(routes: readonly Route[], version: string, dialect: Dialect = "3.1"): Json {
  const paths: Record<string, Json> = {};
  for (const declared of routes) {
    paths[declared.path] ??= {};
    const parameters = parametersOf(declared, dialect);
    (paths[declared.path] as Json)[declared.method] = {
      operationId: operationId(declared),
      summary: declared.summary,
      tags: [declared.tag],
      security: declared.who === "anyone" ? [] : [{ token: [] }, { cookie: [] }],
      ...(parameters.length > 0 ? { parameters } : {}),
      ...bodyOf(declared, dialect),
      responses: responsesOf(declared, dialect),
    };
  }
  return {
    openapi: dialect === "3.1" ? "3.1.0" : "3.0.3",
    info: {
      title: "Waspada",
      version,
      description: "Kewaspadaan dini konflik sosial per desa. / Early warning of social conflict by village.",
      license: { name: "MIT", ...(dialect === "3.1" ? { identifier: "MIT" } : { url: "https://opensource.org/license/mit" }) },
    },
    servers: [{ url: "/", description: "Layanan ini / this service" }],
    tags: [...new Set(routes.map((declared) => declared.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" }, cookie: { type: "apiKey", in: "cookie", name: "waspada_session" } },
      schemas: { Problem: problemSchema },
    },
  };
}
