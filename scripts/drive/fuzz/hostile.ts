import fc from "fast-check";

/** Stands in a value for JSON that no value can make, such as `1e999`; `writeJson` puts it in bare. */
const bare = (text: string): string => `«bare:${text}»`;

/** Writes JSON with the bare places filled in. */
export function writeJson(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replace(/"«bare:([^»]*)»"/g, "$1");
}

/** Texts that have broken other programs. */
export const hostileTexts: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "\u202egnp.exe",
  "\u200b\ufeff",
  "‮⁦مرحبا⁩",
  "👩‍👩‍👧‍👦".repeat(3),
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "' or '1'='1",
  "'; drop table incident; --",
  "\\'; select pg_sleep(10); --",
  "$1",
  "%s%s%n",
  "$" + "{7*7}{{7*7}}",
  "=cmd|' /C calc'!A0",
  "@SUM(1+1)",
  "../../../../etc/passwd",
  "..%2f..%2f",
  "%00",
  "\r\nSet-Cookie: x=1",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "null",
  "undefined",
  "NaN",
  "-Infinity",
  "1e309",
  "0x10",
  "１２３",
  "9".repeat(400),
  "x".repeat(5000),
  "(".repeat(3000),
  "2025-02-31",
  "0001-01-01",
  "9999-12-31T23:59:60Z",
  "+275760-09-13",
  "-000001-01-01",
  "35.17",
  "35.17.01.2001'",
  "99.01",
  "00000000-0000-0000-0000-000000000000",
];

const hostileLeaf = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0.0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    5e-324,
    "3",
    bare("1e999"),
    bare("-1e999"),
    bare("NaN"),
    bare("12345678901234567890123"),
    bare("0123"),
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.double(),
  fc.integer(),
);

const deep = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);

/** Any value that does not belong where it is put. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: hostileLeaf },
  { weight: 1, arbitrary: fc.constantFrom<unknown>([], {}, [[]], [null], { type: "Point" }, deep(190), deep(1000)) },
  { weight: 1, arbitrary: fc.array(hostileLeaf, { maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom("type", "id", "__proto__", "constructor", "code", "a"), hostileLeaf, { maxKeys: 3 }),
  },
);

/** A text that does not belong where it is put. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.integer().map(String) },
);

/** Changes something inside a value: the place is counted over all places that it has. */
export interface Fault {
  readonly place: number;
  readonly how: "replace" | "leave out" | "add" | "twice";
  readonly value: unknown;
}

export const faults: fc.Arbitrary<Fault> = fc.record({
  place: fc.nat(60),
  how: fc.constantFrom("replace", "replace", "replace", "leave out", "add", "twice"),
  value: hostileValue,
});

type Container = Record<string, unknown> | unknown[];

function placesOf(value: unknown): [Container, string | number][] {
  if (typeof value !== "object" || value === null) return [];
  const own = Object.keys(value).map((key): [Container, string | number] => [value as Container, Array.isArray(value) ? Number(key) : key]);
  return [...own, ...Object.values(value).flatMap(placesOf)];
}

// Also where the key is __proto__, which an assignment would take for the prototype.
function put(container: Container, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The JSON text of a value with faults put into a copy of it. */
export function withFaults(value: unknown, list: readonly Fault[]): string {
  let copy = structuredClone(value);
  let twice: string | null = null;
  for (const fault of list) {
    // A copy: the next fault may fall inside it.
    const given = structuredClone(fault.value);
    const places = placesOf(copy);
    const chosen = places[fault.place % Math.max(1, places.length)];
    if (!chosen) {
      copy = given;
      continue;
    }
    const [container, key] = chosen;
    if (fault.how === "replace" || (fault.how === "twice" && Array.isArray(container))) put(container, key, given);
    else if (fault.how === "twice") twice = String(key);
    else if (fault.how === "leave out") Array.isArray(container) ? container.splice(Number(key), 1) : delete container[key];
    else if (Array.isArray(container)) container.push(given);
    else put(container, typeof fault.value === "string" ? fault.value : "asing", given);
  }
  const text = writeJson(copy);
  const name = twice === null ? null : `${JSON.stringify(twice)}:`;
  return name !== null && text.includes(name) ? text.replace(name, `${name}null,${name}`) : text;
}
