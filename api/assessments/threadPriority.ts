import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { isMainThread } from "node:worker_threads";

const yielding = 10;

/**
 * Lets the thread that calls this give way to threads that answer, where both want the processor: on Linux each thread has a priority of its own, elsewhere
 * nothing happens. Called by the threads of the pool; the main thread keeps what it has.
 */
export function yieldToAnswers(): void {
  if (isMainThread || process.platform !== "linux") return;
  try {
    // "1234/task/1240": the second number is the thread that reads it.
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (Number.isInteger(thread) && thread > 0) setPriority(thread, yielding);
  } catch {
    // Where /proc is closed, the thread works on as it was.
  }
}
