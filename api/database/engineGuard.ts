import type { PGlite } from "@electric-sql/pglite";

const mainLoop = "_PostgresMainLoopOnce";

/**
 * Ends the engine at the first failure that is not the engine's own: a failed fsync, a trap, memory that ran out. As delivered, every exception out of its main loop is
 * swallowed and the loop goes on, with half a commit behind it: it may run for ever, or tell of a commit that never reached the disk. What the engine throws on purpose
 * (numbers and exit states, its long jumps) passes.
 * @param end must not return
 */
export function endOnForeignFailure(engine: PGlite, end: (error: Error) => never): void {
  const module = engine.Module as unknown as Record<string, unknown>;
  let run = module[mainLoop] as () => unknown;
  if (typeof run !== "function") throw new Error(`the engine has no ${mainLoop}`);
  const guarded = (): unknown => {
    try {
      return run();
    } catch (error) {
      if (error instanceof Error) end(error);
      throw error;
    }
  };
  // At its first call the engine puts the compiled function in this place.
  Object.defineProperty(module, mainLoop, {
    get: () => guarded,
    set: (compiled: () => unknown) => {
      run = compiled;
    },
  });
}
