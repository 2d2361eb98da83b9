import Flatbush from "flatbush";
import { requireInput } from "../significance/refusal.ts";
import { blocksOf, fewestMetresPerDegree } from "./blocks.ts";
import { findContained } from "./containment.ts";
import { createPairTable, type PairTable, placeOf } from "./pairTable.ts";
import { gapBetween, sharesVertex, stretchWithin } from "./pieceGeometry.ts";
import { cellsAround, gridOf } from "./pieceGrid.ts";
import { appendPieces, createPieces, isHome, longestPieceMetres, type Pieces } from "./pieces.ts";
import { boundingBoxes, type FlatPolygons } from "./polygons.ts";

export interface ContiguityOptions {
  /** Areas at most this far apart are neighbours; at least 2, since vertices equal after snapping to 1e-5° may be 1.6 m apart. */
  readonly gapMetres?: number;
  /** Border counts as common where the other area's border is at most this far; at least gapMetres. */
  readonly borderWithinMetres?: number;
  /** Common border from which neighbours are rook neighbours. */
  readonly borderMetres?: number;
  /** Marks (1) areas that are new: only pairs with at least one of them are looked for. */
  readonly changed?: Uint8Array;
}

/** Neighbouring areas, each unordered pair once, from < to, sorted by from, then to. All are queen neighbours. */
export interface NeighbourPairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 for rook neighbours. */
  readonly rook: Uint8Array;
  /** 1 for pairs that share no vertex digit for digit: found only because of the tolerance. */
  readonly byTolerance: Uint8Array;
  /** Common border: mean of the two areas' own border within borderWithinMetres of the other's. */
  readonly borderMetres: Float64Array;
  /** Distance between the borders; 0 where they touch, cross or one lies inside the other. */
  readonly gapMetres: Float64Array;
}

/**
 * Contiguity that forgives real polygons: which areas are neighbours although their drawn borders overlap, miss each other or share no vertex.
 *
 * Why: "touches" keeps a third of the true links of published village boundaries, exact shared vertices lose 2 to 6%.
 * In words: queen neighbours are at most 10 m apart (which includes vertices equal after snapping to 1e-5°, and an area drawn inside another);
 * rook neighbours are queen neighbours with at least 100 m of border within 30 m of each other.
 * Distances in metres on the WGS 84 ellipsoid, in a local plane for each tenth of a degree of latitude (scale right to 1e-4).
 * Works block by block of land: pieces of border go into a grid of 150 m cells, each looks around itself, so memory is bounded by the fullest block.
 * Source: own definition; contiguity as in Cliff & Ord 1981. Cost: O(vertices) for real borders; 8,358 villages of East Java 0.8 s, the nation 8.6 s.
 * Fails where neighbouring areas are drawn more than 10 m apart, and across the 180th meridian. Throws the refusal `wrong_input` for impossible distances.
 */
export function findNeighbours(polygons: FlatPolygons, options: ContiguityOptions = {}): NeighbourPairs {
  const gapMetres = options.gapMetres ?? 10;
  const within = options.borderWithinMetres ?? 30;
  const enough = options.borderMetres ?? 100;
  requireInput(gapMetres >= 2 && gapMetres <= 1000, "gapMetres", gapMetres);
  requireInput(within >= gapMetres && within <= 1000, "borderWithinMetres", within);
  requireInput(enough >= 0, "borderMetres", enough);
  requireInput(!options.changed || options.changed.length === polygons.n, "changed", options.changed?.length);
  const boxes = boundingBoxes(polygons);
  const concerned = areasConcerned(polygons.n, boxes, within, options.changed);
  const table = createPairTable();
  const pieces = createPieces();
  // A home piece may reach out of its block by its length, and look out further by the distance within.
  for (const { block, areas } of blocksOf(boxes, concerned, within + longestPieceMetres)) {
    pieces.count = 0;
    for (const area of areas) appendPieces(pieces, polygons, area, block);
    if (pieces.count > 0) meetInBlock(pieces, table, within, options.changed);
  }
  for (const [inner, outer] of findContained(polygons, boxes, concerned)) {
    if (options.changed && !options.changed[inner] && !options.changed[outer]) continue;
    table.gap[placeOf(table, Math.min(inner, outer), Math.max(inner, outer))] = 0;
  }
  return pairsOf(table, gapMetres, enough);
}

