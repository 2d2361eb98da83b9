import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { SeededChoice } from "./demoRandom.ts";

export const demoRegency = "99.01";
/** The year that the shipped population and indices stand for. */
export const demoYear = 2024;

/** Paths of the files that ship for the demo. */
export function demoFiles(): { readonly region: string; readonly indicators: string } {
  const folder = resolve(import.meta.dirname, "../../data/demo");
  return { region: resolve(folder, "region.geojson"), indicators: resolve(folder, "indicators.csv") };
}

export type Point = readonly [number, number];

export interface DemoPlace {
  readonly code: string;
  readonly name: string;
  readonly districtName: string;
  /** The closed outer ring, longitude and latitude. */
  readonly ring: readonly Point[];
  readonly population: number | null;
}

/** The fictional villages as they ship. */
export async function readDemoPlaces(): Promise<DemoPlace[]> {
  const { region, indicators } = demoFiles();
  interface Shipped {
    features: { properties: { kode: string; nama: string; kecamatan: string }; geometry: { coordinates: Point[][] } }[];
  }
  const { features } = JSON.parse(await readFile(region, "utf8")) as Shipped;
  const lines = (await readFile(indicators, "utf8"))
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const populations = new Map(lines.map(([code, population]) => [code!, population ? Number(population) : null]));
  return features.map(({ properties, geometry }) => ({
    code: properties.kode,
    name: properties.nama,
    districtName: properties.kecamatan,
    ring: geometry.coordinates[0]!,
    population: populations.get(properties.kode) ?? null,
  }));
}

function middleOf(ring: readonly Point[]): Point {
  const corners = ring.slice(0, -1);
  return [corners.reduce((sum, [x]) => sum + x, 0) / corners.length, corners.reduce((sum, [, y]) => sum + y, 0) / corners.length];
}

/** Whether a point lies inside a closed ring (even-odd rule). */
export function isInsideRing(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** A point inside the ring, rounded to 1e-6°. */
export function pointInside(ring: readonly Point[], choice: SeededChoice): Point {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  for (;;) {
    const point = [round(west + choice.next() * (east - west)), round(south + choice.next() * (north - south))] as const;
    if (isInsideRing(ring, point)) return point;
  }
}

/** The village of that name and those nearest to it whose population is known, nearest first. */
export function around(places: readonly DemoPlace[], name: string, districtName: string, count: number): DemoPlace[] {
  const middle = middleOf(places.find((place) => place.name === name && place.districtName === districtName)!.ring);
  const distance = (place: DemoPlace) =>
    Math.hypot(...(middleOf(place.ring).map((value, axis) => value - middle[axis]!) as [number, number]));
  return [...places]
    .filter((place) => place.population !== null)
    .sort((a, b) => distance(a) - distance(b) || (a.code < b.code ? -1 : 1))
    .slice(0, count);
}
