/**
 * The values rounded to so many digits such that the rounded ones add up to their rounded sum: each is rounded down, and the units left go to the largest
 * remainders (method of Hamilton). Null stays null and adds nothing. No value is off by a whole unit.
 */
export function roundedToSum(values: readonly (number | null)[], digits: number): (number | null)[] {
  const scale = 10 ** digits;
  const scaled = values.map((value) => (value === null ? null : value * scale));
  const floors = scaled.map((value) => (value === null ? null : Math.floor(value + 1e-9)));
  const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((total, value) => total + (value ?? 0), 0);
  const left = Math.round(sum(scaled)) - sum(floors);
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: value === null ? -1 : value - (floors[index] ?? 0) }))
    .filter((entry) => scaled[entry.index] !== null)
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const raised = new Set(byRemainder.slice(0, Math.max(0, left)).map((entry) => entry.index));
  return floors.map((value, index) => (value === null ? null : (value + (raised.has(index) ? 1 : 0)) / scale));
}

/** One bar of a waterfall: it begins where the one before it ends. */
export interface WaterfallBar<Name extends string> {
  readonly name: Name;
  /** Null where the part is not there: no bar, and the next begins where this would have. */
  readonly value: number | null;
  readonly from: number;
  readonly to: number;
}

/** Bars laid end to end from 0, in the order given. */
export function waterfall<Name extends string>(
  parts: readonly { readonly name: Name; readonly value: number | null }[],
): WaterfallBar<Name>[] {
  let reached = 0;
  return parts.map(({ name, value }) => {
    const from = reached;
    reached += value ?? 0;
    return { name, value, from, to: reached };
  });
}
