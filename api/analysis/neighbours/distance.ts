import KDBush from "kdbush";
import { requireInput } from "../significance/refusal.ts";
import { distanceMetres, planeOf } from "./plane.ts";
import { type Weights, weightsFromEdges } from "./weights.ts";

/**
 * Neighbours by distance band: all areas whose label points are at most `metres` away, weight 1. Mutual; far-off areas become islands.
 * longitude, latitude: degrees; metres > 0. Source: Getis & Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x. Cost: O(n log n + edges).
 */
export function distanceBand(longitude: Float64Array, latitude: Float64Array, metres: number): Weights {
  return within(longitude, latitude, metres, () => 1);
}

/**
 * Neighbours by quartic kernel: all areas nearer than `metres`, with the weight (1 − (distance / metres)²)², from 1 at the same point down to 0 at the edge.
 * longitude, latitude: degrees; metres > 0. Source: Silverman 1986, section 4.2 (biweight kernel). Cost: O(n log n + edges).
 */
export function kernelWeights(longitude: Float64Array, latitude: Float64Array, metres: number): Weights {
  return within(longitude, latitude, metres, (distance) => (1 - (distance / metres) ** 2) ** 2);
}

function within(longitude: Float64Array, latitude: Float64Array, metres: number, weigh: (distance: number) => number): Weights {
  requireInput(metres > 0 && metres < Number.POSITIVE_INFINITY, "distanceMetres", metres);
  const n = longitude.length;
  const { x, y, stretch } = planeOf(longitude, latitude);
  const index = new KDBush(n);
  for (let i = 0; i < n; i++) index.add(x[i]!, y[i]!);
  index.finish();
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < n; i++) {
    for (const j of index.within(x[i]!, y[i]!, metres * stretch)) {
      if (j === i) continue;
      const distance = distanceMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!);
      const value = distance <= metres ? weigh(distance) : 0;
      if (value <= 0) continue;
      from.push(i);
      to.push(j);
      weight.push(value);
    }
  }
  return weightsFromEdges(n, Int32Array.from(from), Int32Array.from(to), Float64Array.from(weight));
}
