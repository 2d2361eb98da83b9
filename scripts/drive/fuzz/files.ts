import fc from "fast-check";
import { hostileText, hostileTexts, writeJson } from "./hostile.ts";
import type { Known } from "./place.ts";

const headers = [
  "code,population",
  "kode;nama;penduduk",
  "village_code,occurred_from,issue,form,facts",
  "id,village_code,occurred_from,issue,form,severity,facts,lon,lat",
  "village_code,nil,obtained_at",
  "code,code,population",
  "code\tindicator\tyear\tvalue",
  ",,,",
];
const lead = fc.constantFrom("", "", "", "\ufeff", "sep=;\n", "\n\n", '"');

/** Texts of files as somebody might send them: tables and GeoJSON, right in parts, never right as a whole. */
export function tableText(known: Known): fc.Arbitrary<string> {
  const cell = fc.oneof(
    fc.constantFrom(...known.villages, "2025-06-27", "404", "F6", "12", "1.234,5", "Bentrokan"),
    hostileText.map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)),
  );
  const table = fc
    .tuple(lead, fc.constantFrom(...headers), fc.array(fc.array(cell, { minLength: 1, maxLength: 9 }), { maxLength: 5 }))
    .map(([start, header, rows]) => `${start}${header}\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  const coordinates = fc.oneof(
    fc.array(fc.array(fc.tuple(fc.double(), fc.double()), { maxLength: 5 }), { maxLength: 2 }),
    fc.constantFrom<unknown>(
      null,
      [],
      [[]],
      [[[1, "x"]]],
      [
        [
          [112, -7],
          [112, -7],
        ],
      ],
      "POINT(1 0)",
    ),
  );
  const feature = fc.record({
    type: fc.constant("Feature"),
    properties: fc.record({ kode: fc.constantFrom(...known.villages, "x", "99.01.01.2999"), nama: fc.constantFrom(...hostileTexts) }),
    geometry: fc.oneof(fc.constant(null), fc.record({ type: fc.constantFrom("Polygon", "MultiPolygon", "Point", "Kotak"), coordinates })),
  });
  const geojson = fc.array(feature, { maxLength: 3 }).map((features) => writeJson({ type: "FeatureCollection", features }));
  return fc.oneof(
    { weight: 4, arbitrary: table },
    { weight: 3, arbitrary: geojson },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.tuple(geojson, fc.nat(300)).map(([text, at]) => text.slice(0, at)) },
  );
}
