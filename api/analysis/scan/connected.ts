import { nearestNeighbours } from "../neighbours/nearest.ts";
import { subsetOf } from "../neighbours/subset.ts";
import type { Weights } from "../neighbours/weights.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import { sharedBuffer } from "./chains.ts";

/** Zones of any shape: from each seed a tree of zones, each one area larger than the zone that it grew from. */
export interface ConnectedZones {
  readonly kind: "connected";
  /** Nodes of seed i are offsets[i] to offsets[i + 1], each before those that grew from it. */
  readonly offsets: Int32Array;
  /** The area that each node adds, and how many areas were there before. */
  readonly areas: Int32Array;
  readonly depths: Uint8Array;
  /** Areas that zones of seed i are made of: near[nearOffsets[i]] to near[nearOffsets[i + 1]]. */
  readonly nearOffsets: Int32Array;
  readonly near: Int32Array;
  /** Weight of the lightest zone of each seed; infinite where it has none. */
  readonly lightest: Float64Array;
  readonly zones: number;
  readonly least: number;
  readonly most: number;
}

/** Nodes kept in memory: 100 MB. */
const nodeLimit = 20_000_000;

/**
 * Flexible zones: every connected set of areas that holds the seed and otherwise only areas among the `maxAreas` nearest to it (itself included), as long as
 * the set weighs at most `maxWeight`. Why: a circle takes in quiet areas and misses long shapes; these follow valleys and coasts. A set near several seeds is found from each.
 *
 * longitude, latitude: degrees; weight ≥ 0; adjacency: who touches whom, mutual; maxAreas: 2 to 15. A node whose area has no weight is no zone, as it would add nothing.
 * Throws the refusal `zones_too_many` over mostNodes. Source: Tango & Takahashi 2005, doi:10.1186/1476-072X-4-11. Cost: O(nodes), in the plane some 1.7 to the power of maxAreas a seed.
 */
export function connectedZones(
  longitude: Float64Array,
  latitude: Float64Array,
  weight: Float64Array,
  maxWeight: number,
  adjacency: Weights,
  maxAreas: number,
  mostNodes = nodeLimit,
): ConnectedZones {
  requireInput(Number.isInteger(maxAreas) && maxAreas >= 2 && maxAreas <= 15, "maxAreas", maxAreas);
  const n = longitude.length;
  const nearest = nearestNeighbours(longitude, latitude, maxAreas - 1);
  const limit = maxWeight * (1 + 1e-12);
  const areas: number[] = [];
  const depths: number[] = [];
  const offsets = [0];
  const near: number[] = [];
  const nearOffsets = [0];
  const lightest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let zones = 0;
  let most = 0;
  for (let seed = 0; seed < n; seed++) {
    const local = [seed, ...nearest.targets.subarray(nearest.offsets[seed]!, nearest.offsets[seed + 1]!)];
    const touching = local.map((area) => {
      const row = adjacency.targets.subarray(adjacency.offsets[area]!, adjacency.offsets[area + 1]!);
      return local.reduce((mask, other, place) => (row.includes(other) ? mask | (1 << place) : mask), 0);
    });
    /** Adds one area and then all that grows from it. `frontier`: areas that touch the zone; `barred`: those that only sets already made may hold. */
    const grow = (place: number, depth: number, sum: number, zone: number, frontier: number, barred: number): void => {
      const area = local[place]!;
      const total = sum + weight[area]!;
      if (total > limit) return;
      areas.push(area);
      depths.push(depth);
      if (weight[area]! > 0) {
        zones++;
        lightest[seed] = Math.min(lightest[seed]!, total);
        most = Math.max(most, total);
      }
      const grown = zone | (1 << place);
      let open = (frontier | touching[place]!) & ~grown & ~barred;
      const beyond = open;
      let passed = barred;
      while (open !== 0) {
        const next = 31 - Math.clz32(open & -open);
        open &= open - 1;
        grow(next, depth + 1, total, grown, beyond, passed);
        passed |= 1 << next;
      }
    };
    grow(0, 0, 0, 0, 0, 0);
    if (areas.length > mostNodes) throw new AnalysisRefusal("zones_too_many", { areas: n, limit: mostNodes, reached: seed + 1 });
    offsets.push(areas.length);
    near.push(...local);
    nearOffsets.push(near.length);
  }
  const kept = new Int32Array(sharedBuffer(4 * areas.length));
  kept.set(areas);
  const deep = new Uint8Array(sharedBuffer(depths.length));
  deep.set(depths);
  return {
    kind: "connected",
    offsets: Int32Array.from(offsets),
    areas: kept,
    depths: deep,
    nearOffsets: Int32Array.from(nearOffsets),
    near: Int32Array.from(near),
    lightest,
    zones,
    least: lightest.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    most,
  };
}

/** Areas of the zone of a node, seed first. */
export function connectedAreas(zones: ConnectedZones, node: number): Int32Array {
  const areas = new Int32Array(zones.depths[node]! + 1);
  let depth = areas.length - 1;
  for (let at = node; depth >= 0; at--) if (zones.depths[at] === depth) areas[depth--] = zones.areas[at]!;
  return areas;
}

/** Who touches whom among the members alone. */
export function adjacencyAmong(adjacency: Weights, members: Int32Array): Weights {
  const keep = new Uint8Array(adjacency.n);
  for (const member of members) keep[member] = 1;
  return subsetOf(adjacency, keep).weights;
}
