import { mostFilterParts } from "../contract/filterTree.ts";
import { problem } from "../problem.ts";

/** A piece of CQL2 text. `name` is a property in double quotes, which is never a keyword. */
export interface Token {
  readonly kind: "word" | "name" | "text" | "number" | "sign";
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

const pattern =
  /\s*(?:('(?:[^'\\]|''|\\'|\\(?!'))*')|("[^"]+")|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([\p{L}_:][\p{L}\p{N}_.:]*)|(<>|<=|>=|[=<>(),+\-*/%^]))/uy;

/** Cuts CQL2 text into tokens, each with its place in the text. @throws invalid_filter at what is no token, and for more than there may be. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const length = text.trimEnd().length;
  for (let from = 0; from < length; ) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (!match) throw problem("invalid_filter", { value: text.slice(from).trim().slice(0, 30), reason: "bukan CQL2 / not CQL2" });
    if (tokens.length >= mostFilterParts)
      throw problem("invalid_filter", { value: `${text.slice(0, 20)}…`, reason: `lebih dari / more than ${mostFilterParts}` });
    const [whole, quoted, named, number, word, sign] = match;
    const end = from + whole.length;
    const at = end - whole.trimStart().length;
    if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.slice(1, -1).replace(/''|\\'/g, "'"), at, end });
    else if (named !== undefined) tokens.push({ kind: "name", value: named.slice(1, -1), at, end });
    else if (number !== undefined) tokens.push({ kind: "number", value: number, at, end });
    else if (word !== undefined) tokens.push({ kind: "word", value: word, at, end });
    else tokens.push({ kind: "sign", value: sign ?? "", at, end });
    from = end;
  }
  return tokens;
}
