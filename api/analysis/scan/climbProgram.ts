/** Bands of rungs that there is room for: weights may differ by a factor of 10^17. */
export const mostBands = 4096;
/** Where the program finds things, in bytes: the counts before and after the last rung, the thresholds of each band, then the counts of each area. */
export const layout = { before: 0, after: 32, thresholds: 64, counts: 64 + 32 * mostBands } as const;

/** Instructions of WebAssembly by the names of its specification, https://webassembly.github.io/spec/core/appendix/index-instructions.html. */
const i32 = 0x7f;
const v128 = 0x7b;
const block = [0x02, 0x40];
const loop = [0x03, 0x40];
const end = [0x0b];
const branchIf = (depth: number): number[] => [0x0d, depth];
const branch = (depth: number): number[] => [0x0c, depth];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const setAndGet = (local: number): number[] => [0x22, local];
const constant = (value: number): number[] => [0x41, value];
const add = [0x6a];
const shiftLeft = [0x74];
const isBelow = [0x49];
const isNotBelow = [0x4f];
const load = (offset: number): number[] => [0x28, 2, ...unsigned(offset)];
const loadShort = [0x2f, 1, 0];
const loadVector = (offset: number): number[] => [0xfd, 0x00, 4, ...unsigned(offset)];
const storeVector = (offset: number): number[] => [0xfd, 0x0b, 4, ...unsigned(offset)];
const addShorts = [0xfd, 0x8e, 0x01];
const areShortsAbove = [0xfd, 0x32];
const or = [0xfd, 0x50];
const isAny = [0xfd, 0x53];

// Locals: the parameters, then those of the code.
const [rung, lastRung, area, rungEnd, counts, threshold, low, high, lowBefore, highBefore] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const [rungBytes, areaBytes, countShift] = [8, 2, 5] as const;

const code = [
  ...constant(0),
  ...loadVector(layout.after),
  ...set(low),
  ...constant(0),
  ...loadVector(layout.after + 16),
  ...set(high),
  ...block,
  ...loop,
  // No rung is left.
  ...get(rung),
  ...get(lastRung),
  ...isNotBelow,
  ...branchIf(1),
  ...get(low),
  ...set(lowBefore),
  ...get(high),
  ...set(highBefore),
  ...get(rung),
  ...load(0),
  ...set(rungEnd),
  // The areas of the rung.
  ...loop,
  ...get(low),
  ...get(area),
  ...loadShort,
  ...constant(countShift),
  ...shiftLeft,
  ...setAndGet(counts),
  ...loadVector(layout.counts),
  ...addShorts,
  ...set(low),
  ...get(high),
  ...get(counts),
  ...loadVector(layout.counts + 16),
  ...addShorts,
  ...set(high),
  ...get(area),
  ...constant(areaBytes),
  ...add,
  ...setAndGet(area),
  ...get(rungEnd),
  ...isBelow,
  ...branchIf(0),
  ...end,
  // Out with the rung where one of the counts is above its threshold.
  ...get(rung),
  ...load(4),
  ...set(threshold),
  ...get(low),
  ...get(threshold),
  ...loadVector(layout.thresholds),
  ...areShortsAbove,
  ...get(high),
  ...get(threshold),
  ...loadVector(layout.thresholds + 16),
  ...areShortsAbove,
  ...or,
  ...isAny,
  ...branchIf(1),
  ...get(rung),
  ...constant(rungBytes),
  ...add,
  ...set(rung),
  ...branch(0),
  ...end,
  ...end,
  ...[
    [lowBefore, layout.before],
    [highBefore, layout.before + 16],
    [low, layout.after],
    [high, layout.after + 16],
  ].flatMap(([local, offset]) => [...constant(0), ...get(local!), ...storeVector(offset!)]),
  ...get(rung),
  ...end,
];

/** A whole number as LEB128, seven bits a byte. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
// Locals after the parameters: three whole numbers and four vectors.
const body = [2, 3, i32, 4, v128, ...code];
const name = (text: string): number[] => [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))];

/**
 * The way through one chain for sixteen simulations at once, as a program for the processor's vectors of eight 16-bit numbers, which JavaScript has no words for.
 *
 * `climb(rung, lastRung, area)` takes addresses: of the first rung, of the rung after the last, and of the first area. A rung is two 32-bit numbers, the address after its last area
 * and 32 times its band; an area is a 16-bit number; its counts and the thresholds of a band are sixteen of those. It adds up counts from those `after` on, until a count of a rung is
 * above the threshold of its simulation, and returns that rung's address, or `lastRung`. Every rung has an area.
 */
export const climbProgram = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 3, i32, i32, i32, 1, i32]),
  ...section(2, [1, ...name("scan"), ...name("memory"), 2, 0, 1]),
  ...section(3, [1, 0]),
  ...section(7, [1, ...name("climb"), 0, 0]),
  ...section(10, [1, ...unsigned(body.length), ...body]),
);
