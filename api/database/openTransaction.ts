import { AsyncLocalStorage } from "node:async_hooks";

interface Mark {
  isOpen: boolean;
}

const current = new AsyncLocalStorage<Mark>();

/** Runs `work` so that `refuseInsideTransaction` knows it is inside a transaction until it has settled. */
export async function markTransaction<T>(work: () => Promise<T>): Promise<T> {
  const mark: Mark = { isOpen: true };
  return current.run(mark, async () => {
    try {
      return await work();
    } finally {
      mark.isOpen = false;
    }
  });
}

/**
 * Throws when called from inside an open transaction: there, the transaction itself must be asked. On the embedded engine's one
 * connection anything else would wait for itself for ever, and on a server it would not see what the transaction wrote.
 */
export function refuseInsideTransaction(): void {
  if (current.getStore()?.isOpen === true) throw new Error("inside a transaction, use the transaction that was handed in");
}

/** Runs `work` as if no transaction were open, for listeners that are called from within one. */
export function outsideTransaction<T>(work: () => T): T {
  return current.exit(work);
}