/** All areas with rings, or, when only some changed, those and what lies near them. */
function areasConcerned(n: number, boxes: Float64Array, within: number, changed: Uint8Array | undefined): Int32Array {
  const drawn = Int32Array.from({ length: n }, (_, i) => i).filter((i) => boxes[4 * i]! <= boxes[4 * i + 2]!);
  const fresh = drawn.filter((i) => !changed || changed[i] === 1);
  if (fresh.length === drawn.length || fresh.length === 0) return fresh;
  const index = new Flatbush(fresh.length);
  for (const i of fresh) index.add(boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!);
  index.finish();
  return drawn.filter((i) => {
    if (changed![i]) return true;
    const north = within / fewestMetresPerDegree;
    const widest = Math.max(Math.abs(boxes[4 * i + 1]!), Math.abs(boxes[4 * i + 3]!));
    const east = north / Math.max(0.01, Math.cos((widest * Math.PI) / 180));
    return index.search(boxes[4 * i]! - east, boxes[4 * i + 1]! - north, boxes[4 * i + 2]! + east, boxes[4 * i + 3]! + north).length > 0;
  });
}

/** Lets every home piece of the block look for pieces of other areas around it. */
function meetInBlock(pieces: Pieces, table: PairTable, within: number, changed: Uint8Array | undefined): void {
  const grid = gridOf(pieces);
  const range = new Int32Array(4);
  const other = new Int32Array(4);
  const stretch = new Float64Array(2);
  const near: { area: number; from: number; to: number; piece: number }[] = [];
  for (let s = 0; s < pieces.count; s++) {
    if ((pieces.flags[s]! & isHome) === 0) continue;
    const area = pieces.area[s]!;
    cellsAround(grid, pieces, s, within, range);
    let met = 0;
    for (let row = range[1]!; row <= range[3]!; row++) {
      for (let column = range[0]!; column <= range[2]!; column++) {
        const cell = row * grid.columns + column;
        for (let e = grid.starts[cell]!; e < grid.starts[cell + 1]!; e++) {
          const t = grid.entries[e]!;
          if (pieces.area[t] === area || (changed && !changed[area] && !changed[pieces.area[t]!])) continue;
          // A piece entered in several cells is met only in the first that both have.
          cellsAround(grid, pieces, t, 0, other);
          if (column !== Math.max(range[0]!, other[0]!) || row !== Math.max(range[1]!, other[1]!)) continue;
          if (!stretchWithin(pieces, s, t, within, stretch)) continue;
          if (met === near.length) near.push({ area: 0, from: 0, to: 0, piece: 0 });
          const entry = near[met++]!;
          entry.area = pieces.area[t]!;
          entry.from = stretch[0]!;
          entry.to = stretch[1]!;
          entry.piece = t;
        }
      }
    }
    if (met > 0) record(pieces, table, s, near, met);
  }
}

/** Adds to the table what piece s has met: by area, the union of the stretches, the smallest gap, a common vertex. */
function record(
  pieces: Pieces,
  table: PairTable,
  s: number,
  near: { area: number; from: number; to: number; piece: number }[],
  met: number,
): void {
  for (let i = 1; i < met; i++) {
    const entry = near[i]!;
    let j = i - 1;
    while (j >= 0 && (near[j]!.area > entry.area || (near[j]!.area === entry.area && near[j]!.from > entry.from))) {
      near[j + 1] = near[j]!;
      j--;
    }
    near[j + 1] = entry;
  }
  const area = pieces.area[s]!;
  for (let start = 0; start < met; ) {
    const other = near[start]!.area;
    const place = placeOf(table, Math.min(area, other), Math.max(area, other));
    let border = 0;
    let covered = 0;
    let end = start;
    for (; end < met && near[end]!.area === other; end++) {
      const { from, to, piece } = near[end]!;
      const begin = Math.max(from, covered);
      if (to > begin) border += to - begin;
      covered = Math.max(covered, to);
      if (table.sharesVertex[place] === 0 && sharesVertex(pieces, s, piece)) {
        table.sharesVertex[place] = 1;
        table.gap[place] = 0;
      }
      if (table.gap[place]! > 0) table.gap[place] = Math.min(table.gap[place]!, gapBetween(pieces, s, piece));
    }
    if (area < other) table.lowBorder[place]! += border;
    else table.highBorder[place]! += border;
    start = end;
  }
}

function pairsOf(table: PairTable, gapMetres: number, enough: number): NeighbourPairs {
  const places = Int32Array.from({ length: table.low.length }, (_, place) => place).filter(
    (place) => table.low[place] !== -1 && table.gap[place]! <= gapMetres,
  );
  places.sort((one, other) => table.low[one]! - table.low[other]! || table.high[one]! - table.high[other]!);
  const border = Float64Array.from(places, (place) => (table.lowBorder[place]! + table.highBorder[place]!) / 2);
  return {
    from: Int32Array.from(places, (place) => table.low[place]!),
    to: Int32Array.from(places, (place) => table.high[place]!),
    rook: Uint8Array.from(border, (metres) => (metres >= enough ? 1 : 0)),
    byTolerance: Uint8Array.from(places, (place) => 1 - table.sharesVertex[place]!),
    borderMetres: border,
    gapMetres: Float64Array.from(places, (place) => table.gap[place]!),
  };
}
