/** Values between the program and the database, alike on both engines: everything travels as PostgreSQL's own text. */

type TextParser = (text: string) => unknown;

const bytesOf: TextParser = (text) => new Uint8Array(Buffer.from(text.slice(2), "hex"));

// PostgreSQL writes "2025-06-27 17:00:00.5+07" in the session's zone, before zones were agreed on with seconds ("+07:07:12"); infinity and
// years past 9999 stay text.
const momentOf: TextParser = (text) => {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/.exec(text);
  if (parts === null) return text;
  const [, day, time, sign, hours, minutes = "0", seconds = "0"] = parts;
  const offsetMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return new Date(Date.parse(`${day}T${time}Z`) - (sign === "-" ? -offsetMs : offsetMs)).toISOString();
};

const textParsers: Readonly<Record<number, TextParser>> = {
  16: (text) => text === "t",
  17: bytesOf,
  20: Number,
  21: Number,
  23: Number,
  26: Number,
  114: JSON.parse,
  700: Number,
  701: Number,
  1184: momentOf,
  1700: Number,
  3802: JSON.parse,
};

const keepText: TextParser = (text) => text;

// Array type → its element type, from pg_type; these numbers are the same in every PostgreSQL.
const elementTypes: Readonly<Record<number, number>> = {
  199: 114,
  1000: 16,
  1001: 17,
  1005: 21,
  1007: 23,
  1009: 25,
  1014: 1042,
  1015: 1043,
  1016: 20,
  1021: 700,
  1022: 701,
  1028: 26,
  1115: 1114,
  1182: 1082,
  1185: 1184,
  1231: 1700,
  2951: 2950,
  3807: 3802,
};

/**
 * How to read a value of a PostgreSQL type from its text; types not listed here stay text (date, uuid, text, timestamp …).
 * @param typeId the type's number in pg_type
 */
export function parserOf(typeId: number): TextParser {
  const elementType = elementTypes[typeId];
  if (elementType !== undefined) {
    const parseElement = textParsers[elementType] ?? keepText;
    return (text) => parseArray(text, parseElement);
  }
  return textParsers[typeId] ?? keepText;
}

/** A parser for every type that is not kept as text, by the type's number. */
export function allParsers(): Record<number, TextParser> {
  const parsers: Record<number, TextParser> = {};
  for (const typeId of [...Object.keys(textParsers), ...Object.keys(elementTypes)].map(Number)) parsers[typeId] = parserOf(typeId);
  for (const typeId of [25, 1042, 1043, 1082, 1114, 2950]) parsers[typeId] = keepText;
  return parsers;
}

/** Reads `{a,"b c",NULL,{…}}`: PostgreSQL's text of an array, nested as deep as it is. */
export function parseArray(text: string, parseElement: TextParser): unknown[] {
  // A plain list is all that most arrays are.
  if (/^\{[^{"]*\}$/.test(text))
    return text === "{}"
      ? []
      : text
          .slice(1, -1)
          .split(",")
          .map((element) => (element === "NULL" ? null : parseElement(element)));
  // A lower bound other than 1 is written before the braces: "[0:1]={…}".
  let at = text.indexOf("{");
  const readList = (): unknown[] => {
    const list: unknown[] = [];
    at++;
    while (text[at] !== "}") {
      if (text[at] === ",") at++;
      list.push(readElement());
    }
    at++;
    return list;
  };
  const readElement = (): unknown => {
    if (text[at] === "{") return readList();
    if (text[at] === '"') return parseElement(readQuoted());
    const start = at;
    while (text[at] !== "," && text[at] !== "}") at++;
    const element = text.slice(start, at);
    return element === "NULL" ? null : parseElement(element);
  };
  const readQuoted = (): string => {
    let element = "";
    at++;
    while (text[at] !== '"') {
      if (text[at] === "\\") at++;
      element += text[at++];
    }
    at++;
    return element;
  };
  return readList();
}

/** The text PostgreSQL reads for a value; null for null and undefined. Throws on functions and symbols. */
export function textOf(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "undefined":
      return null;
    case "object":
      return value === null ? null : textOfObject(value);
    default:
      throw new TypeError(`a ${typeof value} cannot be stored`);
  }
}

function textOfObject(value: object): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
  if (Array.isArray(value)) return textOfArray(value);
  if (ArrayBuffer.isView(value)) return textOfArray(Array.from(value as unknown as Iterable<unknown>));
  return JSON.stringify(value);
}

function textOfArray(values: readonly unknown[]): string {
  const elements = values.map((value) => {
    if (Array.isArray(value)) return textOfArray(value);
    const text = textOf(value);
    if (text === null) return "NULL";
    return typeof value === "number" ? text : `"${text.replace(/[\\"]/g, "\\$&")}"`;
  });
  return `{${elements.join(",")}}`;
}
