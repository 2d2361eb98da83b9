import { isDay, isMoment, parseWhen } from "../contract/time.ts";

/** A property that a collection can be filtered and sorted by: the SQL expression behind it and its type. */
export interface Queryable {
  readonly sql: string;
  readonly type: "text" | "number" | "time";
}
export type Queryables = Readonly<Record<string, Queryable>>;

type Literal = string | number | boolean;
/** The filter tree, by shape, so that this room needs nothing of the room that parses it. */
export type FilterTree =
  | { readonly kind: "and" | "or"; readonly parts: readonly FilterTree[] }
  | { readonly kind: "not"; readonly part: FilterTree }
  | { readonly kind: "compare"; readonly property: string; readonly operator: string; readonly value: Literal }
  | { readonly kind: "like"; readonly property: string; readonly pattern: string }
  | { readonly kind: "between"; readonly property: string; readonly low: Literal; readonly high: Literal }
  | { readonly kind: "in"; readonly property: string; readonly values: readonly Literal[] }
  | { readonly kind: "null"; readonly property: string };

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

const postgresType = { text: "text", number: "double precision", time: "timestamptz" } as const;

/** Collects the values of a statement and hands out their places: `$1`, `$2`, … */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

function queryableOf(property: string, queryables: Queryables): Queryable {
  const found = Object.hasOwn(queryables, property) ? queryables[property] : undefined;
  if (!found) throw new FilterFault(property, Object.keys(queryables).join(", "));
  return found;
}

function valueFor(property: string, queryable: Queryable, value: Literal, timeZone: string): unknown {
  if (queryable.type === "number" && typeof value !== "number") throw new FilterFault(property, "angka / a number");
  if (queryable.type === "text" && typeof value !== "string")
    throw new FilterFault(property, "teks dalam tanda petik tunggal / text in single quotes");
  if (queryable.type === "time") {
    const when = typeof value === "string" && (isDay(value) || isMoment(value)) ? parseWhen(value, timeZone) : null;
    if (!when) throw new FilterFault(property, "'2025-06-27'");
    return when.moment;
  }
  return value;
}

/** The end of the day where the value is a bare day, since a date in a filter is the whole day. */
function endOf(value: Literal, timeZone: string): Date | null {
  const when = typeof value === "string" ? parseWhen(value, timeZone) : null;
  return when?.precision === "day" ? new Date(when.moment.getTime() + 86_400_000) : null;
}

/**
 * SQL for a filter tree, every value as a parameter, every property from the collection's own list.
 * @throws FilterFault naming the property and what it takes.
 */
export function filterSql(filter: FilterTree, queryables: Queryables, parameters: Parameters, timeZone: string): string {
  const again = (part: FilterTree): string => filterSql(part, queryables, parameters, timeZone);
  if ("parts" in filter) return `(${filter.parts.map(again).join(` ${filter.kind} `)})`;
  if ("part" in filter) return `not (${again(filter.part)})`;
  const queryable = queryableOf(filter.property, queryables);
  const place = (value: Literal): string =>
    parameters.add(valueFor(filter.property, queryable, value, timeZone), postgresType[queryable.type]);
  const instant = (moment: Date): string => parameters.add(moment, "timestamptz");
  if (filter.kind === "null") return `${queryable.sql} is null`;
  if (filter.kind === "like") {
    if (queryable.type !== "text") throw new FilterFault(filter.property, "kolom teks / a text property");
    return `${queryable.sql} ilike ${parameters.add(filter.pattern, "text")}`;
  }
  if (filter.kind === "in")
    return `(${filter.values.map((value) => again({ kind: "compare", property: filter.property, operator: "=", value })).join(" or ")})`;
  if (filter.kind === "between") {
    return again({
      kind: "and",
      parts: [
        { kind: "compare", property: filter.property, operator: ">=", value: filter.low },
        { kind: "compare", property: filter.property, operator: "<=", value: filter.high },
      ],
    });
  }
  const nextDay = queryable.type === "time" ? endOf(filter.value, timeZone) : null;
  if (nextDay && filter.operator === "=") return `(${queryable.sql} >= ${place(filter.value)} and ${queryable.sql} < ${instant(nextDay)})`;
  if (nextDay && filter.operator === "<>") return `(${queryable.sql} < ${place(filter.value)} or ${queryable.sql} >= ${instant(nextDay)})`;
  if (nextDay && filter.operator === "<=") return `${queryable.sql} < ${instant(nextDay)}`;
  if (nextDay && filter.operator === ">") return `${queryable.sql} >= ${instant(nextDay)}`;
  return `${queryable.sql} ${filter.operator} ${place(filter.value)}`;
}
