import { lettersOf, type Villages } from "./areaList.ts";
import type { Change, Link } from "./crosswalk.ts";

/** What two villages, one of either list, have in common on the ground; pairs that share nothing are left out. */
export interface Overlap {
  readonly from: string;
  readonly to: string;
  /** The part of the earlier village's area that lies in the later one, in [0, 1]. */
  readonly shareOfFrom: number;
  /** The part of the later village's area that lay in the earlier one, in [0, 1]. */
  readonly shareOfTo: number;
}

/** Less than a tenth on both sides is a border drawn otherwise, not a piece that changed hands. */
const leastShare = 0.1;
/** A village of which less than half is found again lies somewhere else, or its shape does. */
const leastFound = 0.5;
const confidenceOfShape = 0.95;
const confidenceOfShapeAndName = 0.995;

/**
 * Links that shapes prove: where at least half of a village's ground lies in villages of the other list, it went there, in shares of its area. A village that keeps
 * its code, its name and at least nine tenths of its ground is left alone. Not measured: shapes of different makers lie hundreds of metres apart.
 */
export function linksOfOverlaps(
  before: Villages,
  after: Villages,
  overlaps: readonly Overlap[],
): { links: Link[]; from: Set<string>; to: Set<string> } {
  const known = overlaps.filter(
    ({ from, to, shareOfFrom, shareOfTo }) =>
      before.indexOf.has(from) && after.indexOf.has(to) && (shareOfFrom >= leastShare || shareOfTo >= leastShare),
  );
  const byFrom = grouped(known, ({ from }) => from);
  const origins = grouped(known, ({ to }) => to);
  const links: Link[] = [];
  for (const [from, targets] of byFrom) {
    const found = targets.reduce((sum, { shareOfFrom }) => sum + shareOfFrom, 0);
    if (found < leastFound) continue;
    const name = lettersOf(before.names[before.indexOf.get(from)!]!);
    const nameOf = (to: string): string => lettersOf(after.names[after.indexOf.get(to)!]!);
    const taking = targets.filter(({ shareOfFrom }) => shareOfFrom >= leastShare);
    if (taking.length === 1 && taking[0]!.to === from && nameOf(from) === name) continue;
    const whole = taking.reduce((sum, { shareOfFrom }) => sum + shareOfFrom, 0);
    for (const { to, shareOfFrom } of taking) {
      const all = origins.get(to)!.filter(({ shareOfTo }) => shareOfTo >= leastShare);
      const allShares = all.reduce((sum, { shareOfTo }) => sum + shareOfTo, 0);
      const back = all.find((other) => other.from === from)?.shareOfTo ?? 0;
      const isSameName = nameOf(to) === name;
      const change: Change = taking.length > 1 ? "split" : all.length > 1 ? "merged" : isSameName ? "moved" : "renamed";
      links.push({
        from,
        to,
        change,
        confidence: isSameName ? confidenceOfShapeAndName : confidenceOfShape,
        share: shareOfFrom / whole,
        shareBack: allShares === 0 ? 0 : back / allShares,
        evidence: ["overlap", ...(from === to ? (["same_code"] as const) : []), isSameName ? "same_name" : "other_name"],
      });
    }
  }
  return { links, from: new Set(links.map(({ from }) => from)), to: new Set(links.map(({ to }) => to)) };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
