import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { withAssertedValues } from "./assertedValues.ts";

/** One file of the project as a thread runs it: a function body that gets `require`, `exports` and `$reached`. */
export interface Module {
  readonly code: string;
  /** Files of the project it imports, by the name it uses. */
  readonly imports: Readonly<Record<string, string>>;
  /** No kernel is in it or beneath it: it may stay from one mutant to the next. */
  readonly isKept: boolean;
}

export interface Project {
  /** By path from the root. */
  readonly modules: Readonly<Record<string, Module>>;
  /** Packages and parts of Node that they import. */
  readonly packages: readonly string[];
}

/**
 * Reads test files with all that they import, and makes CommonJS of them: such a module can be evaluated anew for each mutant, in a
 * millisecond and with nothing left over, which Node's own modules cannot.
 */
export function readProject(root: string, tests: readonly string[], isKernel: (path: string) => boolean): Project {
  const texts = new Map<string, { text: string; imports: Record<string, string> }>();
  const packages = new Set<string>();
  const read = (path: string): void => {
    if (texts.has(path)) return;
    const text = readFileSync(resolve(root, path), "utf8");
    const imports: Record<string, string> = {};
    texts.set(path, { text, imports });
    if (path.endsWith(".json")) return;
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (fileName.startsWith(".")) imports[fileName] = relative(root, resolve(root, dirname(path), fileName)).replaceAll("\\", "/");
      else packages.add(fileName);
    }
    for (const target of Object.values(imports)) if (existsSync(resolve(root, target))) read(target);
  };
  for (const test of tests) read(test);
  const touching = kernelsAndTheirUsers(texts, isKernel);
  const modules = Object.fromEntries(
    [...texts].map(([path, { text, imports }]) => [
      path,
      { code: compiled(root, path, text), imports, isKept: !touching.has(path) && !tests.includes(path) },
    ]),
  );
  return { modules, packages: [...packages].filter((name) => name !== "vitest") };
}

/** A file and all files of the project that it imports, near and far. */
export function filesBeneath({ modules }: Project, path: string): Set<string> {
  const found = new Set([path]);
  for (const file of found) for (const target of Object.values(modules[file]?.imports ?? {})) found.add(target);
  return found;
}

/** The text of one file as CommonJS. */
export function compiled(root: string, path: string, text: string): string {
  if (path.endsWith(".json")) return `module.exports = { default: ${text} };`;
  const absolute = resolve(root, path);
  const placed = (/^api\/analysis\//.test(path) ? withAssertedValues(path, text) : text)
    .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(absolute).href))
    .replaceAll("import.meta.dirname", JSON.stringify(dirname(absolute)));
  return ts.transpileModule(placed, {
    fileName: path,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023, esModuleInterop: false, isolatedModules: true },
  }).outputText;
}

function kernelsAndTheirUsers(
  texts: ReadonlyMap<string, { readonly imports: Readonly<Record<string, string>> }>,
  isKernel: (path: string) => boolean,
): Set<string> {
  const touching = new Set([...texts.keys()].filter(isKernel));
  for (let before = -1; before < touching.size; ) {
    before = touching.size;
    for (const [path, { imports }] of texts) if (Object.values(imports).some((target) => touching.has(target))) touching.add(path);
  }
  return touching;
}
