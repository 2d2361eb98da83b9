import { untrack } from "svelte";

/** What follows another change sooner than this is part of a movement, such as the dragging of the time line. */
const movementMilliseconds = 1000;
const restMilliseconds = 150;

/**
 * A value that follows another at once, but within a movement only when that rests: for what stands beside the map and may wait until the map is drawn. Call while
 * a component is made.
 */
export function rested<Value>(read: () => Value): { readonly current: Value } {
  let current = $state.raw(untrack(read));
  let changedAt = Number.NEGATIVE_INFINITY;
  $effect(() => {
    const next = read();
    if (next === untrack(() => current)) return;
    const isMoving = performance.now() - changedAt < movementMilliseconds;
    changedAt = performance.now();
    if (!isMoving) {
      current = next;
      return;
    }
    const timer = setTimeout(() => {
      current = next;
    }, restMilliseconds);
    return () => clearTimeout(timer);
  });
  return {
    get current() {
      return current;
    },
  };
}
