import type { TemporalRelation, TimeOperand } from "../contract/filterTree.ts";
import { parseWhen } from "../contract/time.ts";
import { type Filtered, FilterFault, type Parameters, queryableOf } from "./queryables.ts";

type Sql = () => string;

/** From when to when something lasts, as SQL; where a day ends it, `to` is the midnight after and no longer part of it. */
interface Extent {
  readonly from: Sql;
  readonly to: Sql;
  readonly isEndOutside: boolean;
  readonly isInstant: boolean;
}

/** The place of a moment among the parameters, taken when first asked for, since a statement must use all that it is given. */
function placed(moment: Date, parameters: Parameters): Sql {
  let place: string | undefined;
  return () => {
    place ??= parameters.add(moment, "timestamptz");
    return place;
  };
}

/** A day or moment of a filter. @throws FilterFault for the property that is compared with something else */
export function dayExtent(
  text: unknown,
  property: string,
  { timeZone }: Filtered,
  parameters: Parameters,
): { readonly from: Sql; readonly to: Sql; readonly isDay: boolean } {
  const when = typeof text === "string" ? parseWhen(text, timeZone) : null;
  if (!when) throw new FilterFault(property, "'2025-06-27'");
  const isDay = when.precision === "day";
  const from = placed(when.moment, parameters);
  return { from, to: isDay ? placed(new Date(when.moment.getTime() + 86_400_000), parameters) : from, isDay };
}

function extentOf(operand: TimeOperand, filtered: Filtered, parameters: Parameters): Extent {
  if (operand.kind === "property") {
    const { sql, type } = queryableOf(operand.name, filtered.queryables);
    if (type !== "time") throw new FilterFault(operand.name, "kolom waktu / a property of time");
    return { from: () => sql, to: () => sql, isEndOutside: false, isInstant: true };
  }
  if (operand.kind === "when") {
    const { from, to, isDay } = dayExtent(operand.text, operand.text, filtered, parameters);
    return { from, to, isEndOutside: isDay, isInstant: !isDay };
  }
  const begins = operand.from ? extentOf(operand.from, filtered, parameters) : null;
  const ends = operand.to ? extentOf(operand.to, filtered, parameters) : null;
  return {
    from: begins?.from ?? (() => "'-infinity'::timestamptz"),
    to: ends?.to ?? (() => "'infinity'::timestamptz"),
    isEndOutside: ends?.isEndOutside ?? false,
    isInstant: false,
  };
}

const isAfter = (a: Extent, b: Extent): string => `${a.from()} ${b.isEndOutside ? ">=" : ">"} ${b.to()}`;
const isNotAfter = (a: Extent, b: Extent): string => `${a.from()} ${b.isEndOutside ? "<" : "<="} ${b.to()}`;
const meet = (a: Extent, b: Extent): string => `(${isNotAfter(a, b)} and ${isNotAfter(b, a)})`;

/** The relations of Allen, as SQL. A moment is during, or equal to, a day or span that it lies in, ends included. */
const relations: Partial<Record<TemporalRelation, (a: Extent, b: Extent) => string>> = {
  after: isAfter,
  before: (a, b) => isAfter(b, a),
  disjoint: (a, b) => `(${isAfter(a, b)} or ${isAfter(b, a)})`,
  intersects: meet,
  equals: (a, b) => (a.isInstant || b.isInstant ? meet(a, b) : `(${a.from()} = ${b.from()} and ${a.to()} = ${b.to()})`),
  during: (a, b) => (a.isInstant ? meet(a, b) : `(${a.from()} > ${b.from()} and ${a.to()} < ${b.to()})`),
  starts: (a, b) => `(${a.from()} = ${b.from()} and ${a.to()} < ${b.to()})`,
  finishes: (a, b) => `(${a.to()} = ${b.to()} and ${a.from()} > ${b.from()})`,
  meets: (a, b) => `${a.to()} = ${b.from()}`,
  overlaps: (a, b) => `(${a.from()} < ${b.from()} and ${a.to()} > ${b.from()} and ${a.to()} < ${b.to()})`,
};
const turned: Partial<Record<TemporalRelation, TemporalRelation>> = {
  contains: "during",
  startedby: "starts",
  finishedby: "finishes",
  metby: "meets",
  overlappedby: "overlaps",
};

/** SQL of how two times lie to each other. @throws FilterFault for a property that is no time */
export function temporalSql(
  relation: TemporalRelation,
  left: TimeOperand,
  right: TimeOperand,
  filtered: Filtered,
  parameters: Parameters,
): string {
  const [a, b] = [extentOf(left, filtered, parameters), extentOf(right, filtered, parameters)];
  const straight = relations[relation];
  if (straight) return straight(a, b);
  return (relations[turned[relation] ?? "equals"] as (a: Extent, b: Extent) => string)(b, a);
}
