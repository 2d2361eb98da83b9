import ts from "typescript";

const checks = (unless: string): string =>
  `function $there(value) { ${unless && `if (${unless}) return value; `}if (value === undefined || value === null) throw new RangeError("What is said to be there is not."); return value; }` +
  `function $within(list, place) { ${unless && `if (${unless}) return place; `}if (ArrayBuffer.isView(list) && !(place >= 0 && place < list.length)) throw new RangeError("There is no such place in the array."); return place; }`;

/**
 * The text of a kernel with its promises kept under watch, for tests: what `!` says is there has to be there, and nothing is written or read beside a typed array, where the language would
 * say nothing: it drops the one and answers undefined to the other. No line moves. Not watched: places of what is not named by identifiers and dots alone.
 * @param unless an expression: where it holds nothing is watched.
 */
export function withAssertedValues(path: string, text: string, unless = ""): string {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const insertions: { at: number; text: string }[] = [];
  const around = (node: ts.Node, before: string, after: string): void => {
    insertions.push({ at: node.getStart(tree), text: before });
    ts.forEachChild(node, visit);
    insertions.push({ at: node.end, text: after });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isElementAccessExpression(node) && (isWritten(node) || isReadBare(node)) && isNamed(node.expression)) {
      visit(node.expression);
      around(node.argumentExpression, `$within(${node.expression.getText(tree)}, `, ")");
    } else if (ts.isNonNullExpression(node) && !isWritten(node)) around(node, "$there(", ")");
    else ts.forEachChild(node, visit);
  };
  visit(tree);
  let checked = checks(unless);
  let from = 0;
  for (const { at, text: inserted } of insertions) {
    checked += text.slice(from, at) + inserted;
    from = at;
  }
  return checked + text.slice(from);
}

/** Read without `!`, and without `??` or `?.` that provide for what is not there. */
function isReadBare(node: ts.ElementAccessExpression): boolean {
  const { parent } = node;
  if (ts.isNonNullExpression(parent) || node.questionDotToken) return false;
  return !(ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken && parent.left === node);
}

function isWritten(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isNonNullExpression(parent)) return isWritten(parent);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  if (ts.isArrayLiteralExpression(parent)) return isWritten(parent);
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const kind = parent.operatorToken.kind;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isNamed(node: ts.Expression): boolean {
  // What the drive writes down where a test came by is none of the kernel's.
  return (ts.isIdentifier(node) && node.text !== "$reached") || (ts.isPropertyAccessExpression(node) && isNamed(node.expression));
}
