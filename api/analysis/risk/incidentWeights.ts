/** How much a report counts by the value of its source, A (proven reliable) to F (cannot be judged). Unknown letters count as F. */
export function sourceValueWeight(letter: string): number {
  return weightByPlace["ABCDEF".indexOf(letter.toUpperCase())] ?? weightByPlace[5]!;
}

/** How much a report counts by the value of its content, 1 (confirmed) to 6 (cannot be judged). Other numbers count as 6. */
export function contentValueWeight(number: number): number {
  return weightByPlace[number - 1] ?? weightByPlace[5]!;
}

/** How much an incident counts by its severity, 1 to 5: twice as much a step, 1 in the middle. */
export function severityWeight(severity: number): number {
  return 2 ** (severity - 3);
}

// The last, "cannot be judged", lies in the middle: not knowing is not the same as mistrusting.
const weightByPlace = [1, 0.8, 0.6, 0.4, 0.2, 0.5];
