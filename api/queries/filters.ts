import type { ComparisonOperator, Filter, Operand, ShapeOperand } from "../contract/filterTree.ts";
import { isStorable } from "../contract/sentProperties.ts";
import { dayExtent, temporalSql } from "./filterTimes.ts";
import { type Filtered, FilterFault, type Parameters, postgresType, type Queryable, queryableOf } from "./queryables.ts";

type Type = Queryable["type"];
const expectedOf: Readonly<Record<Type, string>> = {
  text: "teks dalam tanda petik tunggal / text in single quotes",
  number: "angka / a number",
  time: "'2025-06-27'",
  boolean: "true, false",
};

function typeOf(operand: Operand, { queryables }: Filtered): Type {
  if (operand.kind === "property") return queryableOf(operand.name, queryables).type;
  if (operand.kind === "literal") return typeof operand.value === "string" ? "text" : (typeof operand.value as "number" | "boolean");
  if (operand.kind === "when") return "time";
  return operand.kind === "folded" ? "text" : "number";
}

/** What a message calls it: the property inside, else the value itself. */
function nameOf(operand: Operand): string {
  if (operand.kind === "property") return operand.name;
  if (operand.kind === "literal") return String(operand.value);
  if (operand.kind === "when") return operand.text;
  return nameOf(operand.kind === "folded" ? operand.part : operand.left);
}

const arithmeticSql = {
  "+": (left: string, right: string) => `(${left} + ${right})`,
  "-": (left: string, right: string) => `(${left} - ${right})`,
  "*": (left: string, right: string) => `(${left} * ${right})`,
  // By zero there is no answer, and a row without one is not found.
  "/": (left: string, right: string) => `(${left} / nullif(${right}, 0))`,
  "%": (left: string, right: string) => `(${left}::numeric % nullif(${right}::numeric, 0))::double precision`,
  div: (left: string, right: string) => `trunc(${left} / nullif(${right}, 0))`,
  "^": (left: string, right: string) => `power(${left}, ${right})`,
} as const;

/** SQL of a value that has to be of the type. @throws FilterFault where it is not */
function operandSql(operand: Operand, wanted: Type, filtered: Filtered, parameters: Parameters, name: string): string {
  if (operand.kind === "literal" && wanted === "time") return dayExtent(operand.value, name, filtered, parameters).from();
  if (operand.kind === "when") return dayExtent(operand.text, name, filtered, parameters).from();
  if (typeOf(operand, filtered) !== wanted) throw new FilterFault(name, expectedOf[wanted]);
  if (operand.kind === "property") return queryableOf(operand.name, filtered.queryables).sql;
  if (operand.kind === "literal") {
    if (typeof operand.value === "string" && !isStorable(operand.value)) throw new FilterFault(name, expectedOf.text);
    return parameters.add(operand.value, postgresType[wanted]);
  }
  if (operand.kind === "folded") return `lower(${operandSql(operand.part, "text", filtered, parameters, name)})`;
  const number = (part: Operand): string => {
    const sql = operandSql(part, "number", filtered, parameters, nameOf(part));
    return part.kind === "property" ? `${sql}::double precision` : sql;
  };
  return arithmeticSql[operand.operator](number(operand.left), number(operand.right));
}

