import { isSafeNumber, parse } from "lossless-json";

/** Why a JSON text was refused. */
export interface JsonFault {
  readonly code: "broken_json" | "duplicate_key" | "number_out_of_range" | "invalid_text" | "unknown_field";
  readonly details: Readonly<Record<string, unknown>>;
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const mostNested = 200;

function firstFault(value: unknown, path: string, depth: number): JsonFault | null {
  if (depth > mostNested)
    return { code: "broken_json", details: { reason: `lebih dari ${mostNested} tingkat / more than ${mostNested} levels deep` } };
  if (typeof value === "number" && !Number.isFinite(value))
    return { code: "number_out_of_range", details: { field: path, value: String(value) } };
  if (typeof value === "string" && (value.includes("\u0000") || loneSurrogate.test(value)))
    return { code: "invalid_text", details: { field: path } };
  if (typeof value !== "object" || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    // Copied on, it would become the object's prototype and silently vanish.
    if (key === "__proto__") return { code: "unknown_field", details: { field: key } };
    const fault = firstFault(inner, path ? `${path}.${key}` : key, depth + 1);
    if (fault) return fault;
  }
  return null;
}

/**
 * Reads JSON strictly: duplicate keys, numbers beyond a double (1e999), NUL, lone surrogates and absurd nesting are faults,
 * where JSON.parse would take the last key and infinity without a word.
 */
export function readJson(text: string): { value: unknown } | { fault: JsonFault } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      fault: {
        code: "broken_json",
        details: { reason: text.trim() === "" ? "kosong / empty" : String((error as Error).message).slice(0, 100) },
      },
    };
  }
  const fault = firstFault(value, "", 0);
  if (fault) return { fault };
  let repeated: string | null = null;
  parse(text, undefined, {
    parseNumber: (number) => (isSafeNumber(number) ? Number.parseFloat(number) : Number(number)),
    onDuplicateKey: ({ key }) => {
      repeated ??= key;
      return null;
    },
  });
  return repeated === null ? { value } : { fault: { code: "duplicate_key", details: { field: repeated } } };
}
