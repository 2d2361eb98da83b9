import { z } from "zod";
import type { Route } from "../endpoint.ts";

type Json = Record<string, unknown>;

const problemSchema = {
  type: "object",
  required: ["code", "status", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    detail: { type: "string" },
    instance: { type: "string" },
  },
};

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  return rest;
}

function parametersOf(declared: Route): Json[] {
  const path = [...declared.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  if (!declared.query) return path;
  const schema = jsonSchema(declared.query, "input") as { properties?: Record<string, Json>; required?: string[] };
  const query = Object.entries(schema.properties ?? {}).map(([name, inner]) => ({
    name,
    in: "query",
    required: schema.required?.includes(name) ?? false,
    schema: inner,
  }));
  const free = schema.properties ? [] : itemParameters(declared.path);
  return [...path, ...query, ...free];
}

/** Parameters of the routes whose names depend on the collection or the file. */
function itemParameters(path: string): Json[] {
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
    : {
        bbox: "string",
        datetime: "string",
        limit: "integer",
        filter: "string",
        "filter-lang": "string",
        sortby: "string",
        cursor: "string",
        asOf: "string",
        f: "string",
      };
  return Object.entries(names).map(([name, type]) => ({ name, in: "query", required: false, schema: { type } }));
}

function bodyOf(declared: Route): Json {
  if (!declared.body) return {};
  const schema =
    declared.body.kind === "json" && declared.body.schema
      ? jsonSchema(declared.body.schema, "input")
      : { type: "string", format: "binary" };
  const types = declared.body.types.includes("*/*")
    ? ["application/octet-stream", "application/geo+json", "application/geo+json-seq", "text/csv", "application/sql"]
    : declared.body.types;
  return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) } };
}

function responsesOf(declared: Route): Json {
  const entries = Object.entries(declared.answers).map(([status, answer]) => {
    const isFailure = Number(status) >= 400;
    const types = answer.types ?? (isFailure ? { "application/problem+json": null } : {});
    const content = Object.entries(types).map(([type, schema]) => [
      type,
      {
        schema: schema ? jsonSchema(schema, "output") : type === "application/problem+json" ? { $ref: "#/components/schemas/Problem" } : {},
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
  return Object.fromEntries(entries);
}

const operationId = (declared: Route): string =>
  `${declared.method}-${
    declared.path
      .replace(/^\/api\/?/, "")
      .replace(/[{}]/g, "")
      .replace(/[^a-zA-Z0-9]+/g, "-") || "landing"
  }`.replace(/-$/, "");

/** OpenAPI 3.1 made from the routes themselves, so that it cannot say something else than they do. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const declared of routes) {
    paths[declared.path] ??= {};
    (paths[declared.path] as Json)[declared.method] = {
      operationId: operationId(declared),
      summary: declared.summary,
      tags: [declared.tag],
      security: declared.who === "anyone" ? [] : [{ token: [] }, { cookie: [] }],
      ...(parametersOf(declared).length > 0 ? { parameters: parametersOf(declared) } : {}),
      ...bodyOf(declared),
      responses: responsesOf(declared),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Waspada",
      version,
      description: "Kewaspadaan dini konflik sosial per desa. / Early warning of social conflict by village.",
      license: { name: "MIT", identifier: "MIT" },
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
