import { createReadStream, existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip, gunzipSync } from "node:zlib";
import type { FlatPolygons } from "../../api/analysis/neighbours/polygons.ts";

/** Village polygons with their codes, for benchmarks: read with plain JSON.parse, as little between file and kernel as possible. */
export interface Geography {
  readonly codes: string[];
  readonly polygons: FlatPolygons;
}

interface Feature {
  properties: { kode: string };
  geometry: { type: "Polygon"; coordinates: number[][][] } | { type: "MultiPolygon"; coordinates: number[][][][] } | null;
}

const boundaries = resolve(import.meta.dirname, "../../../shared/data/boundaries");

export const geographyFiles = {
  Jombang: resolve(boundaries, "desa_35.17_jombang.geojson"),
  "East Java": resolve(boundaries, "desa_35_jawa_timur_tanpa_35.12.geojson.gz"),
  nation: resolve(boundaries, "desa_nasional_tanpa_35.12_62_94.ndjson.gz"),
};

export type Place = keyof typeof geographyFiles;

/** The features of a file, one after the other. */
export async function* featuresOf(place: Place): AsyncGenerator<Feature> {
  const file = geographyFiles[place];
  if (file.endsWith(".ndjson.gz")) {
    for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) }))
      if (line) yield JSON.parse(line) as Feature;
  } else {
    const bytes = readFileSync(file);
    const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
    yield* (JSON.parse(text) as { features: Feature[] }).features;
  }
}

/** Reads a file of geographyFiles; null where it is not there. Features without geometry stay, as areas without rings. */
export async function readGeography(place: Place): Promise<Geography | null> {
  if (!existsSync(geographyFiles[place])) return null;
  const builder = createBuilder();
  for await (const feature of featuresOf(place)) builder.add(feature);
  return builder.build();
}

function createBuilder(): { add: (feature: Feature) => void; build: () => Geography } {
  const codes: string[] = [];
  const ringOffsets = [0];
  const areaOffsets = [0];
  let coordinates = new Float64Array(1 << 16);
  let vertices = 0;
  const addRing = (ring: number[][]): void => {
    if (2 * (vertices + ring.length) > coordinates.length) {
      const larger = new Float64Array(2 * coordinates.length + 2 * ring.length);
      larger.set(coordinates);
      coordinates = larger;
    }
    for (const [longitude, latitude] of ring) {
      coordinates[2 * vertices] = longitude!;
      coordinates[2 * vertices + 1] = latitude!;
      vertices++;
    }
    ringOffsets.push(vertices);
  };
  return {
    add: ({ properties, geometry }) => {
      codes.push(properties.kode);
      const parts = geometry === null ? [] : geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      for (const rings of parts) for (const ring of rings) addRing(ring);
      areaOffsets.push(ringOffsets.length - 1);
    },
    build: () => ({
      codes,
      polygons: {
        n: codes.length,
        coordinates: coordinates.slice(0, 2 * vertices),
        ringOffsets: Int32Array.from(ringOffsets),
        areaOffsets: Int32Array.from(areaOffsets),
      },
    }),
  };
}
