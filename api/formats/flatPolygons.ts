/** Polygons as flat arrays: longitude and latitude of every vertex, where each ring and each area begins. */
export interface FlatPolygons {
  readonly n: number;
  readonly coordinates: Float64Array;
  readonly ringOffsets: Int32Array;
  readonly areaOffsets: Int32Array;
}

/** Twice the signed area of a closed or open ring, in square degrees; positive when it runs anticlockwise. */
function doubleArea(ring: readonly (readonly number[])[]): number {
  const [x0, y0] = [ring[0]?.[0] ?? 0, ring[0]?.[1] ?? 0];
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [one, other] = [ring[i - 1]!, ring[i]!];
    sum += (one[0]! - x0) * (other[1]! - y0) - (other[0]! - x0) * (one[1]! - y0);
  }
  return sum;
}

/** Gathers polygons one after another in arrays that grow: shells run anticlockwise, each followed by its holes, which run clockwise. */
export class FlatPolygonsBuilder {
  #coordinates = new Float64Array(1 << 16);
  #length = 0;
  readonly #rings: number[] = [];
  readonly #areas: number[] = [];

  /** Adds a Polygon or MultiPolygon in GeoJSON text. */
  add(geojson: string): void {
    const { type, coordinates } = JSON.parse(geojson) as { type: string; coordinates: number[][][] | number[][][][] };
    const polygons = (type === "Polygon" ? [coordinates] : coordinates) as number[][][][];
    this.#areas.push(this.#rings.length);
    for (const polygon of polygons) {
      for (const [index, ring] of polygon.entries()) {
        this.#rings.push(this.#length / 2);
        this.#reserve(2 * ring.length);
        // As the geometry engine writes it, a mended shape runs the other way.
        const isTurned = doubleArea(ring) > 0 !== (index === 0);
        for (let i = 0; i < ring.length; i++) {
          const vertex = ring[isTurned ? ring.length - 1 - i : i]!;
          this.#coordinates[this.#length++] = vertex[0]!;
          this.#coordinates[this.#length++] = vertex[1]!;
        }
      }
    }
  }

  /** Adds one area of others. */
  addFrom({ coordinates, ringOffsets, areaOffsets }: FlatPolygons, area: number): void {
    const [first, end] = [areaOffsets[area]!, areaOffsets[area + 1]!];
    this.#areas.push(this.#rings.length);
    const shift = this.#length / 2 - ringOffsets[first]!;
    for (let ring = first; ring < end; ring++) this.#rings.push(ringOffsets[ring]! + shift);
    const [from, to] = [2 * ringOffsets[first]!, 2 * ringOffsets[end]!];
    this.#reserve(to - from);
    this.#coordinates.set(coordinates.subarray(from, to), this.#length);
    this.#length += to - from;
  }

  #reserve(numbers: number): void {
    if (this.#length + numbers <= this.#coordinates.length) return;
    const larger = new Float64Array(Math.max(Math.ceil(this.#coordinates.length * 1.5), this.#length + numbers));
    larger.set(this.#coordinates.subarray(0, this.#length));
    this.#coordinates = larger;
  }

  /** What was added, its coordinates in memory that threads share instead of copying it. */
  finish(): FlatPolygons {
    const coordinates = new Float64Array(new SharedArrayBuffer(8 * this.#length));
    coordinates.set(this.#coordinates.subarray(0, this.#length));
    return {
      n: this.#areas.length,
      coordinates,
      ringOffsets: Int32Array.from([...this.#rings, this.#length / 2]),
      areaOffsets: Int32Array.from([...this.#areas, this.#rings.length]),
    };
  }
}

/**
 * Areas whose rings are in whole parts of a degree, x0, y0, x1, y1, … without closing vertices, as polygons with closed rings, in memory that threads share.
 * Nothing is copied twice: a nation is 200 MB.
 */
export function flatPolygonsOf(areas: readonly (readonly (readonly Int32Array[])[])[], partsPerDegree: number): FlatPolygons {
  let [rings, numbers] = [0, 0];
  for (const area of areas) {
    for (const polygon of area) {
      rings += polygon.length;
      for (const ring of polygon) numbers += ring.length + 2;
    }
  }
  const coordinates = new Float64Array(new SharedArrayBuffer(8 * numbers));
  const [ringOffsets, areaOffsets] = [new Int32Array(rings + 1), new Int32Array(areas.length + 1)];
  let [at, ringAt] = [0, 0];
  for (let index = 0; index < areas.length; index++) {
    for (const polygon of areas[index]!) {
      for (const ring of polygon) {
        for (let i = 0; i < ring.length; i++) coordinates[at++] = ring[i]! / partsPerDegree;
        coordinates[at++] = ring[0]! / partsPerDegree;
        coordinates[at++] = ring[1]! / partsPerDegree;
        ringOffsets[++ringAt] = at / 2;
      }
    }
    areaOffsets[index + 1] = ringAt;
  }
  return { n: areas.length, coordinates, ringOffsets, areaOffsets };
}

/** The polygons of an area as GeoJSON has them; a ring that runs anticlockwise begins one. Cost: O(vertices of the area). */
export function polygonsOf({ coordinates, ringOffsets, areaOffsets }: FlatPolygons, area: number): [number, number][][][] {
  const polygons: [number, number][][][] = [];
  for (let index = areaOffsets[area]!; index < areaOffsets[area + 1]!; index++) {
    const ring: [number, number][] = [];
    for (let v = ringOffsets[index]!; v < ringOffsets[index + 1]!; v++) ring.push([coordinates[2 * v]!, coordinates[2 * v + 1]!]);
    const holed = polygons.at(-1);
    if (holed === undefined || doubleArea(ring) > 0) polygons.push([ring]);
    else holed.push(ring);
  }
  return polygons;
}
