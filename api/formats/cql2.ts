import { wktToGeoJSON } from "betterknown";
import {
  type ArithmeticOperator,
  type ComparisonOperator,
  comparisonOperators,
  type Filter,
  mostCalculations,
  mostFilterDepth,
  type Operand,
  type ShapeOperand,
  spatialRelations,
  type TimeOperand,
  temporalRelations,
} from "../contract/filterTree.ts";
import { type Token, tokensOf } from "./cql2Tokens.ts";
import { boxShape, checkedShape, filterProblem, intervalOf, isOperand, negated, whenOf } from "./filterParts.ts";

// Our own, since the parser on npm (cql2-wasm 0.5.0-rc1) loses terms without a word: "a between 1 and 2 and not b like 'x%'" comes back without b.

type Part = Filter | Operand;
const shapeWords = /^(multi)?(point|linestring|polygon)$|^geometrycollection$/i;
const reserved = /^(and|or|not|like|in|between|is|null|true|false)$/i;

/**
 * Reads a filter in OGC CQL2 text: comparisons, `and`, `or`, `not`, `like`, `in`, `between`, `is null`, `casei`, arithmetic, shapes in WKT and BBOX,
 * DATE, TIMESTAMP and INTERVAL, by precedence and without going back, so that its cost grows with its length.
 * @throws invalid_filter naming the place where reading stopped.
 */
