import {
  arithmeticOperators,
  comparisonOperators,
  type Filter,
  mostCalculations,
  mostFilterDepth,
  mostFilterParts,
  type Operand,
  type ShapeOperand,
  spatialRelations,
  type TimeOperand,
  temporalRelations,
} from "../contract/filterTree.ts";
import { boxShape, checkedShape, filterProblem, intervalOf, whenOf } from "./filterParts.ts";
import { readJson } from "./json.ts";

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);
const shown = (value: unknown): string => (JSON.stringify(value) ?? "").slice(0, 60);

/** Reads a filter in OGC CQL2 JSON into the same tree as the text. @throws invalid_filter naming the part that cannot be read. */
export function parseFilterJson(text: string): Filter {
  const read = readJson(text);
  if ("fault" in read) throw filterProblem(text.slice(0, 30), `bukan JSON / not JSON: ${read.fault.code}`);
  let parts = 0;
  let calculations = 0;
  const count = (part: unknown, depth: number): void => {
    parts += 1;
    if (parts > mostFilterParts) throw filterProblem(shown(part), `lebih dari / more than ${mostFilterParts}`);
    if (depth > mostFilterDepth) throw filterProblem(shown(part), `lebih dalam dari / deeper than ${mostFilterDepth}`);
  };
  const callOf = (part: unknown): { op: string; args: readonly unknown[] } => {
    if (!isMembers(part) || typeof part.op !== "string" || !Array.isArray(part.args))
      throw filterProblem(shown(part), 'seharusnya / expected {"op": …, "args": […]}');
    return { op: part.op.toLowerCase(), args: part.args };
  };
  const two = (part: unknown, args: readonly unknown[]): [unknown, unknown] => {
    if (args.length !== 2) throw filterProblem(shown(part), "dua args / two args");
    return [args[0], args[1]];
  };
  const property = (part: unknown): { kind: "property"; name: string } | null =>
    isMembers(part) && typeof part.property === "string" ? { kind: "property", name: part.property } : null;

  const when = (part: Members) => {
    if ("date" in part) return whenOf(part.date, "day");
    return "timestamp" in part ? whenOf(part.timestamp, "moment") : null;
  };
  const operand = (part: unknown, depth: number): Operand => {
    count(part, depth);
    if (typeof part === "string" || typeof part === "boolean" || (typeof part === "number" && Number.isFinite(part)))
      return { kind: "literal", value: part };
    const named = property(part) ?? (isMembers(part) ? when(part) : null);
    if (named) return named;
    const { op, args } = callOf(part);
    if (op === "casei" && args.length === 1) return { kind: "folded", part: operand(args[0], depth + 1) };
    const operator = arithmeticOperators.find((one) => one === op);
    if (!operator) throw filterProblem(op, "fungsi tidak dikenal / unknown function");
    calculations += 1;
    if (calculations > mostCalculations) throw filterProblem(op, `lebih dari / more than ${mostCalculations} + - * /`);
    const [left, right] = two(part, args);
    return { kind: "arithmetic", operator, left: operand(left, depth + 1), right: operand(right, depth + 1) };
  };
  const shape = (part: unknown): ShapeOperand => {
    count(part, 0);
    if (isMembers(part) && Array.isArray(part.bbox) && part.type === undefined) return boxShape(part.bbox);
    return property(part) ?? checkedShape(part);
  };
  const time = (part: unknown): TimeOperand => {
    count(part, 0);
    const named = property(part) ?? (isMembers(part) ? when(part) : null);
    if (named) return named;
    if (!isMembers(part) || !Array.isArray(part.interval) || part.interval.length !== 2)
      throw filterProblem(shown(part), '{"date"} | {"timestamp"} | {"interval": [a, b]} | {"property"}');
    const [from, to] = part.interval.map((end: unknown) => property(end) ?? end);
    return intervalOf(from, to);
  };

  const filter = (part: unknown, depth: number): Filter => {
    count(part, depth);
    if (typeof part === "boolean") return { kind: "truth", value: part };
    const { op, args } = callOf(part);
    const next = depth + 1;
    if (op === "and" || op === "or") {
      if (args.length < 2) throw filterProblem(shown(part), "dua args atau lebih / two args or more");
      return { kind: op, parts: args.map((inner) => filter(inner, next)) };
    }
    if (op === "not" && args.length === 1) return { kind: "not", part: filter(args[0], next) };
    if (op === "isnull" && args.length === 1) return { kind: "null", value: operand(args[0], next) };
    if (op === "between" && args.length === 3)
      return { kind: "between", value: operand(args[0], next), low: operand(args[1], next), high: operand(args[2], next) };
    if (op === "in" && Array.isArray(args[1]) && args[1].length > 0)
      return { kind: "in", value: operand(args[0], next), values: args[1].map((value: unknown) => operand(value, next)) };
    if (op === "like" && args.length === 2) return { kind: "like", value: operand(args[0], next), pattern: operand(args[1], next) };
    const compared = comparisonOperators.find((one) => one === op);
    const spatial = spatialRelations.find((relation) => op === `s_${relation}`);
    const temporal = temporalRelations.find((relation) => op.replaceAll("_", "") === `t${relation}`);
    if (!compared && !spatial && !temporal) throw filterProblem(op, "fungsi tidak dikenal / unknown function");
    const [left, right] = two(part, args);
    if (spatial) return { kind: "spatial", relation: spatial, left: shape(left), right: shape(right) };
    if (temporal) return { kind: "temporal", relation: temporal, left: time(left), right: time(right) };
    return { kind: "compare", operator: compared ?? "=", left: operand(left, next), right: operand(right, next) };
  };
  return filter(read.value, 0);
}
