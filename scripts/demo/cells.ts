import { Delaunay } from "d3-delaunay";
import { createRandom } from "../../api/analysis/significance/random.ts";
import { distanceKm, isInside, outline, type Place, scatterSites, sheet, toLonLat } from "./frame.ts";

export interface Cell {
  readonly site: Place;
  /** Closed ring of longitude and latitude, counter-clockwise. */
  readonly ring: readonly (readonly [number, number])[];
  /** Indices of the cells that share a border. */
  readonly neighbours: readonly number[];
}

const stepKm = 0.13;
const octaves = [
  { waves: 1, size: 0.2 },
  { waves: 2, size: 0.14 },
  { waves: 5, size: 0.08 },
] as const;

/**
 * A winding border between two corners. Every point is drawn towards the middle of one of the two villages by less than half of the way, so it stays
 * in the triangle of corners and middle: no border ever meets another one, and none crosses itself.
 */
function wind(from: Place, to: Place, sites: readonly [Place, Place], seed: number, edge: number): Place[] {
  const random = createRandom(seed, 2, edge);
  const phases = octaves.map(() => random.unit() * 2 * Math.PI);
  const length = distanceKm(from, to);
  const steps = Math.max(2, Math.round(length / stepKm));
  // Short borders bend little, or they would be spikes.
  const reach = Math.min(1, (0.8 * length) / Math.max(distanceKm(from, sites[0]), distanceKm(to, sites[0])));
  return Array.from({ length: steps + 1 }, (_, step): Place => {
    if (step === 0) return from;
    if (step === steps) return to;
    const t = step / steps;
    const x = from[0] + (to[0] - from[0]) * t;
    const y = from[1] + (to[1] - from[1]) * t;
    const swing =
      octaves.reduce((sum, { waves, size }, i) => sum + size * Math.sin(waves * 2 * Math.PI * t + phases[i]!), 0) *
      reach *
      Math.sin(Math.PI * t) ** 0.7;
    const site = sites[swing < 0 ? 0 : 1];
    const pull = Math.abs(swing);
    return [x + (site[0] - x) * pull, y + (site[1] - y) * pull];
  });
}

function isCounterClockwise(ring: readonly (readonly [number, number])[]): boolean {
  let twiceArea = 0;
  for (let i = 1; i < ring.length; i++) twiceArea += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
  return twiceArea > 0;
}

/** The village shapes: a Voronoi diagram whose every edge is bent once and used by both of its villages, so that neighbours share exact vertices. */
export function drawCells(seed: number): Cell[] {
  const sites = scatterSites(seed);
  const voronoi = Delaunay.from(sites).voronoi([-6, -6, sheet.eastKm + 6, sheet.southKm + 6]);
  const kept = sites.flatMap((site, index) => (isInside(site, outline) ? [index] : []));
  const order = new Map(kept.map((index, position) => [index, position]));
  const { triangles, halfedges } = voronoi.delaunay;
  const centre = (triangle: number): Place => [voronoi.circumcenters[triangle * 2]!, voronoi.circumcenters[triangle * 2 + 1]!];

  // A Delaunay half-edge from village to village crosses the border that they share, which runs between the centres of the two triangles.
  const bordersOf = new Map<number, { start: number; points: Place[]; other: number }[]>(kept.map((index) => [index, []]));
  for (let edge = 0; edge < triangles.length; edge++) {
    const twin = halfedges[edge]!;
    if (twin < edge) continue;
    const one = triangles[edge]!;
    const other = triangles[edge % 3 === 2 ? edge - 2 : edge + 1]!;
    if (!order.has(one) && !order.has(other)) continue;
    const [start, end] = [Math.floor(edge / 3), Math.floor(twin / 3)];
    const points = wind(centre(start), centre(end), [sites[one]!, sites[other]!], seed, edge);
    bordersOf.get(one)?.push({ start, points, other });
    bordersOf.get(other)?.push({ start: end, points: points.toReversed(), other: one });
  }

  return kept.map((index) => {
    // Each border runs the same way round its village: the next one starts where this one ends.
    const borders = bordersOf.get(index)!;
    const angle = (place: Place) => Math.atan2(place[1] - sites[index]![1], place[0] - sites[index]![0]);
    const middleOf = ({ points }: { points: Place[] }): Place => {
      const [first, last] = [points[0]!, points.at(-1)!];
      return [(first[0] + last[0]) / 2, (first[1] + last[1]) / 2];
    };
    borders.sort((a, b) => angle(middleOf(a)) - angle(middleOf(b)));
    const isForward = distanceKm(borders[0]!.points.at(-1)!, borders[1]!.points[0]!) < 1e-9;
    const ordered = isForward ? borders : borders.toReversed();
    const places = ordered.flatMap(({ points }) => points.slice(0, -1)).map(toLonLat);
    const distinct = places.filter(([x, y], i) => i === 0 || x !== places[i - 1]![0] || y !== places[i - 1]![1]);
    const ring = [...distinct, distinct[0]!];
    return {
      site: sites[index]!,
      ring: isCounterClockwise(ring) ? ring : ring.toReversed(),
      neighbours: borders.flatMap(({ other }) => order.get(other) ?? []),
    };
  });
}