export function parseFilter(text: string): Filter {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  let calculations = 0;
  const fail = (reason: string): never => {
    const token = tokens[at];
    throw filterProblem(token ? text.slice(token.at).trim().slice(0, 30) : "(akhir/end)", reason);
  };
  const isWord = (word: string, token: Token | undefined = tokens[at]): boolean =>
    token?.kind === "word" && token.value.toLowerCase() === word;
  const isSign = (sign: string): boolean => tokens[at]?.kind === "sign" && tokens[at]?.value === sign;
  const take = (): Token => tokens[at++] ?? fail("terlalu pendek / too short");
  const tookWord = (word: string): boolean => {
    if (!isWord(word)) return false;
    at++;
    return true;
  };
  const tookSign = (sign: string): boolean => {
    if (!isSign(sign)) return false;
    at++;
    return true;
  };
  const expect = (sign: string): void => {
    if (!tookSign(sign)) fail(`seharusnya / expected ${sign}`);
  };
  const deeper = <T>(read: () => T): T => {
    depth++;
    if (depth > mostFilterDepth) fail(`lebih dalam dari / deeper than ${mostFilterDepth}`);
    const part = read();
    depth--;
    return part;
  };
  const operand = (part: Part): Operand => (isOperand(part) ? part : fail("seharusnya nilai / expected a value"));
  const claim = (part: Part): Filter => {
    if (!isOperand(part)) return part;
    if (part.kind === "literal" && typeof part.value === "boolean") return { kind: "truth", value: part.value };
    return fail("seharusnya / expected = <> < <= > >= LIKE BETWEEN IN IS NULL");
  };
  const quoted = (): string => {
    if (tokens[at]?.kind !== "text") fail("seharusnya teks dalam tanda petik tunggal / expected text in single quotes");
    return take().value;
  };
  const property = (): { kind: "property"; name: string } => {
    const token = tokens[at];
    if (!token || (token.kind !== "name" && (token.kind !== "word" || reserved.test(token.value))))
      fail("seharusnya nama kolom / expected a property");
    return { kind: "property", name: take().value };
  };
  const pair = <T>(read: () => T): { left: T; right: T } => {
    expect("(");
    const left = read();
    expect(",");
    const right = read();
    expect(")");
    return { left, right };
  };

  const shape = (): ShapeOperand => {
    const first = tokens[at];
    if (first?.kind !== "word") return property();
    if (isWord("bbox") && tokens[at + 1]?.value === "(") {
      at += 2;
      const numbers = [signedNumber()];
      while (tookSign(",")) numbers.push(signedNumber());
      expect(")");
      return boxShape(numbers);
    }
    if (!shapeWords.test(first.value)) return property();
    // The library reads the well-known text; here only its end is looked for.
    at++;
    if (isWord("z")) at++;
    let open = 0;
    do {
      const token = take();
      if (token.value === "(" && token.kind === "sign") open++;
      if (token.value === ")" && token.kind === "sign") open--;
      if (open > mostFilterDepth) fail(`lebih dalam dari / deeper than ${mostFilterDepth}`);
    } while (open > 0);
    return checkedShape(readWkt(text.slice(first.at, tokens[at - 1]?.end)));
  };
  const signedNumber = (): number => {
    const sign = tookSign("-") ? -1 : tookSign("+") ? 1 : 1;
    if (tokens[at]?.kind !== "number") fail("seharusnya angka / expected a number");
    return sign * Number(take().value);
  };
  const isCall = (...words: string[]): boolean => words.some((word) => isWord(word)) && tokens[at + 1]?.value === "(";
  const called = <T>(read: () => T): T => {
    at += 2;
    const value = read();
    expect(")");
    return value;
  };
  const time = (): TimeOperand => {
    if (isCall("date")) return called(() => whenOf(quoted(), "day"));
    if (isCall("timestamp")) return called(() => whenOf(quoted(), "moment"));
    const end = () => (tokens[at]?.kind === "text" ? take().value : property());
    if (isCall("interval")) {
      at++;
      const { left, right } = pair(end);
      return intervalOf(left, right);
    }
    return property();
  };

  const primary = (): Part => {
    const token = tokens[at];
    if (tookSign("(")) {
      const inner = deeper(() => joined("or"));
      expect(")");
      return inner;
    }
    if (tookSign("-")) return deeper(() => negated(operand(primary())));
    if (tookSign("+")) return deeper(() => operand(primary()));
    if (token?.kind === "number") return { kind: "literal", value: finite(Number(take().value)) };
    if (token?.kind === "text") return { kind: "literal", value: take().value };
    if (isWord("true") || isWord("false")) return { kind: "literal", value: take().value.toLowerCase() === "true" };
    if (isCall("date", "timestamp")) return time() as Operand;
    if (isCall("casei")) return called(() => ({ kind: "folded", part: deeper(() => operand(joined("or"))) }));
    const name = token?.kind === "word" && tokens[at + 1]?.value === "(" ? token.value.toLowerCase() : "";
    const spatial = spatialRelations.find((relation) => name === `s_${relation}`);
    if (spatial) {
      at++;
      return { kind: "spatial", relation: spatial, ...pair(shape) };
    }
    const temporal = temporalRelations.find((relation) => name === `t_${relation}`);
    if (temporal) {
      at++;
      return { kind: "temporal", relation: temporal, ...pair(time) };
    }
    if (name !== "") fail("fungsi tidak dikenal / unknown function");
    return property();
  };
  const finite = (value: number): number => (Number.isFinite(value) ? value : fail("angka terlalu besar / number too large"));

  const arithmetic = (levels: readonly (readonly ArithmeticOperator[])[]): Part => {
    const [level, ...tighter] = levels;
    if (!level) return primary();
    let left = arithmetic(tighter);
    for (;;) {
      const operator = level.find((one) => (one === "div" ? isWord(one) : isSign(one)));
      if (!operator) return left;
      at++;
      calculations++;
      if (calculations > mostCalculations) fail(`lebih dari / more than ${mostCalculations} + - * /`);
      left = { kind: "arithmetic", operator, left: operand(left), right: operand(arithmetic(tighter)) };
    }
  };
  const value = (): Part => arithmetic([["+", "-"], ["*", "/", "%", "div"], ["^"]]);

  const predicate = (): Part => {
    const left = value();
    const isNegated = isWord("not") && ["like", "between", "in"].some((word) => isWord(word, tokens[at + 1])) && tookWord("not");
    const wrap = (filter: Filter): Filter => (isNegated ? { kind: "not", part: filter } : filter);
    if (tookWord("like")) return wrap({ kind: "like", value: operand(left), pattern: operand(value()) });
    if (tookWord("between")) {
      const low = operand(value());
      if (!tookWord("and")) fail("seharusnya / expected AND");
      return wrap({ kind: "between", value: operand(left), low, high: operand(value()) });
    }
    if (tookWord("in")) {
      expect("(");
      const values = [operand(value())];
      while (tookSign(",")) values.push(operand(value()));
      expect(")");
      return wrap({ kind: "in", value: operand(left), values });
    }
    if (tookWord("is")) {
      const isNot = tookWord("not");
      if (!tookWord("null")) fail("seharusnya / expected NULL");
      const filter: Filter = { kind: "null", value: operand(left) };
      return isNot ? { kind: "not", part: filter } : filter;
    }
    const operator = comparisonOperators.find((one) => isSign(one)) as ComparisonOperator | undefined;
    if (!operator) return left;
    at++;
    return { kind: "compare", operator, left: operand(left), right: operand(value()) };
  };
  const factor = (): Part => (tookWord("not") ? { kind: "not", part: claim(deeper(factor)) } : predicate());
  const joined = (kind: "and" | "or"): Part => {
    const next = (): Part => (kind === "or" ? joined("and") : factor());
    const first = next();
    if (!isWord(kind)) return first;
    const parts = [claim(first)];
    while (tookWord(kind)) parts.push(claim(next()));
    return { kind, parts };
  };

  const filter = claim(joined("or"));
  if (at < tokens.length) fail("kelebihan / left over");
  return filter;
}

function readWkt(text: string): unknown {
  try {
    return wktToGeoJSON(text);
  } catch {
    throw filterProblem(text.slice(0, 60), "WKT");
  }
}
