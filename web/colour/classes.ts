import { quantileSorted } from "simple-statistics";

/** Edges of the seven fixed classes of the risk score; 34 and 67 are the bands' edges as well. */
export const riskBreaks: readonly number[] = [0, 17, 34, 45, 56, 67, 80, 100];

/** Lower edges of the classes of event counts. Fixed, so that a colour means the same while the period is dragged. */
export const countBreaks: readonly number[] = [1, 2, 3, 5, 8, 13, 21];

/** What an area is drawn as: 0 to 6 are the ramp's classes, low to high; the rest are states that no ramp may show. */
export const zeroClass = 7;
export const unknownClass = 8;
export const suppressedClass = 9;
/** What a village is drawn as when coverage is shown; nobody expected to report is `unknownClass`. */
export const coverageClasses = { heard: 11, nil: 12, late: 13, silent: 14, waiting: 15 } as const;
/** What a village's hotspot has become over the steps, in groups that a colour can tell apart. */
export const emergingClasses = {
  hotStrong: 20,
  hotNew: 21,
  hotBroken: 22,
  hotFading: 23,
  coldStrong: 24,
  coldNew: 25,
  coldBroken: 26,
  coldFading: 27,
  none: 28,
} as const;
export type EmergingGroup = keyof typeof emergingClasses;
/** The first of nine classes of score and certainty: three bands of the score, each certain, less certain, uncertain. */
export const pairClass = 30;
const lastClass = pairClass + 8;

const groupOfWord: Readonly<Record<string, string>> = {
  intensifying: "Strong",
  persistent: "Strong",
  new: "New",
  consecutive: "New",
  sporadic: "Broken",
  oscillating: "Broken",
  diminishing: "Fading",
  historical: "Fading",
};

/** The group of an emerging class by its name on the wire, `intensifying hot`. */
export function emergingGroupOf(name: string): EmergingGroup {
  const [word = "", side = ""] = name.split(" ");
  const group = groupOfWord[word];
  return group && (side === "hot" || side === "cold") ? (`${side}${group}` as EmergingGroup) : "none";
}

/** Widths of the 90% interval from which on a score is less certain, and uncertain. */
export const certaintyBreaks: readonly [number, number] = [10, 20];

/** The class of a score with its interval; unknown where either is. */
export function pairClassOf(score: number | null, lower: number | null, upper: number | null): number {
  if (score === null || lower === null || upper === null) return unknownClass;
  const band = score >= 67 ? 2 : score >= 34 ? 1 : 0;
  const width = upper - lower;
  return pairClass + band * 3 + (width >= certaintyBreaks[1] ? 2 : width >= certaintyBreaks[0] ? 1 : 0);
}

/**
 * The ramp class of each value: the last whose lower edge is not above it. NaN is `unknownClass`; exactly 0 is `zeroClass`. `breaks` ascend; up to 7 classes
 * are told apart, a value below the first edge takes the first. O(n × classes).
 */
export function classesOf(
  values: Float64Array,
  breaks: readonly number[],
  classes: Uint8Array = new Uint8Array(values.length),
): Uint8Array {
  const last = Math.min(6, breaks.length - 1);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isNaN(value)) classes[i] = unknownClass;
    else if (value === 0) classes[i] = zeroClass;
    else {
      let found = 0;
      while (found < last && value >= (breaks[found + 1] as number)) found += 1;
      classes[i] = found;
    }
  }
  return classes;
}

/** How many areas are of each class, by class number. */
export function countClasses(classes: Uint8Array): number[] {
  const counts = new Array<number>(lastClass + 1).fill(0);
  for (const found of classes) counts[found] = (counts[found] ?? 0) + 1;
  return counts;
}

function rounded(value: number, digits: number): number {
  if (value === 0) return 0;
  const scale = 10 ** (digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return Math.round(value * scale) / scale;
}

/**
 * Lower edges of up to seven classes with about equally many areas each (quantiles), rounded to two figures so that they can be read. Equal edges are joined,
 * so few distinct values give fewer classes. NaN is left out; without any value there are no classes.
 */
export function quantileBreaks(values: Float64Array, wanted = 7): number[] {
  const sorted = Array.from(values.filter((value) => !Number.isNaN(value)).sort());
  if (sorted.length === 0) return [];
  const edges = Array.from({ length: wanted }, (_, index) => quantileSorted(sorted, index / wanted));
  const readable = edges.map((edge, index) => (index === 0 ? edge : rounded(edge, 2)));
  return readable.filter((edge, index) => index === 0 || edge > (readable[index - 1] as number));
}
