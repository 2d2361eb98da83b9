import { readsFrom } from "./reading.ts";

/**
 * Joins equal questions that are asked while one is under way: they share the next, which begins after all of them were asked, so that none is told
 * of an earlier state than it would have found itself. The busier the service, the more share one statement.
 */
export function readTogether<T>(read: () => Promise<T>): () => Promise<T> {
  const primary = lane(read);
  const replica = lane(read);
  // What one server knew is no answer about the other.
  return () => (readsFrom() === "replica" ? replica() : primary());
}

function lane<T>(read: () => Promise<T>): () => Promise<T> {
  let next: Promise<T> | null = null;
  let running: Promise<unknown> = Promise.resolve();
  return () => {
    next ??= running.then(() => {
      next = null;
      const answer = read();
      running = answer.catch(() => undefined);
      return answer;
    });
    return next;
  };
}
