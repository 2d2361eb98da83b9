import type { Weights } from "../neighbours/weights.ts";
import { requireInput } from "../significance/refusal.ts";

/** Something that happened in a village on a day; days are whole numbers on any one scale. */
export interface DatedPlaces {
  readonly village: Int32Array;
  readonly day: Int32Array;
}

/** What was recorded by village and day, ready to be counted over any days. */
export class Histories {
  readonly villages: number;
  readonly #offsets: Int32Array;
  readonly #days: Int32Array;

  constructor(villages: number, { village, day }: DatedPlaces) {
    requireInput(village.length === day.length, "day", day.length);
    this.villages = villages;
    this.#offsets = new Int32Array(villages + 1);
    for (const one of village) {
      requireInput(one >= 0 && one < villages, "village", one);
      this.#offsets[one + 1]! += 1;
    }
    for (let one = 0; one < villages; one++) this.#offsets[one + 1]! += this.#offsets[one]!;
    const fill = this.#offsets.slice(0, villages);
    this.#days = new Int32Array(day.length);
    village.forEach((one, index) => {
      this.#days[fill[one]!++] = day[index]!;
    });
    for (let one = 0; one < villages; one++) this.daysOf(one).sort();
  }

  /** Days of a village, ascending. */
  daysOf(village: number): Int32Array {
    return this.#days.subarray(this.#offsets[village]!, this.#offsets[village + 1]!);
  }

  /** How many in `from` ≤ day < `before`. Cost: O(log of the village's number). */
  count(village: number, from: number, before: number): number {
    return before <= from ? 0 : this.#below(village, before) - this.#below(village, from);
  }

  countAll(from: number, before: number): number {
    let sum = 0;
    for (let village = 0; village < this.villages; village++) sum += this.count(village, from, before);
    return sum;
  }

  /** Mean over the neighbours of a village, NaN without any. */
  meanAround(village: number, weights: Weights, from: number, before: number): number {
    const [begin, end] = [weights.offsets[village]!, weights.offsets[village + 1]!];
    let sum = 0;
    for (let link = begin; link < end; link++) sum += this.count(weights.targets[link]!, from, before);
    return end === begin ? Number.NaN : sum / (end - begin);
  }

  #below(village: number, day: number): number {
    let low = this.#offsets[village]!;
    let high = this.#offsets[village + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#days[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
