import fc from "fast-check";

/** The part of JSON Schema that the service's own schemas use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly default?: unknown;
}

/** Values for a field of this name, where the schema alone says too little (any text) or too much (any number of simulations). */
export type Vocabulary = Readonly<Record<string, fc.Arbitrary<unknown>>>;

function numberFor(schema: JsonSchema): fc.Arbitrary<number> {
  const low = schema.minimum ?? schema.exclusiveMinimum ?? -1000;
  const high = Math.min(schema.maximum ?? schema.exclusiveMaximum ?? 1000, low + 1000);
  if (schema.type === "integer") return fc.integer({ min: Math.ceil(low), max: Math.max(Math.ceil(low), Math.floor(high)) });
  return fc.double({ min: low, max: Math.max(low, high), noNaN: true });
}

function objectFor(schema: JsonSchema, vocabulary: Vocabulary): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, valueFor(inner, vocabulary, name)] as const);
  const required = (schema.required ?? []).filter((name) => Object.hasOwn(schema.properties ?? {}, name));
  return fc.record(Object.fromEntries(properties), { requiredKeys: required } as never);
}

/** Values that the schema takes, mostly; what it says only in words (refinements, look-ups) is left to chance and to the vocabulary. */
export function valueFor(schema: JsonSchema, vocabulary: Vocabulary, name = ""): fc.Arbitrary<unknown> {
  const own = Object.hasOwn(vocabulary, name) ? vocabulary[name] : undefined;
  if (own) return own;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map((choice) => valueFor(choice, vocabulary, name)));
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  if (type === "integer" || type === "number") return numberFor(schema);
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (type === "array") {
    if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((item) => valueFor(item, vocabulary, name)));
    return fc.array(valueFor(schema.items ?? {}, vocabulary, name), {
      minLength: schema.minItems ?? 0,
      maxLength: Math.max(3, schema.minItems ?? 0),
    });
  }
  if (type === "object" || schema.properties) return objectFor(schema, vocabulary);
  if (schema.format === "uuid") return fc.uuid();
  if (type === "string") return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 20, 20) });
  return fc.jsonValue({ maxDepth: 1 });
}
