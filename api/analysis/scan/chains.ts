/**
 * Nested zones: from each centre one chain of areas, each zone the centre's areas so far.
 * A chain is cut into rungs of zones of nearly the same weight, so that one look at the last and largest zone of a rung can rule all of them out.
 */
export interface Chains {
  readonly kind: "chains";
  /** Areas of centre i are areas[offsets[i]] to areas[offsets[i + 1]], in the order in which they enter. */
  readonly offsets: Int32Array;
  readonly areas: Uint16Array | Int32Array;
  /** 1 where a zone ends with this area; 0 inside a group that enters together. */
  readonly closes: Uint8Array;
  /** Rungs of centre i are rungOffsets[i] to rungOffsets[i + 1]. */
  readonly rungOffsets: Int32Array;
  /** First place in `areas` after each rung. */
  readonly rungEnds: Int32Array;
  /** Weight (expected events) of the rung's first, smallest zone. */
  readonly rungWeights: Float64Array;
  /** Weight of the chain before the rung. */
  readonly rungBefore: Float64Array;
  /** How many times bandRatio the first zone of the rung weighs more than the lightest of all, rounded down: rungs of a band can share a threshold. */
  readonly rungBands: Uint16Array;
  /** Zones in all chains. */
  readonly zones: number;
  /** Weight of the lightest and of the heaviest zone. */
  readonly least: number;
  readonly most: number;
}

/** See rungBands. */
export const bandRatio = 1.01;

/** Numbers kept where all threads can read them without a copy, if the platform has such memory. */
export function sharedBuffer(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}

function sharedNumbers(values: readonly number[]): Float64Array {
  const kept = new Float64Array(sharedBuffer(8 * values.length));
  kept.set(values);
  return kept;
}

function sharedIntegers(values: readonly number[]): Int32Array {
  const kept = new Int32Array(sharedBuffer(4 * values.length));
  kept.set(values);
  return kept;
}

/** What createChains keeps of weights: of the chain so far, of its rung's first zone, of its last zone, of the lightest and of the heaviest zone of all chains. */
const [sumSoFar, firstOfRung, closedSoFar, least, most] = [0, 1, 2, 3, 4] as const;

/**
 * Takes chains one after another and cuts them. Weights (expected events) of zones in a rung differ at most by `rungWidth` standard deviations of the first zone's
 * events, but a rung has at least one zone.
 */
export function createChains(n: number, weight: Float64Array, rungWidth: number) {
  let areas: Uint16Array | Int32Array = n <= 65_536 ? new Uint16Array(1 << 12) : new Int32Array(1 << 12);
  let closes = new Uint8Array(1 << 12);
  const offsets = [0];
  const rungOffsets = [0];
  const rungEnds: number[] = [];
  const rungWeights: number[] = [];
  const rungBefore: number[] = [];
  let size = 0;
  let zones = 0;
  // In an array, since variables of a closure that are no whole numbers are allocated anew at every step.
  const weights = Float64Array.of(0, 0, 0, Number.POSITIVE_INFINITY, 0);
  const grow = (): void => {
    const larger: Uint16Array | Int32Array = n <= 65_536 ? new Uint16Array(2 * size) : new Int32Array(2 * size);
    larger.set(areas);
    areas = larger;
    const more = new Uint8Array(2 * size);
    more.set(closes);
    closes = more;
  };
  return {
    /** Areas in all chains so far. */
    size: (): number => size,
    /** One more area of the chain; `isEnd` where a zone ends with it. */
    add(area: number, isEnd: boolean): void {
      if (size === closes.length) grow();
      areas[size] = area;
      const sum = weights[sumSoFar]! + weight[area]!;
      weights[sumSoFar] = sum;
      if (isEnd) {
        zones++;
        if (sum < weights[least]!) weights[least] = sum;
        if (sum > weights[most]!) weights[most] = sum;
        closes[size] = 1;
        const first = weights[firstOfRung]!;
        if (first === 0 || sum > first + rungWidth * Math.sqrt(first)) {
          weights[firstOfRung] = sum;
          rungWeights.push(sum);
          rungBefore.push(weights[closedSoFar]!);
          rungEnds.push(size + 1);
        } else rungEnds[rungEnds.length - 1] = size + 1;
        weights[closedSoFar] = sum;
      }
      size++;
    },
    /** The chain is complete; areas after its last zone are dropped. */
    end(): void {
      size = rungEnds[rungEnds.length - 1] ?? 0;
      offsets.push(size);
      rungOffsets.push(rungEnds.length);
      weights.fill(0, 0, least);
    },
    build(): Chains {
      const rungBands = new Uint16Array(sharedBuffer(2 * rungWeights.length));
      for (let rung = 0; rung < rungBands.length; rung++)
        rungBands[rung] = Math.log(rungWeights[rung]! / weights[least]!) / Math.log(bandRatio);
      const kept = n <= 65_536 ? new Uint16Array(sharedBuffer(2 * size)) : new Int32Array(sharedBuffer(4 * size));
      kept.set(areas.subarray(0, size));
      const ends = new Uint8Array(sharedBuffer(size));
      ends.set(closes.subarray(0, size));
      return {
        kind: "chains",
        offsets: Int32Array.from(offsets),
        areas: kept,
        closes: ends,
        rungOffsets: Int32Array.from(rungOffsets),
        rungEnds: sharedIntegers(rungEnds),
        rungWeights: sharedNumbers(rungWeights),
        rungBefore: sharedNumbers(rungBefore),
        rungBands,
        zones,
        least: weights[least]!,
        most: weights[most]!,
      };
    },
  };
}
