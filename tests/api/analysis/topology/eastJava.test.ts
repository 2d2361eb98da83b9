import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { findOverlapsAndGaps } from "../../../../api/analysis/topology/overlapsAndGaps.ts";
import { findingDefinitions } from "../../../../api/contract/boundaryReport.ts";
import { FlatPolygonsBuilder } from "../../../../api/formats/flatPolygons.ts";
import { hasOutside, outside } from "../../../fixtures/outside.ts";

// PostGIS 3.3 on the repaired shapes, rounded to 1e-6°: ST_Intersection of every pair whose boxes meet, and the rings of ST_Union, areas as geography.
const byPostgis = { overlaps: 14_144, overlapSquareMetres: 23_469_416, largest: 9_218_128, gaps: 37_688, gapSquareMetres: 14_143_933 };
const within = (share: number, expected: number) => ({
  asymmetricMatch: (value: number) => Math.abs(value - expected) <= share * expected,
  toAsymmetricMatcher: () => `${expected} ± ${100 * share}%`,
});

describe.skipIf(!hasOutside)("East Java without one kabupaten", () => {
  test("overlaps and gaps are those that PostGIS finds", { timeout: 400_000 }, () => {
    const text = gunzipSync(readFileSync(outside("data/boundaries/desa_35_jawa_timur_tanpa_35.12.geojson.gz"))).toString();
    const { features } = JSON.parse(text) as { features: { geometry: unknown; properties: { kode: string } }[] };
    const builder = new FlatPolygonsBuilder();
    for (const { geometry } of features) builder.add(JSON.stringify(geometry));
    const { overlaps, gaps } = findOverlapsAndGaps(builder.finish(), { ...findingDefinitions, kept: 10 });
    expect(overlaps).toMatchObject({
      total: within(0.001, byPostgis.overlaps),
      squareMetres: within(0.0002, byPostgis.overlapSquareMetres),
    });
    expect(gaps).toMatchObject({ total: within(0.005, byPostgis.gaps), squareMetres: within(0.0002, byPostgis.gapSquareMetres) });
    const [largest] = overlaps.kept;
    expect([largest!.one, largest!.other].map((i) => features[i]!.properties.kode)).toEqual(["35.01.10.2016", "35.01.10.2017"]);
    expect(largest!.squareMetres).toEqual(within(0.0002, byPostgis.largest));
  });
});
