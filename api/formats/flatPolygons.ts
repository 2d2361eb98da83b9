/** Polygons as flat arrays: longitude and latitude of every vertex, where each ring and each area begins. */
export interface FlatPolygons {
  readonly n: number;
  readonly coordinates: Float64Array;
  readonly ringOffsets: Int32Array;
  readonly areaOffsets: Int32Array;
}

/** Reads polygons in GeoJSON text one after another into arrays that grow. */
export class FlatPolygonsBuilder {
  #coordinates = new Float64Array(1 << 16);
  #length = 0;
  readonly #rings: number[] = [];
  readonly #areas: number[] = [];

  add(geojson: string): void {
    const { type, coordinates } = JSON.parse(geojson) as { type: string; coordinates: number[][][] | number[][][][] };
    const polygons = (type === "Polygon" ? [coordinates] : coordinates) as number[][][][];
    this.#areas.push(this.#rings.length);
    for (const ring of polygons.flat()) {
      this.#rings.push(this.#length / 2);
      if (this.#length + 2 * ring.length > this.#coordinates.length) {
        const larger = new Float64Array(Math.max(this.#coordinates.length * 2, this.#length + 2 * ring.length));
        larger.set(this.#coordinates.subarray(0, this.#length));
        this.#coordinates = larger;
      }
      for (const [x, y] of ring) {
        this.#coordinates[this.#length++] = x!;
        this.#coordinates[this.#length++] = y!;
      }
    }
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
