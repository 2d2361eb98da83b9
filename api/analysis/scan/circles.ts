import KDBush from "kdbush";
import { planeOf } from "../neighbours/plane.ts";
import { AnalysisRefusal } from "../significance/refusal.ts";
import { createAscending } from "./ascending.ts";
import { type Chains, createChains } from "./chains.ts";
import { chordMetres, unitVectors } from "./sphere.ts";

/** Areas in all zones' chains together that are kept in memory: about 150 MB. */
const chainLimit = 40_000_000;

/** The plane is the ellipsoid's, circles are the sphere's: they differ by less than this. */
const sphereMargin = 1.01;

/**
 * Circular zones: around each area, the areas in order of great-circle distance from its point, as long as the zone's weight is at most `maxWeight`.
 *
 * Areas at the same distance (to the millimetre) enter together, since no circle holds one without the other; a group without weight ends no zone, since it would add
 * nothing. An area that alone weighs more than maxWeight is no centre. longitude, latitude: degrees, not across the antimeridian; weight ≥ 0.
 * Throws the refusal `zones_too_many` where the chains would be longer than mostAreas. Source: Kulldorff 1997, doi:10.1080/03610929708831995.
 * Cost: O(z log k) for z areas in all chains of about k; 0.4 s for 8,358 areas at 10%.
 */
export function circularZones(
  longitude: Float64Array,
  latitude: Float64Array,
  weight: Float64Array,
  maxWeight: number,
  rungWidth: number,
  mostAreas = chainLimit,
): Chains {
  const n = longitude.length;
  const vectors = unitVectors(longitude, latitude);
  const { x, y, stretch } = planeOf(longitude, latitude);
  const index = new KDBush(n);
  for (let i = 0; i < n; i++) index.add(x[i]!, y[i]!);
  index.finish();
  const limit = maxWeight * (1 + 1e-12);
  const chains = createChains(n, weight, rungWidth);
  // One number an area, distance before index: sorts as numbers do.
  const keys = new Float64Array(n);
  const ascending = createAscending(n);
  // Chains of neighbours are of about the same size, so that the radius of one is a good guess for the next.
  let radius = 1000;
  for (let i = 0; i < n; i++) {
    addChain(nearestBeyond(i));
    if (chains.size() > mostAreas) throw new AnalysisRefusal("zones_too_many", { areas: n, limit: mostAreas, reached: i + 1 });
  }
  return chains.build();

  function addChain(near: Float64Array): void {
    let sum = 0;
    for (let k = 0; k < near.length; ) {
      // The remainder by subtraction, which costs a tenth of what it costs by division.
      const origin = Math.floor(near[k]! / n) * n;
      let end = k;
      let added = 0;
      while (end < near.length && near[end]! - origin < n) added += weight[near[end++]! - origin]!;
      sum += added;
      if (sum > limit) break;
      for (; k < end; k++) chains.add(near[k]! - origin, added > 0 && k === end - 1);
    }
    chains.end();
  }

  /** All areas within a circle that holds more than the limit, or all there are, nearest first. */
  function nearestBeyond(i: number): Float64Array {
    for (;;) {
      let sum = 0;
      let found = 0;
      for (const area of index.within(x[i]!, y[i]!, radius * stretch * sphereMargin)) {
        const metres = chordMetres(vectors, i, area);
        if (metres > radius) continue;
        keys[found++] = Math.floor(1000 * metres + 0.5) * n + area;
        sum += weight[area]!;
      }
      if (sum > limit || found === n) {
        const near = ascending(keys.subarray(0, found), (1000 * radius + 1) * n);
        if (sum > 1.5 * limit) radius *= 0.9;
        return near;
      }
      radius *= 1.25;
    }
  }
}
