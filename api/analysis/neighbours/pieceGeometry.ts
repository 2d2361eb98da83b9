import { endIsVertex, numbersPerPiece, type Pieces, startIsVertex } from "./pieces.ts";

/**
 * The stretch of piece s within `radius` metres of piece t, as [from, to] along s in metres, written to `stretch`. False when there is none.
 *
 * Distance to a straight piece is convex, so the stretch is one interval: the hull of what s has in the discs around t's ends and in the
 * rectangle along t. Source: own derivation. Cost: constant, two square roots.
 */
export function stretchWithin(pieces: Pieces, s: number, t: number, radius: number, stretch: Float64Array): boolean {
  const { numbers } = pieces;
  const a = s * numbersPerPiece;
  const b = t * numbersPerPiece;
  const ux = numbers[a + 4]!;
  const uy = numbers[a + 5]!;
  const length = numbers[a + 6]!;
  const vx = numbers[b + 4]!;
  const vy = numbers[b + 5]!;
  const otherLength = numbers[b + 6]!;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;

  const cx = numbers[b]! - numbers[a]!;
  const cy = numbers[b + 1]! - numbers[a + 1]!;
  const startAcross = ux * cy - uy * cx;
  const startSquare = radius * radius - startAcross * startAcross;
  if (startSquare >= 0) {
    const along = ux * cx + uy * cy;
    const half = Math.sqrt(startSquare);
    from = along - half;
    to = along + half;
  }
  const ex = numbers[b + 2]! - numbers[a]!;
  const ey = numbers[b + 3]! - numbers[a + 1]!;
  const endAcross = ux * ey - uy * ex;
  const endSquare = radius * radius - endAcross * endAcross;
  if (endSquare >= 0) {
    const along = ux * ex + uy * ey;
    const half = Math.sqrt(endSquare);
    if (along - half < from) from = along - half;
    if (along + half > to) to = along + half;
  }

  // In t's own frame the point moves linearly: along t it must be on t, across it within the radius.
  let low = 0;
  let high = length;
  const along = -(vx * cx + vy * cy);
  const alongStep = ux * vx + uy * vy;
  if (alongStep === 0) {
    if (along < 0 || along > otherLength) high = -1;
  } else {
    const one = -along / alongStep;
    const other = (otherLength - along) / alongStep;
    low = Math.max(low, Math.min(one, other));
    high = Math.min(high, Math.max(one, other));
  }
  const across = -(vx * cy - vy * cx);
  const acrossStep = vx * uy - vy * ux;
  if (acrossStep === 0) {
    if (Math.abs(across) > radius) high = -1;
  } else {
    const one = (-radius - across) / acrossStep;
    const other = (radius - across) / acrossStep;
    low = Math.max(low, Math.min(one, other));
    high = Math.min(high, Math.max(one, other));
  }
  if (low <= high) {
    from = Math.min(from, low);
    to = Math.max(to, high);
  }
  from = Math.max(0, from);
  to = Math.min(length, to);
  if (!(from <= to)) return false;
  stretch[0] = from;
  stretch[1] = to;
  return true;
}

/** Distance between two pieces in metres; 0 where they touch or cross. Cost: constant. */
export function gapBetween(pieces: Pieces, s: number, t: number): number {
  const { numbers } = pieces;
  const a = s * numbersPerPiece;
  const b = t * numbersPerPiece;
  const acrossS = sideOf(numbers, a, numbers[b]!, numbers[b + 1]!) * sideOf(numbers, a, numbers[b + 2]!, numbers[b + 3]!);
  const acrossT = sideOf(numbers, b, numbers[a]!, numbers[a + 1]!) * sideOf(numbers, b, numbers[a + 2]!, numbers[a + 3]!);
  if ((acrossS <= 0 && acrossT < 0) || (acrossS < 0 && acrossT <= 0)) return 0;
  return Math.min(
    distanceToPiece(numbers, a, numbers[b]!, numbers[b + 1]!),
    distanceToPiece(numbers, a, numbers[b + 2]!, numbers[b + 3]!),
    distanceToPiece(numbers, b, numbers[a]!, numbers[a + 1]!),
    distanceToPiece(numbers, b, numbers[a + 2]!, numbers[a + 3]!),
  );
}

/** How far a point lies to the left of the line along a piece, in metres; negative to the right. */
function sideOf(numbers: Float64Array, at: number, x: number, y: number): number {
  return numbers[at + 4]! * (y - numbers[at + 1]!) - numbers[at + 5]! * (x - numbers[at]!);
}

function distanceToPiece(numbers: Float64Array, at: number, x: number, y: number): number {
  const dx = x - numbers[at]!;
  const dy = y - numbers[at + 1]!;
  const along = Math.max(0, Math.min(numbers[at + 6]!, dx * numbers[at + 4]! + dy * numbers[at + 5]!));
  return Math.hypot(dx - along * numbers[at + 4]!, dy - along * numbers[at + 5]!);
}

/** Whether the two pieces have a polygon vertex in common, digit for digit. */
export function sharesVertex(pieces: Pieces, s: number, t: number): boolean {
  const { numbers, flags } = pieces;
  const a = s * numbersPerPiece;
  const b = t * numbersPerPiece;
  const start = (flags[s]! & startIsVertex) !== 0;
  const end = (flags[s]! & endIsVertex) !== 0;
  const otherStart = (flags[t]! & startIsVertex) !== 0;
  const otherEnd = (flags[t]! & endIsVertex) !== 0;
  if (start && otherStart && numbers[a] === numbers[b] && numbers[a + 1] === numbers[b + 1]) return true;
  if (start && otherEnd && numbers[a] === numbers[b + 2] && numbers[a + 1] === numbers[b + 3]) return true;
  if (end && otherStart && numbers[a + 2] === numbers[b] && numbers[a + 3] === numbers[b + 1]) return true;
  return end && otherEnd && numbers[a + 2] === numbers[b + 2] && numbers[a + 3] === numbers[b + 3];
}
