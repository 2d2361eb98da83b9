import { shareInterval } from "./sample.ts";
import type { Outcome, Tried } from "./trials.ts";

/** What became of the mutants of one room, or of all. */
export interface RoomScore {
  readonly room: string;
  /** All that there are, without the equivalent ones. */
  readonly mutants: number;
  readonly equivalent: number;
  readonly tried: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Share of killed ones, those ended for taking too long among them. NaN when none was tried. */
  readonly score: number;
  /** 95%; a point when all were tried. */
  readonly interval: readonly [lower: number, upper: number];
}

export function scoreRoom(room: string, mutants: number, equivalent: number, tried: readonly Tried[]): RoomScore {
  const count = (outcome: Outcome): number => tried.filter((each) => each.outcome === outcome).length;
  const outcomes = { killed: count("killed"), timeout: count("timeout"), survived: count("survived"), noTest: count("noTest") };
  const detected = outcomes.killed + outcomes.timeout;
  return {
    room,
    mutants,
    equivalent,
    tried: tried.length,
    outcomes,
    score: detected / tried.length,
    interval: shareInterval(detected, tried.length, mutants),
  };
}

/** All rooms together; each counts by how many mutants it has, not by how many of them were tried. */
export function scoreAll(rooms: readonly RoomScore[]): RoomScore {
  const sum = (of: (room: RoomScore) => number): number => rooms.reduce((total, room) => total + of(room), 0);
  const mutants = sum((room) => room.mutants);
  const score = sum((room) => room.mutants * room.score) / mutants;
  // Variance of a stratified mean; a room tried whole adds none.
  const variance = sum(
    ({ mutants: n, tried, score: p }) => (n / mutants) ** 2 * ((p * (1 - p)) / Math.max(1, tried - 1)) * (1 - tried / n),
  );
  const half = 1.959963984540054 * Math.sqrt(variance);
  const outcome = (of: Outcome): number => sum((room) => room.outcomes[of]);
  return {
    room: "all",
    mutants,
    equivalent: sum((room) => room.equivalent),
    tried: sum((room) => room.tried),
    outcomes: { killed: outcome("killed"), timeout: outcome("timeout"), survived: outcome("survived"), noTest: outcome("noTest") },
    score,
    interval: [Math.max(0, score - half), Math.min(1, score + half)],
  };
}

/** The scores as a table of text. */
export function scoreTable(rooms: readonly RoomScore[]): string {
  const percent = (share: number): string => (Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)}%`);
  const lines = [
    ["room", "mutants", "equivalent", "tried", "killed", "timeout", "survived", "no test", "score", "95%"],
    ...rooms.map(({ room, mutants, equivalent, tried, outcomes, score, interval }) => [
      room,
      ...[mutants, equivalent, tried, outcomes.killed, outcomes.timeout, outcomes.survived, outcomes.noTest].map(String),
      percent(score),
      tried === mutants ? "all" : interval.map(percent).join(" to "),
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  "))
    .join("\n");
}

/** Every mutant that no test noticed: where, and what was put for what. */
export function survivorLines(tried: readonly Tried[]): string[] {
  const short = (text: string): string => text.replaceAll(/\s+/g, " ").slice(0, 100);
  return tried
    .filter(({ outcome }) => outcome === "survived" || outcome === "noTest")
    .map(({ mutant, outcome, untried }) => {
      const left = untried > 0 ? `  (${untried} slow test files left untried)` : "";
      const note = outcome === "noTest" ? "  (no test comes here)" : left;
      return `${mutant.file}:${mutant.line}  ${short(mutant.before)}  →  ${short(mutant.text)}${note}`;
    });
}
