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

const membersOf = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + membersOf(inner), Array.isArray(value) ? 0 : Object.keys(value).length)
    : 0;

/** Where the text that begins at `from` ends: after its closing quote. A pattern would run out of stack on texts of megabytes. */
function endOfText(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); ; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
}

/** Goes through whole JSON: objects that begin and end, and keys, as they are written, quotes included. */
function walk(text: string, visit: { begin: () => void; end: () => void; key: (from: number, to: number) => void }): void {
  let [from, to] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (mark === '"') {
      [from, to] = [at, endOfText(text, at)];
      at = to - 1;
    } else if (mark === ":") visit.key(from, to);
    else if (mark === "{") visit.begin();
    else if (mark === "}") visit.end();
  }
}

/**
 * The first key that an object of this whole JSON holds twice; null where none does. What was read has as many members as the text has keys,
 * unless one took another's place, even one that says the same.
 */
function repeatedKey(text: string, value: unknown): string | null {
  let keys = 0;
  const nothing = (): void => undefined;
  walk(text, { begin: nothing, end: nothing, key: () => void keys++ });
  if (keys === membersOf(value)) return null;
  const open: Set<string>[] = [];
  let repeated: string | null = null;
  walk(text, {
    begin: () => void open.push(new Set()),
    end: () => void open.pop(),
    key: (from, to) => {
      const key = JSON.parse(text.slice(from, to)) as string;
      if (open.at(-1)?.has(key)) repeated ??= key;
      open.at(-1)?.add(key);
    },
  });
  return repeated;
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
  const repeated = repeatedKey(text, value);
  return repeated === null ? { value } : { fault: { code: "duplicate_key", details: { field: repeated } } };
}
