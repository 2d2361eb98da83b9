/** What the fictional kabupaten is made of. Plane coordinates are kilometres east and north of its middle. */

export const seed = 9901;
export const regency = { code: "99.01", name: "Kabupaten Contoh", provinceCode: "99", provinceName: "Provinsi Contoh" } as const;

/** Open ocean south of Java: longitude and latitude of the middle. */
export const middle = [111.5, -10.5] as const;
export const halfWidthKm = 22.5;
export const halfHeightKm = 16.5;
export const villageCount = 306;

export interface District {
  readonly code: string;
  readonly name: string;
  readonly at: readonly [number, number];
  /** How much closer than elsewhere the villages lie around its town; 1 is as elsewhere. */
  readonly density: number;
}

/** In the order of their codes. */
export const districts: readonly District[] = [
  { code: "99.01.01", name: "Ngarjasa", at: [-18.6, 3.6], density: 1 },
  { code: "99.01.02", name: "Sendangayu", at: [-12.6, 8.6], density: 1 },
  { code: "99.01.03", name: "Sidomukti", at: [-13.4, 2.2], density: 1 },
  { code: "99.01.04", name: "Kalibiru", at: [-12.5, -6.5], density: 1 },
  { code: "99.01.05", name: "Wanakerta", at: [-7.6, -1.2], density: 1.1 },
  { code: "99.01.06", name: "Tegalwulan", at: [-7.4, 4.8], density: 1.7 },
  { code: "99.01.07", name: "Pesisir", at: [-3.8, 10.4], density: 1.2 },
  { code: "99.01.08", name: "Lembahjati", at: [0.3, 6.7], density: 1.1 },
  { code: "99.01.09", name: "Karangjati", at: [2.9, 0.2], density: 1.6 },
  { code: "99.01.10", name: "Kota Contoh", at: [-1.7, -1.7], density: 2.6 },
  { code: "99.01.11", name: "Padasan", at: [10.1, 0.8], density: 1.5 },
  { code: "99.01.12", name: "Banyusari", at: [7.1, 9.6], density: 1.1 },
  { code: "99.01.13", name: "Watulor", at: [16.2, 2.3], density: 1 },
  { code: "99.01.14", name: "Mekarwana", at: [-3.5, -7.7], density: 1 },
  { code: "99.01.15", name: "Randusewu", at: [4.0, -8.4], density: 1.1 },
  { code: "99.01.16", name: "Giripura", at: [9.7, -11.8], density: 1 },
  { code: "99.01.17", name: "Tirtaraya", at: [15.1, -7.4], density: 1 },
];

/** Villages that bear a chosen name, so that three of one name lie in three districts. The rest is put together from syllables. */
export const chosenNames: Readonly<Record<string, readonly string[]>> = {
  "99.01.04": ["Karangsari"],
  "99.01.09": ["Karangsari", "Sumberwangi", "Rowokerto", "Palemagung", "Kebondadi", "Tirtomulyo", "Sawoayu"],
  "99.01.11": ["Karangsari", "Tanjungwulan", "Palemkerto", "Sambiombo"],
};
/** Pairs of districts in which one made-up name is given twice. */
export const sameNames: readonly (readonly [string, string])[] = [
  ["99.01.02", "99.01.12"],
  ["99.01.06", "99.01.15"],
  ["99.01.14", "99.01.17"],
];
