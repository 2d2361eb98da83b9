/** The outline of each team's mark in a box of 16 × 16, so that teams are told apart without colour. */
const shapes: readonly string[] = [
  "M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14z",
  "M3.2 1.5h9.6a1.7 1.7 0 0 1 1.7 1.7v9.6a1.7 1.7 0 0 1-1.7 1.7h-9.6a1.7 1.7 0 0 1-1.7-1.7v-9.6a1.7 1.7 0 0 1 1.7-1.7z",
  "M8 0.2L15.8 8L8 15.8L0.2 8z",
  "M4.2 1.3h7.6L15.7 8l-3.9 6.7h-7.6L0.3 8z",
];
const colours = 6;

/** The shape of a team's mark by its place in the plan. */
export function teamShape(team: number): string {
  return shapes[Math.max(0, team) % shapes.length] as string;
}

/** Which of the team colours (1 to 6) a team has; shapes and colours together tell 12 teams apart, its letter the rest. */
export function teamColour(team: number): number {
  return (Math.max(0, team) % colours) + 1;
}

/** Dash and gap of the line of a day, in widths of the line; the first day is solid. */
export function dayDash(day: number): readonly [number, number] {
  const dashes = [
    [0, 0],
    [4, 2],
    [1, 1.6],
    [7, 2],
    [3, 3],
    [9, 4],
    [2, 4],
  ] as const;
  return dashes[Math.max(0, day) % dashes.length] as readonly [number, number];
}
