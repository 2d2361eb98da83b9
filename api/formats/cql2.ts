import { problem } from "../problem.ts";

/** A filter as a tree; `queries/filters.ts` turns it into SQL with parameters. The part of OGC CQL2 text that compares properties. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly parts: readonly Filter[] }
  | { readonly kind: "not"; readonly part: Filter }
  | {
      readonly kind: "compare";
      readonly property: string;
      readonly operator: "=" | "<>" | "<" | "<=" | ">" | ">=";
      readonly value: Literal;
    }
  | { readonly kind: "like"; readonly property: string; readonly pattern: string }
  | { readonly kind: "between"; readonly property: string; readonly low: Literal; readonly high: Literal }
  | { readonly kind: "in"; readonly property: string; readonly values: readonly Literal[] }
  | { readonly kind: "null"; readonly property: string };
export type Literal = string | number | boolean;

interface Token {
  readonly kind: "word" | "text" | "number" | "sign";
  readonly value: string;
  readonly at: number;
}

const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|("(?:[^"])+")|([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|(<>|<=|>=|=|<|>|\(|\)|,))/y;
const mostTokens = 2000;
const mostNested = 50;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (text.slice(tokenPattern.lastIndex).trim() !== "") {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match || tokens.length >= mostTokens)
      throw problem("invalid_filter", { value: text.slice(at, at + 20), reason: "bukan CQL2 / not CQL2" });
    const [, quoted, named, number, word, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.slice(1, -1).replaceAll("''", "'"), at });
    else if (named !== undefined) tokens.push({ kind: "word", value: named.slice(1, -1), at });
    else if (number !== undefined) tokens.push({ kind: "number", value: number, at });
    else if (word !== undefined) tokens.push({ kind: "word", value: word, at });
    else tokens.push({ kind: "sign", value: sign ?? "", at });
  }
  return tokens;
}

/**
 * Reads a CQL2 text filter: comparisons, `and`, `or`, `not`, `like`, `in`, `between`, `is null`, dates as DATE('2025-06-27').
 * @throws invalid_filter naming the place where reading stopped.
 */
export function parseFilter(text: string): Filter {
  const tokens = tokensOf(text);
  let at = 0;
  const fail = (reason: string): never => {
    const token = tokens[at];
    throw problem("invalid_filter", { value: token ? text.slice(token.at).trim().slice(0, 30) : "(akhir/end)", reason });
  };
  const isWord = (word: string, token = tokens[at]): boolean => token?.kind === "word" && token.value.toLowerCase() === word;
  const isSign = (sign: string): boolean => tokens[at]?.kind === "sign" && tokens[at]?.value === sign;
  const take = (): Token => tokens[at++] ?? fail("terlalu pendek / too short");
  const expectWord = (word: string): void => {
    if (!isWord(word)) fail(`seharusnya / expected ${word.toUpperCase()}`);
    at++;
  };
  const expectSign = (sign: string): void => {
    if (!isSign(sign)) fail(`seharusnya / expected ${sign}`);
    at++;
  };

  const literal = (): Literal => {
    const token = take();
    if (token.kind === "text") return token.value;
    if (token.kind === "number") return Number(token.value);
    if (isWord("true", token) || isWord("false", token)) return isWord("true", token);
    if (isWord("date", token) || isWord("timestamp", token)) {
      expectSign("(");
      const inner = take();
      expectSign(")");
      return inner.value;
    }
    at--;
    return fail("seharusnya nilai / expected a value");
  };

  const predicate = (): Filter => {
    const token = take();
    if (token.kind !== "word") {
      at--;
      fail("seharusnya nama kolom / expected a property");
    }
    const property = token.value;
    const negated = isWord("not");
    if (negated) at++;
    const wrap = (filter: Filter): Filter => (negated ? { kind: "not", part: filter } : filter);
    if (isWord("like")) {
      at++;
      const pattern = take();
      if (pattern.kind !== "text") fail("LIKE 'teks%'");
      return wrap({ kind: "like", property, pattern: pattern.value });
    }
    if (isWord("between")) {
      at++;
      const low = literal();
      expectWord("and");
      return wrap({ kind: "between", property, low, high: literal() });
    }
    if (isWord("in")) {
      at++;
      expectSign("(");
      const values = [literal()];
      while (isSign(",")) {
        at++;
        values.push(literal());
      }
      expectSign(")");
      return wrap({ kind: "in", property, values });
    }
    if (negated) fail("seharusnya / expected LIKE, BETWEEN, IN");
    if (isWord("is")) {
      at++;
      const isNot = isWord("not");
      if (isNot) at++;
      expectWord("null");
      const filter: Filter = { kind: "null", property };
      return isNot ? { kind: "not", part: filter } : filter;
    }
    const operator = take();
    if (operator.kind !== "sign" || !["=", "<>", "<", "<=", ">", ">="].includes(operator.value)) {
      at--;
      fail("seharusnya / expected = <> < <= > >=");
    }
    return { kind: "compare", property, operator: operator.value as "=", value: literal() };
  };

  const factor = (depth: number): Filter => {
    if (depth > mostNested) fail(`lebih dari / more than ${mostNested} ( (`);
    if (isWord("not")) {
      at++;
      return { kind: "not", part: factor(depth + 1) };
    }
    if (!isSign("(")) return predicate();
    at++;
    const inner = joined("or", depth + 1);
    expectSign(")");
    return inner;
  };
  const joined = (kind: "and" | "or", depth: number): Filter => {
    const next = (): Filter => (kind === "or" ? joined("and", depth) : factor(depth));
    const parts = [next()];
    while (isWord(kind)) {
      at++;
      parts.push(next());
    }
    return parts.length === 1 ? (parts[0] as Filter) : { kind, parts };
  };

  const filter = joined("or", 0);
  if (at < tokens.length) fail("kelebihan / left over");
  return filter;
}