const flipped = { "=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;
const isFixed = (operand: Operand): boolean => operand.kind === "when" || operand.kind === "literal";

function compareSql(operator: ComparisonOperator, left: Operand, right: Operand, filtered: Filtered, parameters: Parameters): string {
  if (isFixed(left) && !isFixed(right)) return compareSql(flipped[operator], right, left, filtered, parameters);
  const types = [typeOf(left, filtered), typeOf(right, filtered)] as const;
  const name = nameOf(left);
  const wanted = types.includes("time") && !types.includes("number") && !types.includes("boolean") ? "time" : types[0];
  if (wanted === "boolean" && operator !== "=" && operator !== "<>") throw new FilterFault(name, "=, <>");
  const value = operandSql(left, wanted, filtered, parameters, name);
  if (wanted !== "time" || right.kind === "property")
    return `${value} ${operator} ${operandSql(right, wanted, filtered, parameters, name)}`;
  // A bare day is the whole day.
  const { from, to, isDay } = dayExtent(
    right.kind === "when" ? right.text : right.kind === "literal" ? right.value : null,
    name,
    filtered,
    parameters,
  );
  if (!isDay) return `${value} ${operator} ${from()}`;
  if (operator === "=") return `(${value} >= ${from()} and ${value} < ${to()})`;
  if (operator === "<>") return `(${value} < ${from()} or ${value} >= ${to()})`;
  return operator === "<=" || operator === ">" ? `${value} ${operator === ">" ? ">=" : "<"} ${to()}` : `${value} ${operator} ${from()}`;
}

const shapeFunction = {
  intersects: "ST_Intersects",
  within: "ST_Within",
  contains: "ST_Contains",
  disjoint: "not ST_Intersects",
  equals: "ST_Equals",
  touches: "ST_Touches",
  crosses: "ST_Crosses",
  overlaps: "ST_Overlaps",
} as const;

function shapeSql(shape: ShapeOperand, relation: string, { geometry }: Filtered, parameters: Parameters): string {
  if (shape.kind === "property") {
    if (shape.name !== "geometry") throw new FilterFault(shape.name, "geometry");
    return geometry;
  }
  if (shape.geometry.type === "GeometryCollection" && relation !== "intersects" && relation !== "disjoint")
    throw new FilterFault("GEOMETRYCOLLECTION", "S_INTERSECTS, S_DISJOINT");
  return `ST_GeomFromGeoJSON(${parameters.add(JSON.stringify(shape.geometry), "text")})`;
}

/**
 * SQL for a filter tree, every value as a parameter, every property from the collection's own list.
 * @throws FilterFault naming the property and what it takes.
 */
export function filterSql(filter: Filter, filtered: Filtered, parameters: Parameters): string {
  const again = (part: Filter): string => filterSql(part, filtered, parameters);
  const compared = (operator: ComparisonOperator, left: Operand, right: Operand): string =>
    compareSql(operator, left, right, filtered, parameters);
  switch (filter.kind) {
    case "and":
    case "or":
      return `(${filter.parts.map(again).join(` ${filter.kind} `)})`;
    case "not":
      return `not (${again(filter.part)})`;
    case "truth":
      return String(filter.value);
    case "null": {
      const { value } = filter;
      if (value.kind === "shape" || (value.kind === "property" && value.name === "geometry")) return `${filtered.geometry} is null`;
      return `${operandSql(value, typeOf(value, filtered), filtered, parameters, nameOf(value))} is null`;
    }
    case "like": {
      const name = nameOf(filter.value);
      if (typeOf(filter.value, filtered) !== "text") throw new FilterFault(name, "kolom teks / a text property");
      const [value, pattern] = [filter.value, filter.pattern].map((part) => operandSql(part, "text", filtered, parameters, name));
      return `${value} like ${pattern}`;
    }
    case "in": {
      if (
        filter.values.length === 1 ||
        typeOf(filter.value, filtered) === "time" ||
        !filter.values.every((value) => value.kind === "literal")
      )
        return `(${filter.values.map((value) => compared("=", filter.value, value)).join(" or ")})`;
      const type = typeOf(filter.value, filtered);
      const name = nameOf(filter.value);
      if (filter.values.some((value) => typeOf(value, filtered) !== type)) throw new FilterFault(name, expectedOf[type]);
      const list = filter.values.map((value) => (value.kind === "literal" ? value.value : null));
      if (!list.every((value) => typeof value !== "string" || isStorable(value))) throw new FilterFault(name, expectedOf.text);
      return `${operandSql(filter.value, type, filtered, parameters, name)} = any(${parameters.add(list, `${postgresType[type]}[]`)})`;
    }
    case "between":
      return `(${compared(">=", filter.value, filter.low)} and ${compared("<=", filter.value, filter.high)})`;
    case "compare":
      return compared(filter.operator, filter.left, filter.right);
    case "spatial": {
      const [left, right] = [filter.left, filter.right].map((shape) => shapeSql(shape, filter.relation, filtered, parameters));
      return `${shapeFunction[filter.relation]}(${left}, ${right})`;
    }
    case "temporal":
      return temporalSql(filter.relation, filter.left, filter.right, filtered, parameters);
  }
}
