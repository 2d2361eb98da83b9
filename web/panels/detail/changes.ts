import { roundedToSum } from "../../format/waterfall.ts";
import { type Part, type PartPoints, parts, type TrendMonth } from "./riskValues.ts";

/** Month ends that a change looks back over. */
export const monthsBack = 3;

/** How far the score moved, and by how much each part moved it. */
export interface ScoreChange {
  readonly from: TrendMonth;
  readonly to: TrendMonth;
  /** Points from `from` to `to`, between the scores as shown (tenths); null where either is unknown. */
  readonly total: number | null;
  /** Points by part, in tenths that add up to the total; null where the part is missing at either end. */
  readonly byPart: PartPoints;
}

/**
 * What changed from the month end `months` before the newest one (or the oldest there is) to the newest; null with fewer than two months.
 * Since parts add up to the score at both ends, their differences add up to its difference.
 */
export function changeOf(trend: readonly TrendMonth[], months = monthsBack): ScoreChange | null {
  const to = trend.at(-1);
  const from = trend[Math.max(0, trend.length - 1 - months)];
  if (!to || !from || trend.length < 2) return null;
  const differences = parts.map((part) => difference(from[part], to[part]));
  const total = difference(rounded(from.score), rounded(to.score));
  // A part counted at one end only belongs to the total but to no line, so then the lines add up among themselves.
  const isWhole = total !== null && parts.every((part) => typeof from[part] === typeof to[part]);
  const lines = roundedToSum(differences, 1, isWhole ? total : undefined);
  return {
    from,
    to,
    total,
    byPart: Object.fromEntries(parts.map((part, index) => [part, lines[index] ?? null])) as Record<Part, number | null>,
  };
}

function rounded(score: number | null): number | null {
  return score === null ? null : Math.round(score * 10) / 10;
}

function difference(before: number | null | undefined, after: number | null | undefined): number | null {
  return typeof before === "number" && typeof after === "number" ? after - before : null;
}

/** The parts that moved the score by a tenth of a point or more, the largest move first. */
export function movedParts(change: ScoreChange): { readonly part: Part; readonly points: number }[] {
  return parts
    .flatMap((part) => {
      const points = change.byPart[part];
      return points === null || Math.abs(points) < 0.05 ? [] : [{ part, points }];
    })
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}
