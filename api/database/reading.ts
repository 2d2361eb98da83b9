import { AsyncLocalStorage } from "node:async_hooks";

interface Reading {
  isOpen: boolean;
}

const current = new AsyncLocalStorage<Reading>();

/** Where the statements of the work that runs now are read: from a replica only inside `readFromReplica`, and until that work wrote something. */
export function readsFrom(): "primary" | "replica" {
  return current.getStore()?.isOpen === true ? "replica" : "primary";
}

/** Runs work whose reads may go to the replica until it has settled; what it leaves running afterwards reads from the primary. */
export async function readFromReplica<T>(work: () => Promise<T>): Promise<T> {
  const reading: Reading = { isOpen: true };
  return current.run(reading, async () => {
    try {
      return await work();
    } finally {
      reading.isOpen = false;
    }
  });
}

/** From here on the work that runs now reads from the primary: it has written, or the replica has failed it. */
export function readFromPrimary(): void {
  const reading = current.getStore();
  if (reading) reading.isOpen = false;
}
