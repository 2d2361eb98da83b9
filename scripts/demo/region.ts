import { layOut } from "./cells.ts";
import { signedArea, villageRings } from "./borders.ts";
import { villageNames } from "./names.ts";
import { districts, middle, regency, seed } from "./plan.ts";
import { normal, seededRandom, seedOf } from "./random.ts";

export interface DemoVillage {
  readonly code: string;
  readonly name: string;
  readonly kind: "desa" | "kelurahan";
  readonly districtCode: string;
  readonly districtName: string;
  readonly ring: readonly (readonly [number, number])[];
  /** Null where nobody knows: the demo shows that too. */
  readonly population: number | null;
  readonly indices: { readonly iks: number; readonly ike: number; readonly ikl: number } | null;
}

const kmPerDegreeLatitude = 110.6;
const kmPerDegreeLongitude = 111.32 * Math.cos((middle[1] * Math.PI) / 180);
const round6 = (value: number) => Math.round(value * 1e6) / 1e6;

/** Villages of which the population is not known. */
const unknownPopulations = 9;

/** Makes the fictional kabupaten: the same villages, names and numbers at every call. */
export function makeRegion(): DemoVillage[] {
  const { delaunay, villages, districtOf } = layOut();
  const rings = villageRings(delaunay, villages);
  const random = seededRandom(seedOf(seed, "numbers"));
  const members = districts.map((_, district) => districtOf.flatMap((owner, village) => (owner === district ? [village] : [])));
  const names = villageNames(new Map(districts.map((district, index) => [district.code, members[index]!.length])));
  const made = districts.flatMap((district, index) =>
    members[index]!.map((village, position): DemoVillage => {
      const isTown = district.name === "Kota Contoh" && position < 8;
      const squareKm = signedArea(rings[village]!);
      const perKm = (isTown ? 3200 : 780) * Math.exp(0.35 * normal(random)) * (district.density > 1.4 ? 1.25 : 1);
      const resilience = 0.66 + (isTown ? 0.08 : 0) + 0.05 * normal(random) - (district.name === "Tegalwulan" || district.name === "Karangjati" ? 0.06 : 0);
      const near = (offset: number) => Math.round(Math.max(0.25, Math.min(0.98, resilience + offset + 0.07 * normal(random))) * 10_000) / 10_000;
      return {
        code: `${district.code}.${isTown ? 1001 + position : 2001 + position}`,
        name: names.get(district.code)![position]!,
        kind: isTown ? "kelurahan" : "desa",
        districtCode: district.code,
        districtName: district.name,
        ring: rings[village]!.map(([x, y]) => [round6(middle[0] + x / kmPerDegreeLongitude), round6(middle[1] + y / kmPerDegreeLatitude)] as const),
        population: Math.max(420, Math.round(Math.min(14_000, 700 + perKm * squareKm))),
        // As with the real index, towns have none.
        indices: isTown ? null : { iks: near(0.08), ike: near(-0.06), ikl: near(0.02) },
      };
    }),
  );
  const unknown = new Set<number>();
  while (unknown.size < unknownPopulations) {
    const at = Math.floor(random() * made.length);
    if (!["Karangjati", "Padasan", "Tegalwulan", "Wanakerta", "Kota Contoh"].includes(made[at]!.districtName)) unknown.add(at);
  }
  return made.map((village, at) => (unknown.has(at) ? { ...village, population: null } : village)).sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The region as a boundary file, one feature a line, with the properties that Indonesian boundary files carry. */
export function regionGeojson(villages: readonly DemoVillage[]): string {
  const features = villages.map((village) => ({
    type: "Feature",
    id: village.code,
    properties: {
      kode: village.code, nama: village.name, level: "desa_kelurahan", jenis: village.kind, kode_provinsi: regency.provinceCode, provinsi: regency.provinceName,
      kode_kabupaten_kota: regency.code, kabupaten_kota: regency.name, kode_kecamatan: village.districtCode, kecamatan: village.districtName,
    },
    geometry: { type: "Polygon", coordinates: [village.ring] },
  }));
  const source = { sumber: "Fiktif, dibuat oleh scripts/demo.ts. / Fictional, made by scripts/demo.ts.", seed };
  return `{"type":"FeatureCollection","name":"desa_99.01_contoh","sumber":${JSON.stringify(source)},"features":[\n${features.map((feature) => JSON.stringify(feature)).join(",\n")}\n]}\n`;
}

/** Population and indices as CSV; unknown is empty. */
export function indicatorsCsv(villages: readonly DemoVillage[]): string {
  const lines = villages.map(({ code, population, indices }) => {
    const idm = indices ? ((indices.iks + indices.ike + indices.ikl) / 3).toFixed(4) : "";
    return [code, population ?? "", idm, indices?.iks ?? "", indices?.ike ?? "", indices?.ikl ?? ""].join(",");
  });
  return `code,population,idm,iks,ike,ikl\n${lines.join("\n")}\n`;
}
