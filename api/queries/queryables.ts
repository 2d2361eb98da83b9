/** A property that a collection can be filtered and sorted by: the SQL expression behind it and its type. */
export interface Queryable {
  readonly sql: string;
  readonly type: "text" | "number" | "time" | "boolean";
}
export type Queryables = Readonly<Record<string, Queryable>>;

/** What a filter is asked of: the properties and the shape of a collection, and the time zone of its days. */
export interface Filtered {
  readonly queryables: Queryables;
  readonly geometry: string;
  readonly timeZone: string;
}

/** What is wrong with a filter for this collection. */
export class FilterFault extends Error {
  readonly property: string;
  readonly expected: string;
  constructor(property: string, expected: string) {
    super(`${property}: ${expected}`);
    this.property = property;
    this.expected = expected;
  }
}

export const postgresType = { text: "text", number: "double precision", time: "timestamptz", boolean: "boolean" } as const;

/** Collects the values of a statement and hands out their places: `$1`, `$2`, … */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** The property of a name. @throws FilterFault with the names there are */
export function queryableOf(property: string, queryables: Queryables): Queryable {
  const found = Object.hasOwn(queryables, property) ? queryables[property] : undefined;
  if (!found) throw new FilterFault(property, Object.keys(queryables).join(", "));
  return found;
}
