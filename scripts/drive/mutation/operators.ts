import ts from "typescript";

/** One small change of a source text: `text` instead of what stands from `start` to `end`. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What stood there before. */
  readonly before: string;
}

type Change = (node: ts.Node, text: string) => void;

const arithmetic: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "**": "*",
  "<<": ">>",
  ">>": "<<",
  ">>>": "<<",
  "&": "|",
  "|": "&",
  "^": "&",
};
const assignments: Readonly<Record<string, string>> = {
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "%=": "*=",
  "^=": "&=",
  "|=": "&=",
  "&=": "|=",
  "<<=": ">>=",
  ">>=": "<<=",
  ">>>=": "<<=",
};
const comparisons: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
};
const methods: Readonly<Record<string, string>> = {
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  round: "floor",
  some: "every",
  every: "some",
  log: "log1p",
  log1p: "log",
  exp: "expm1",
  expm1: "exp",
  startsWith: "endsWith",
  endsWith: "startsWith",
};
/** Calls that can be left out: the receiver stands for itself, or for Math the first argument. */
const droppedMethods = new Set(["filter", "sort", "toSorted", "reverse", "toReversed", "slice", "fill", "subarray"]);
const droppedOfMath = new Set(["abs", "sqrt", "round", "floor", "ceil", "trunc"]);
const buffers = /^(Float64|Float32|Int32|Uint32|Uint16|Uint8|BigUint64)?Array$/;
const tolerance = 1e-6;

/**
 * All mutants of one source file, in the order of the text: arithmetic, comparisons (boundary and negation), logic, conditions held true or
 * false, literals, signs, dropped statements and dropped or swapped calls. Types, imports and the messages of thrown errors have none.
 */
export function mutantsOf(file: string, text: string): Mutant[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const add = (start: number, end: number, replacement: string): void => {
    const line = tree.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ file, line, start, end, text: replacement, before: text.slice(start, end) });
  };
  const change: Change = (node, replacement) => add(node.getStart(tree), node.end, replacement);
  const visit = (node: ts.Node): void => {
    if (isSilent(node)) return;
    mutate(node, change);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Puts the mutant into the text of its file. */
export function applied(mutant: Mutant, text: string): string {
  return text.slice(0, mutant.start) + mutant.text + text.slice(mutant.end);
}

function isSilent(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node))
    return true;
  if (ts.isExportDeclaration(node) || ts.isTypeParameterDeclaration(node)) return true;
  return ts.isNewExpression(node) && /^(Range|Type)?Error$/.test(node.expression.getText());
}

function mutate(node: ts.Node, change: Change): void {
  if (ts.isBinaryExpression(node)) mutateBinary(node, change);
  else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) mutateUnary(node, change);
  else if (ts.isNumericLiteral(node)) mutateNumber(node, change);
  else if (ts.isStringLiteral(node)) mutateText(node, change);
  else if (ts.isCallExpression(node)) mutateCall(node, change);
  else if (node.kind === ts.SyntaxKind.TrueKeyword) change(node, "false");
  else if (node.kind === ts.SyntaxKind.FalseKeyword) change(node, "true");
  else if (ts.isIfStatement(node)) holdCondition(node.expression, ["true", "false"], change);
  else if (ts.isConditionalExpression(node)) holdCondition(node.condition, ["true", "false"], change);
  else if (ts.isWhileStatement(node)) holdCondition(node.expression, ["false"], change);
  else if (ts.isForStatement(node) && node.condition) holdCondition(node.condition, ["false"], change);
  else if (isDroppable(node)) change(node, ";");
}

function holdCondition(condition: ts.Expression, values: readonly string[], change: Change): void {
  for (const value of values) if (condition.getText() !== value) change(condition, value);
}

function mutateBinary(node: ts.BinaryExpression, change: Change): void {
  const operator = node.operatorToken.getText();
  if (operator === "??") {
    change(node, node.left.getText());
    return;
  }
  if (operator === "&&" || operator === "||") change(node.operatorToken, operator === "&&" ? "||" : "&&");
  if (operator === "+" && [node.left, node.right].some(isText)) return;
  const swapped = arithmetic[operator] ?? assignments[operator];
  if (swapped !== undefined) change(node.operatorToken, swapped);
  for (const other of comparisons[operator] ?? []) change(node.operatorToken, other);
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function mutateUnary(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, change: Change): void {
  const isStepOfLoop = ts.isForStatement(node.parent) && node.parent.incrementor === node;
  const operand = node.operand.getText();
  switch (node.operator) {
    case ts.SyntaxKind.PlusPlusToken:
    case ts.SyntaxKind.MinusMinusToken: {
      // The step of a loop turned round only never ends: nothing to learn.
      const other = node.operator === ts.SyntaxKind.PlusPlusToken ? "--" : "++";
      if (!isStepOfLoop) change(node, ts.isPrefixUnaryExpression(node) ? other + operand : operand + other);
      break;
    }
    case ts.SyntaxKind.MinusToken:
    case ts.SyntaxKind.ExclamationToken:
    case ts.SyntaxKind.TildeToken:
      change(node, operand);
  }
}

/** 0 and 1 are swapped for their neighbour, whole numbers grow by one, others by half, and what is as small as a tolerance a million times. */
function mutateNumber(node: ts.NumericLiteral, change: Change): void {
  if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return;
  const value = Number(node.text);
  if (isLengthOfBuffer(node)) {
    const isTakenOff = ts.isBinaryExpression(node.parent) && node.parent.operatorToken.getText() === "-" && node.parent.right === node;
    if (isTakenOff) change(node, String(value + 1));
    else if (value > 0) change(node, String(value - 1));
  } else if (value === 0) change(node, "1");
  else if (value === 1) change(node, "0");
  else if (Number.isInteger(value)) change(node, String(value + 1));
  else change(node, String(value * (value < tolerance ? 1e6 : 1.5)));
}

/** A longer buffer is the same to whoever reads it, a shorter one loses something. */
function isLengthOfBuffer(node: ts.Node): boolean {
  let child = node;
  while (ts.isBinaryExpression(child.parent) || ts.isParenthesizedExpression(child.parent)) child = child.parent;
  const parent = child.parent;
  return ts.isNewExpression(parent) && buffers.test(parent.expression.getText()) && parent.arguments?.[0] === child;
}

function mutateText(node: ts.StringLiteral, change: Change): void {
  const { parent } = node;
  if ((ts.isPropertyAssignment(parent) || ts.isElementAccessExpression(parent)) && "name" in parent && parent.name === node) return;
  change(node, node.text === "" ? '"changed"' : '""');
}

function mutateCall(node: ts.CallExpression, change: Change): void {
  if (!ts.isPropertyAccessExpression(node.expression)) return;
  const { expression: receiver, name } = node.expression;
  const swapped = Object.hasOwn(methods, name.text) ? methods[name.text] : undefined;
  const isOfMath = receiver.getText() === "Math";
  if (swapped !== undefined && (isOfMath || /^(some|every|startsWith|endsWith)$/.test(name.text))) change(name, swapped);
  if (isOfMath ? droppedOfMath.has(name.text) : droppedMethods.has(name.text))
    change(node, isOfMath ? `(${node.arguments[0]?.getText()})` : receiver.getText());
}

function isDroppable(node: ts.Node): boolean {
  if (ts.isExpressionStatement(node)) return true;
  if (ts.isContinueStatement(node)) return true;
  if (ts.isReturnStatement(node)) return node.expression === undefined;
  if (!ts.isBreakStatement(node)) return false;
  return !ts.isCaseOrDefaultClause(node.parent) && !ts.isCaseOrDefaultClause(node.parent.parent);
}
