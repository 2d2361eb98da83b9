import ts from "typescript";

/** A stretch of a source text that runs as one: a statement, a function, one side of a condition. */
interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Probed {
  /** The text with a probe in every place: it writes 1 into `$reached` at the place's number. */
  readonly text: string;
  readonly places: readonly Place[];
}

/** Sets probes into a source text. Numbers of places count from `first`. */
export function probed(file: string, text: string, first: number): Probed {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const places: Place[] = [];
  const insertions: { at: number; text: string }[] = [];
  const place = (node: ts.Node): string => `$reached[${first + places.push({ start: node.getStart(tree), end: node.end }) - 1}]=1`;
  const beforeNode = (node: ts.Node, inserted: string): unknown => insertions.push({ at: node.getStart(tree), text: inserted });
  const around = (node: ts.Node, before: string, after: string): void => {
    beforeNode(node, before);
    ts.forEachChild(node, visit);
    insertions.push({ at: node.end, text: after });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isFunctionLike(node) && "body" in node && node.body && ts.isBlock(node.body)) {
      const { body } = node;
      insertions.push({ at: body.getStart(tree) + 1, text: `${place(node)};` });
    }
    if (isBranch(node)) around(node, `(${place(node)},(`, "))");
    else if (isLoneStatement(node)) around(node, `{${place(node)};`, "}");
    else {
      if (isListedStatement(node)) beforeNode(node, `${place(node)};`);
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(tree, visit);
  return { text: inserted(text, insertions), places };
}

/** The number of the smallest place around a stretch of text; -1 where it is in none. */
export function placeOf(places: readonly Place[], start: number, end: number): number {
  let smallest = -1;
  places.forEach((place, number) => {
    if (place.start > start || place.end < end) return;
    if (smallest === -1 || place.end - place.start < places[smallest]!.end - places[smallest]!.start) smallest = number;
  });
  return smallest;
}

/** An expression that may not run though its surroundings do. */
function isBranch(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return node === parent.whenTrue || node === parent.whenFalse;
  if (ts.isArrowFunction(parent)) return node === parent.body && !ts.isBlock(node);
  if (!ts.isBinaryExpression(parent) || node !== parent.right) return false;
  return /^(&&|\|\||\?\?)$/.test(parent.operatorToken.getText());
}

function isLoneStatement(node: ts.Node): boolean {
  if (!ts.isStatement(node) || ts.isBlock(node)) return false;
  return ts.isIfStatement(node.parent) || ts.isIterationStatement(node.parent, false);
}

function isListedStatement(node: ts.Node): boolean {
  if (!ts.isStatement(node) || ts.isFunctionDeclaration(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return false;
  const { parent } = node;
  return ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent);
}

function inserted(text: string, insertions: readonly { at: number; text: string }[]): string {
  let result = "";
  let from = 0;
  for (const insertion of insertions.toSorted((a, b) => a.at - b.at)) {
    result += text.slice(from, insertion.at) + insertion.text;
    from = insertion.at;
  }
  return result + text.slice(from);
}
