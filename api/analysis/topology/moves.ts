import type { FlatPolygons } from "../neighbours/polygons.ts";
import { requireInput } from "../significance/refusal.ts";
import { createEdgeTable } from "./edgeTable.ts";
import { tracedFaces } from "./faces.ts";
import { drawArea, verticesOf } from "./overlapsAndGaps.ts";
import { createMarks, measureRegion, partsInside, type Region, regionPolygons } from "./regions.ts";
import { snapRounded } from "./snapRounding.ts";

/** What one shape has that the other has not. */
export interface Move extends Region {
  /** Part of both shapes together that is in only one of them: 0 the same, 1 nothing in common. */
  readonly share: number;
}

/**
 * How much the shape of each area changed: area and share of the symmetric difference, and where it lies.
 *
 * Why: a border drawn anew by centimetres and a village that lost a third of its land are both "another shape"; only their size tells them apart.
 * The n areas of `before` and `after` belong together one by one. Even-odd rule, rounding and measures as in `findOverlapsAndGaps`. Share NaN where neither has a surface.
 * Cost: O(vertices).
 */
export function measureMoves(before: FlatPolygons, after: FlatPolygons): Move[] {
  requireInput(before.n === after.n, "after", after.n);
  return Array.from({ length: before.n }, (_, i) => measureMove(before, after, i));
}

function measureMove(before: FlatPolygons, after: FlatPolygons, i: number): Move {
  const table = createEdgeTable(verticesOf(before, i) + verticesOf(after, i));
  drawArea(table, before, i, 0);
  drawArea(table, after, i, 1);
  const faces = tracedFaces(snapRounded(table));
  const inside = partsInside(faces);
  const marks = createMarks(faces);
  const covered = (fits: (areas: number) => boolean): number[] =>
    Array.from({ length: faces.cycles }, (_, c) => c)
      .filter((c) => faces.faceOf[c] === c && fits(faces.sets[faces.coverOf[c]!]!.length))
      .flatMap((c) => [c, ...(inside.get(c) ?? [])]);
  const differing = covered((areas) => areas === 1);
  const difference = measureRegion(faces, differing, marks);
  const together = measureRegion(
    faces,
    covered((areas) => areas > 0),
    marks,
  );
  return {
    ...difference,
    polygons: regionPolygons(faces, differing, marks),
    share: together.squareMetres > 0 ? difference.squareMetres / together.squareMetres : Number.NaN,
  };
}
