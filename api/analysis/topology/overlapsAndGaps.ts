import { metresPerDegreeAt } from "../neighbours/plane.ts";
import type { FlatPolygons } from "../neighbours/polygons.ts";
import { requireInput } from "../significance/refusal.ts";
import { createEdgeTable, type EdgeTable, pointAt, toggleEdge } from "./edgeTable.ts";
import { type Faces, originOf, tracedFaces } from "./faces.ts";
import { createMarks, partsInside, type Region, regionOf, unitsPerDegree } from "./regions.ts";
import { snapRounded } from "./snapRounding.ts";

export interface TopologyOptions {
  /** Marks (1) areas that are new: only what one of them takes part in is told. */
  readonly changed?: Uint8Array;
  /** Overlaps of two areas together below this are passed over. */
  readonly overlapSquareMetres: number;
  /** Gaps below this are passed over. */
  readonly gapSquareMetres: number;
}

export interface Overlap extends Region {
  readonly one: number;
  readonly other: number;
}

export interface Gap extends Region {
  /** Areas around it, those with most border first. */
  readonly around: readonly number[];
}

/** Overlaps sorted by area, largest first, likewise gaps. */
export interface OverlapsAndGaps {
  readonly overlaps: readonly Overlap[];
  readonly gaps: readonly Gap[];
}

/**
 * Where areas overlap, pair by pair, and the gaps that they enclose together and none covers.
 *
 * Why: published boundaries do neither meet nor keep apart; both faults shift areas and rates and have to be seen.
 * In words: all borders are drawn on a grid of millionths of a degree (11 cm), cut where they cross (snap rounding), and every face of the drawing is told which
 * areas cover it. Faces covered by a pair make its overlap; bounded faces covered by none are gaps. A gap open to the sea, however narrow its mouth, is none.
 * Areas by the even-odd rule over their rings, so shapes must be valid. Coordinates are rounded to 1e-6°; areas right to 1e-4 beside that rounding.
 * Cost: O(vertices) in time and memory (about 200 bytes a vertex) for real borders.
 * Source: snap rounding as in Hobby 1999; faces by half-edges as in de Berg et al. 2008, chapter 2.
 */
export function findOverlapsAndGaps(polygons: FlatPolygons, options: TopologyOptions): OverlapsAndGaps {
  requireInput(options.overlapSquareMetres >= 0, "overlapSquareMetres", options.overlapSquareMetres);
  requireInput(options.gapSquareMetres >= 0, "gapSquareMetres", options.gapSquareMetres);
  requireInput(!options.changed || options.changed.length === polygons.n, "changed", options.changed?.length);
  const table = createEdgeTable(polygons.coordinates.length / 2);
  for (let area = 0; area < polygons.n; area++) drawArea(table, polygons, area, area);
  const faces = tracedFaces(snapRounded(table));
  const inside = partsInside(faces);
  const marks = createMarks(faces);
  const isTold = (areas: readonly number[]): boolean => !options.changed || areas.some((area) => options.changed![area] === 1);

  const gaps: Gap[] = [];
  const facesOfPair = new Map<number, number[]>();
  for (let c = 0; c < faces.cycles; c++) {
    if (faces.faceOf[c] !== c) continue;
    const cover = faces.sets[faces.coverOf[c]!]!;
    if (cover.length === 0) {
      const around = areasAround(faces, c);
      if (!isTold(around)) continue;
      const region = regionOf(faces, [c, ...(inside.get(c) ?? [])], marks);
      if (region.squareMetres >= options.gapSquareMetres) gaps.push({ ...region, around });
    }
    for (let i = 0; i < cover.length; i++) {
      for (let j = i + 1; j < cover.length; j++) {
        if (!isTold([cover[i]!, cover[j]!])) continue;
        const pair = cover[i]! * polygons.n + cover[j]!;
        const known = facesOfPair.get(pair);
        if (known) known.push(c);
        else facesOfPair.set(pair, [c]);
      }
    }
  }
  const overlaps: Overlap[] = [];
  for (const [pair, of] of facesOfPair) {
    if (roughSquareMetres(faces, of) < 0.9 * options.overlapSquareMetres) continue;
    const region = regionOf(faces, [...of, ...of.flatMap((c) => inside.get(c) ?? [])], marks);
    if (region.squareMetres < options.overlapSquareMetres) continue;
    overlaps.push({ ...region, one: Math.floor(pair / polygons.n), other: pair % polygons.n });
  }
  return {
    overlaps: overlaps.sort((a, b) => b.squareMetres - a.squareMetres || a.one - b.one || a.other - b.other),
    gaps: gaps.sort((a, b) => b.squareMetres - a.squareMetres || a.around[0]! - b.around[0]!),
  };
}

/** Draws the border of an area under a number. */
export function drawArea(table: EdgeTable, polygons: FlatPolygons, area: number, as: number): void {
  const { coordinates, ringOffsets, areaOffsets } = polygons;
  for (let ring = areaOffsets[area]!; ring < areaOffsets[area + 1]!; ring++) {
    const end = ringOffsets[ring + 1]!;
    let last = -1;
    let first = -1;
    for (let v = ringOffsets[ring]!; v < end; v++) {
      const point = pointAt(table, Math.round(coordinates[2 * v]! * unitsPerDegree), Math.round(coordinates[2 * v + 1]! * unitsPerDegree));
      if (last === -1) first = point;
      else toggleEdge(table, last, point, as);
      last = point;
    }
    if (last !== -1) toggleEdge(table, last, first, as);
  }
}

/** An upper bound of the area of faces, from their cycles alone: what lies inside them is not taken off. */
function roughSquareMetres(faces: Faces, cycles: readonly number[]): number {
  let area = 0;
  for (const c of cycles) area += faces.doubleArea[c]!;
  const metres = metresPerDegreeAt(faces.table.y[originOf(faces.table, faces.firstOf[cycles[0]!]!)]! / unitsPerDegree);
  return (((area / 2) * metres.east) / unitsPerDegree) * (metres.north / unitsPerDegree);
}

/** Whose borders make the outer ring of a face, by length, the longest first. */
function areasAround(faces: Faces, c: number): number[] {
  const { table, next, firstOf } = faces;
  const length = new Map<number, number>();
  let half = firstOf[c]!;
  do {
    const [a, b] = [originOf(table, half), originOf(table, half ^ 1)];
    const along = Math.hypot(table.x[a]! - table.x[b]!, table.y[a]! - table.y[b]!);
    for (let entry = table.head[half >> 1]!; entry !== -1; entry = table.nextEntry[entry]!) {
      const area = table.area[entry]!;
      length.set(area, (length.get(area) ?? 0) + along);
    }
    half = next[half]!;
  } while (half !== firstOf[c]);
  return [...length.keys()].sort((a, b) => length.get(b)! - length.get(a)! || a - b);
}
