import { file, type NamedCase } from "./namedCase.ts";

type Ring = readonly (readonly unknown[])[];

const freshCode = "99.01.01.2040";
const ring = (west: number, south: number, size = 0.01): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const village = (geometry: unknown, properties: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        properties: { kode: freshCode, nama: "Uji", kecamatan: "K", kabupaten_kota: "K", provinsi: "P", ...properties },
        geometry,
      },
    ],
  });
const polygon = (...rings: Ring[]): unknown => ({ type: "Polygon", coordinates: rings });
const good = village(polygon(ring(113, -7)));
const boundary = (name: string, text: string | (() => Uint8Array), code: string, field?: string | null, status?: number): NamedCase =>
  file(name, ["boundaries", "batas.geojson"], text, code, field, status);

/** Villages whose shapes no map may take. */
export const boundaryCases: readonly NamedCase[] = [
  boundary("boundaries cut in half", good.slice(0, good.length / 2), "file_cut"),
  boundary("boundaries of nothing", "", "invalid_field", "file"),
  boundary("a picture in place of boundaries", () => Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "file_not_understood"),
  boundary("boundaries with swapped axes", village(polygon(ring(113, -7).map(([x, y]) => [y, x]))), "file_axes_swapped"),
  boundary("boundaries in metres without saying so", village(polygon(ring(612_345, 9_223_344, 100))), "crs_needed"),
  boundary("boundaries off the globe", village(polygon(ring(513, -7))), "crs_needed"),
  boundary("boundaries whose numbers are texts", village(polygon(ring(113, -7).map(([x, y]) => [String(x), y]))), "invalid_coordinates"),
  boundary("boundaries that PostGIS would read as a point", village({ type: "Polygon", coordinates: [1, "x"] }), "invalid_coordinates"),
  boundary("boundaries with 1e999", good.replace("113,", "1e999,"), "invalid_coordinates"),
  boundary("boundaries with NaN", good.replace("113,", "NaN,"), "unreadable_row"),
  boundary("boundaries of null", village(null), "missing_geometry"),
  boundary("boundaries that are empty", village(polygon()), "missing_geometry"),
  boundary("boundaries of one empty ring", village(polygon([])), "geometry_lost"),
  boundary("a line as boundary", village({ type: "LineString", coordinates: ring(113, -7) }), "not_a_polygon"),
  boundary("a point as boundary", village({ type: "Point", coordinates: [113, -7] }), "not_a_polygon"),
  boundary("a geometry of nobody", village({ type: "Kotak", coordinates: ring(113, -7) }), "not_a_polygon"),
  boundary(
    "a boundary of two vertices",
    village(
      polygon([
        [113, -7],
        [113.1, -7],
        [113, -7],
      ]),
    ),
    "geometry_lost",
  ),
  boundary(
    "a boundary without surface",
    village(
      polygon([
        [113, -7],
        [113.1, -7],
        [113.2, -7],
        [113, -7],
      ]),
    ),
    "geometry_lost",
  ),
  boundary("a boundary without code", village(polygon(ring(113, -7)), { kode: " " }), "missing_code"),
  boundary("a boundary whose code is none", village(polygon(ring(113, -7)), { kode: "99.01.x" }), "invalid_code"),
  boundary("a boundary without name", village(polygon(ring(113, -7)), { nama: "" }), "missing_field"),
  boundary("a boundary with NUL in its name", village(polygon(ring(113, -7)), { nama: "a\u0000b" }), "invalid_text"),
  boundary("a boundary with a key twice", good.replace('"nama":', '"nama":"lain","nama":'), "duplicate_key"),
  boundary("a boundary 100,000 brackets deep", good.replace("[[[", `${"[".repeat(100_000)}[[[`), "file_damaged"),
  boundary(
    "boundaries in a coordinate system of nobody",
    good.replace('"features"', '"crs":{"type":"name","properties":{"name":"EPSG:99999"}},"features"'),
    "wrong_crs",
  ),
  file(
    "boundaries of a list of nobody",
    ["boundaries", "batas.geojson", { vintage: "ke marin" }],
    good,
    "invalid_parameter",
    "vintage",
    400,
  ),
  file("boundaries at a level of nobody", ["boundaries", "batas.geojson", { level: "rt" }], good, "invalid_parameter", "level", 400),
  file("boundaries to be read in no system", ["boundaries", "batas.geojson", { crs: "EPSG:abc" }], good, "invalid_parameter", "crs", 400),
  file("a file of a kind of nobody", ["rahasia", "batas.geojson"], good, "not_found", undefined, 404),
  file("a mapping that is no JSON", ["boundaries", "batas.geojson", { mapping: "{" }], good, "invalid_parameter", "mapping", 400),
  file(
    "a mapping to __proto__",
    ["boundaries", "batas.geojson", { mapping: '{"__proto__":"kode"}' }],
    good,
    "invalid_parameter",
    "mapping",
    400,
  ),
];
