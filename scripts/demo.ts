/** Makes the fictional kabupaten of the demo: `node --import tsx scripts/demo.ts [folder]`. The same seed writes the same bytes. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { districts, toLonLat } from "./demo/frame.ts";
import { makeIndicators } from "./demo/indicators.ts";
import { makeVillages, regencyCode } from "./demo/villages.ts";

const seed = 9901;
const folder = process.argv[2] ?? join(import.meta.dirname, "..", "data", "demo");

const villages = makeVillages(seed);
const features = villages.map(({ code, name, kind, district, site, ring }) =>
  JSON.stringify({
    type: "Feature",
    id: code,
    properties: {
      kode: code,
      nama: name,
      level: "desa_kelurahan",
      jenis: kind,
      kode_provinsi: regencyCode.slice(0, 2),
      provinsi: "Provinsi Contoh",
      kode_kabupaten_kota: regencyCode,
      kabupaten_kota: "Kabupaten Contoh",
      kode_kecamatan: code.slice(0, 8),
      kecamatan: districts[district]!.name,
      titik: toLonLat(site),
    },
    geometry: { type: "Polygon", coordinates: [ring] },
  }),
);
const about = JSON.stringify({
  sumber: "scripts/demo.ts",
  benih: seed,
  keterangan:
    "Wilayah fiktif untuk peragaan, sengaja diletakkan di Samudra Hindia. / A fictional region for the demo, placed in the Indian Ocean on purpose.",
});
const region = `{"type":"FeatureCollection","name":"desa_99.01_contoh","sumber":${about},"features":[\n${features.join(",\n")}\n]}\n`;

const rows = makeIndicators(villages, seed).map(({ code, population, idm, iks, ike, ikl }) =>
  [code, population ?? "", ...[idm, iks, ike, ikl].map((value) => value.toFixed(3))].join(","),
);
const table = `code,population,idm,iks,ike,ikl\n${rows.join("\n")}\n`;

await mkdir(folder, { recursive: true });
await writeFile(join(folder, "region.geojson"), region);
await writeFile(join(folder, "indicators.csv"), table);
process.stdout.write(
  `${villages.length} villages, ${rows.length} rows of indicators, ${Math.round(region.length / 1000)} kB → ${folder}\n`,
);
