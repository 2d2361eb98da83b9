/**
 * Seeded random numbers that can be split into independent streams.
 *
 * Why: the same seed must give the same bits whatever the number of threads, so work is cut into blocks and every block owns the
 * stream named by the seed and its own numbers, whoever computes it and in whatever order.
 *
 * The generator is sfc32 (Chris Doty-Humphrey's small fast counting generator, PractRand 2010): 128 bits of state with a 32-bit
 * counter, so a period of at least 2^32 for every seed. The state is filled by hashing seed and stream numbers with the murmur3
 * finaliser, then 12 numbers are thrown away. Cost: about 2 ns a number.
 */
export interface Random {
  /** Whole number in [0, 2^32). */
  readonly next: () => number;
  /** Number in [0, 1) with 32 random bits. */
  readonly unit: () => number;
  /** Whole number in [0, limit), limit at most 2^32; off by less than limit / 2^32 from uniform. */
  readonly below: (limit: number) => number;
  /** Whole numbers in [0, 2^32) for a whole array. */
  readonly fill: (words: Uint32Array) => void;
}

function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** Where a stream stands. Changed by whoever draws from it. */
export type RandomState = Int32Array;

/**
 * The beginning of the stream of a seed and any further whole numbers (block, area, purpose).
 * Seeds are whole numbers up to 2^53; equal arguments give equal streams.
 */
export function beginStream(seed: number, ...stream: readonly number[]): RandomState {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  // In an array, since numbers over 31 bits in variables of a closure would be allocated anew at every step.
  const state = Int32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 1);
  absorb(state, seed);
  for (const number of stream) absorb(state, number);
  absorb(state, stream.length);
  for (let i = 0; i < 12; i++) step(state);
  return state;
}

function absorb(state: RandomState, number: number): void {
  const low = number | 0;
  const high = Math.floor(number / 4294967296) | 0;
  state[0] = mix(state[0]! ^ low) + state[1]!;
  state[1] = mix(state[1]! ^ high ^ state[0]!) + state[2]!;
  state[2] = mix(state[2]! + state[0]! + state[1]!);
}

function step(state: RandomState): number {
  const sum = (state[0]! + state[1]! + state[3]!) | 0;
  state[3]! += 1;
  const old = state[2]!;
  state[0] = state[1]! ^ (state[1]! >>> 9);
  state[1] = old + (old << 3);
  state[2] = ((old << 21) | (old >>> 11)) + sum;
  return sum >>> 0;
}

/** Fills a whole array with the next numbers of a stream, whole and in [0, 2^32): three times as fast as one by one. */
export function fillRandom(state: RandomState, words: Uint32Array): void {
  let first = state[0]!;
  let second = state[1]!;
  let third = state[2]!;
  let counter = state[3]!;
  for (let i = 0; i < words.length; i++) {
    const sum = (first + second + counter) | 0;
    counter = (counter + 1) | 0;
    first = second ^ (second >>> 9);
    second = (third + (third << 3)) | 0;
    third = (((third << 21) | (third >>> 11)) + sum) | 0;
    words[i] = sum;
  }
  state[0] = first;
  state[1] = second;
  state[2] = third;
  state[3] = counter;
}

/** The stream of beginStream, one number at a time. */
export function createRandom(seed: number, ...stream: readonly number[]): Random {
  const state = beginStream(seed, ...stream);
  const next = (): number => step(state);
  return {
    next,
    unit: () => next() / 4294967296,
    below: (limit) => Math.floor((next() / 4294967296) * limit),
    fill: (words) => fillRandom(state, words),
  };
}
