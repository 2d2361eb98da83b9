/**
 * The values rounded to so many digits such that the rounded ones add up to `total` (their own sum, rounded, where none is given): each is rounded down, and the
 * units left go to the largest remainders (method of Hamilton); units too many are taken from the smallest. Null stays null and adds nothing.
 * No value is off by a whole unit when the total is their own sum.
 */
export function roundedToSum(values: readonly (number | null)[], digits: number, total?: number): (number | null)[] {
  const scale = 10 ** digits;
  const known = values.flatMap((value, index) =>
    value === null ? [] : [{ index, scaled: value * scale, floor: Math.floor(value * scale + 1e-9) }],
  );
  const rounded: (number | null)[] = values.map(() => null);
  for (const { index, floor } of known) rounded[index] = floor;
  if (known.length === 0) return rounded;
  const wanted = Math.round(total === undefined ? known.reduce((sum, { scaled }) => sum + scaled, 0) : total * scale);
  const left = wanted - known.reduce((sum, { floor }) => sum + floor, 0);
  const turns = known.sort((a, b) => b.scaled - b.floor - (a.scaled - a.floor) || a.index - b.index);
  if (left < 0) turns.reverse();
  for (let unit = 0; unit < Math.abs(left); unit++) {
    const index = turns[unit % turns.length]?.index ?? 0;
    rounded[index] = (rounded[index] ?? 0) + Math.sign(left);
  }
  return rounded.map((value) => (value === null ? null : value / scale));
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
