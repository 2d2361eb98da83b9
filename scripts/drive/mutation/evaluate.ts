import type { Project } from "./modules.ts";

export type Exports = Record<string, unknown>;
type Body = (require: (name: string) => Exports, module: { exports: Exports }, exports: Exports, reached: Uint8Array) => void;

/** A file of the project with a change in it. */
export interface ChangedFile {
  readonly path: string;
  readonly code: string;
}

/**
 * Evaluates the files of a project, anew on every call of what it returns, so that no mutant leaves anything to the next. Only files without
 * kernels beneath them stay. Packages are loaded once.
 */
export async function openEvaluation(
  project: Project,
  stand: Readonly<Record<string, Exports>>,
  reached: Uint8Array,
): Promise<(path: string, changed?: ChangedFile) => Exports> {
  const packages: Record<string, Exports> = { ...stand };
  for (const name of project.packages) packages[name] = (await import(name)) as Exports;
  steadyChance(packages["fast-check"] as typeof import("fast-check") | undefined);
  const bodies = new Map<string, Body>();
  const kept = new Map<string, Exports>();
  const bodyOf = (path: string, code: string): Body =>
    new Function("require", "module", "exports", "$reached", `"use strict";${code}\n//# sourceURL=${path}`) as Body;

  return (entry, changed) => {
    const fresh = new Map<string, Exports>();
    const evaluate = (path: string): Exports => {
      const known = fresh.get(path) ?? kept.get(path);
      if (known) return known;
      const { code, imports, isKept } = project.modules[path] ?? { code: "", imports: {}, isKept: false };
      if (code === "") throw new Error(`${path} is not part of the project`);
      const loaded = isKept ? kept : fresh;
      const module: { exports: Exports } = { exports: {} };
      loaded.set(path, module.exports);
      const isChanged = changed?.path === path;
      const body = isChanged ? bodyOf(path, changed.code) : (bodies.get(path) ?? bodyOf(path, code));
      if (!isChanged) bodies.set(path, body);
      body(
        (name) => {
          const target = imports[name];
          const found = target === undefined ? packages[name] : evaluate(target);
          if (!found) throw new Error(`${name} was not loaded`);
          return found;
        },
        module,
        module.exports,
        reached,
      );
      loaded.set(path, module.exports);
      return module.exports;
    };
    return evaluate(entry);
  };
}

/** Property tests draw the same cases for every mutant and do not look for the smallest fault. */
function steadyChance(fastCheck: typeof import("fast-check") | undefined): void {
  fastCheck?.configureGlobal({ seed: 1, endOnFailure: true });
}
