import KDBush from "kdbush";
import { requireInput } from "../significance/refusal.ts";
import { distanceMetres, planeOf } from "./plane.ts";
import { type Weights, weightsFromEdges } from "./weights.ts";

/**
 * The k nearest areas of each by label point, weight 1. Why: no islands, the same number of neighbours for all; the price is that it is not mutual.
 * longitude, latitude: degrees, one point an area; k: whole, from 1 to n − 1 (fewer areas give fewer neighbours). Of equal distances the lower index is nearer.
 * Source: own; k nearest neighbours as in Cliff & Ord 1981. Cost: O(n (log n + k)) for points spread evenly. Throws the refusal `wrong_input` for a wrong k or point.
 */
export function nearestNeighbours(longitude: Float64Array, latitude: Float64Array, k: number): Weights {
  requireInput(Number.isInteger(k) && k >= 1, "k", k);
  const n = longitude.length;
  const { x, y, stretch } = planeOf(longitude, latitude);
  const index = new KDBush(n);
  for (let i = 0; i < n; i++) index.add(x[i]!, y[i]!);
  index.finish();
  const wanted = Math.min(k, n - 1);
  const from = new Int32Array(Math.max(0, n * wanted));
  const to = new Int32Array(from.length);
  const extent = Math.hypot(spread(x), spread(y)) + 1;
  const start = Math.sqrt((spread(x) * spread(y) * (wanted + 1)) / Math.max(1, n)) + extent / Math.max(1, n);
  for (let i = 0; i < n && wanted > 0; i++) {
    const found = nearestOf(i, wanted, start, 2 * extent);
    for (let rank = 0; rank < wanted; rank++) {
      from[i * wanted + rank] = i;
      to[i * wanted + rank] = found[rank]!;
    }
  }
  return weightsFromEdges(n, from, to);

  function nearestOf(i: number, count: number, first: number, last: number): number[] {
    for (let radius = first; ; radius *= 2) {
      const near = index.within(x[i]!, y[i]!, radius * stretch).filter((j) => j !== i);
      const byDistance = near.map((j) => ({ j, metres: distanceMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!) }));
      byDistance.sort((one, other) => one.metres - other.metres || one.j - other.j);
      // Only within the radius is the search sure to have seen everybody.
      const isSure = byDistance.length >= count && byDistance[count - 1]!.metres <= radius;
      if (isSure || radius > last * stretch) return byDistance.slice(0, count).map(({ j }) => j);
    }
  }
}

function spread(column: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of column) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return column.length === 0 ? 0 : most - least;
}
