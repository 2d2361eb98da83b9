type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const isNull = (value: unknown): boolean => isObject(value) && value.type === "null";

/** A schema whose lists of fixed length also say what their items are, which linters want. */
export function withItems(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withItems);
  if (!isObject(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, withItems(value)]));
  return inner.type === "array" && !inner.items ? { ...inner, items: {} } : inner;
}

/** A schema of JSON Schema 2020-12 as OpenAPI 3.0 knows it: null is an attribute there, and a fixed value a list of one. */
export function asOpenApi30(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asOpenApi30);
  if (!isObject(schema)) return schema;
  const { $schema: _, const: fixed, prefixItems: __, propertyNames: ___, ...rest } = schema;
  const inner = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, asOpenApi30(value)])) as Json;
  if (Array.isArray(inner.type)) {
    inner.nullable = inner.type.includes("null");
    inner.type = inner.type.find((type) => type !== "null");
  }
  if (fixed !== undefined) inner.enum = [fixed];
  if (Array.isArray(inner.anyOf) && inner.anyOf.some(isNull)) {
    const { anyOf, ...beside } = inner;
    const told = anyOf.filter((one) => !isNull(one)).map((one) => ({ ...(one as Json), nullable: true }));
    return told.length === 1 ? { ...told[0], ...beside } : { ...beside, anyOf: told };
  }
  return inner;
}
