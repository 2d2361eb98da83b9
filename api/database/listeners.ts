import { outsideTransaction } from "./openTransaction.ts";

type Handler = (payload: string) => void;

/** Who listens to which channel in this process. */
export interface Listeners {
  add(channel: string, handler: Handler): () => void;
  deliver(channel: string, payload: string): void;
  /** The channels with at least one listener. */
  channels(): string[];
}

export function makeListeners(): Listeners {
  const handlersOf = new Map<string, Set<Handler>>();
  return {
    add(channel, handler) {
      const handlers = handlersOf.get(channel) ?? new Set();
      handlersOf.set(channel, handlers.add(handler));
      return () => {
        handlers.delete(handler);
        if (handlers.size === 0) handlersOf.delete(channel);
      };
    },
    // Later, and one after another: a listener must neither delay nor fail the one who announces.
    deliver(channel, payload) {
      for (const handler of handlersOf.get(channel) ?? []) setImmediate(() => outsideTransaction(() => handler(payload)));
    },
    channels: () => [...handlersOf.keys()],
  };
}
