import { createRandom } from "../../api/analysis/significance/random.ts";

/** Kilometres east and south of the sheet's north-west corner: the invented kabupaten is drawn on paper first and put to sea after. */
export type Place = readonly [eastKm: number, southKm: number];

export interface District {
  readonly name: string;
  readonly seat: Place;
}

/** Kecamatan in the order of their codes: 99.01.01, 99.01.02, … */
export const districts: readonly District[] = [
  { name: "Kota Contoh", seat: [21.4, 18.8] },
  { name: "Pesisir", seat: [19.5, 6.6] },
  { name: "Sendangayu", seat: [10.3, 8.3] },
  { name: "Banyusari", seat: [30.3, 7.4] },
  { name: "Lembahjati", seat: [23.7, 10.4] },
  { name: "Tegalwulan", seat: [15.9, 12.2] },
  { name: "Ngarjasa", seat: [4.1, 13.1] },
  { name: "Sidomukti", seat: [9.5, 14.9] },
  { name: "Karangjati", seat: [26.3, 17.2] },
  { name: "Padasan", seat: [33.6, 16.2] },
  { name: "Watulor", seat: [39.6, 14.8] },
  { name: "Wanakerta", seat: [15.2, 18.4] },
  { name: "Kalibiru", seat: [10.3, 23.6] },
  { name: "Mekarwana", seat: [19.6, 25.1] },
  { name: "Randusewu", seat: [27.2, 25.9] },
  { name: "Tirtaraya", seat: [38.8, 26.4] },
  { name: "Giripura", seat: [33.0, 29.3] },
];

/** Villages whose middle lies inside belong to the kabupaten. */
export const outline: readonly Place[] = [
  [0, 13.2],
  [2.7, 11.3],
  [6, 8.6],
  [10.5, 5.6],
  [14.8, 5],
  [16.6, 3.8],
  [19.6, 4.4],
  [21.4, 1.7],
  [24.4, 0.2],
  [25.9, 1.7],
  [31, 0.2],
  [34, 2.3],
  [35.3, 6.5],
  [40.6, 9.8],
  [42.4, 11.9],
  [43.7, 15.5],
  [46.4, 18.2],
  [45.5, 20.3],
  [42.2, 23.9],
  [42.2, 28.8],
  [40.7, 33],
  [38.9, 34.5],
  [34.6, 31.2],
  [31, 31.8],
  [26.2, 31.2],
  [22, 30.3],
  [17.2, 28.2],
  [11.1, 25.8],
  [8.7, 28.8],
  [5.7, 24.6],
  [4.8, 19.2],
  [2.7, 15.6],
];

export const sheet = { eastKm: 47, southKm: 36 } as const;

// The open Indian Ocean, some 250 km south of Java.
const middle = { longitude: 111.5, latitude: -10.5 } as const;
const kmPerDegreeLatitude = 110.6;
const kmPerDegreeLongitude = 109.5;

/** Longitude and latitude with six decimals. The same place always gives the same numbers. */
export function toLonLat([eastKm, southKm]: Place): [number, number] {
  const longitude = middle.longitude + (eastKm - sheet.eastKm / 2) / kmPerDegreeLongitude;
  const latitude = middle.latitude - (southKm - sheet.southKm / 2) / kmPerDegreeLatitude;
  return [Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6];
}

export function distanceKm(a: Place, b: Place): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Whether the place lies inside the ring, by crossings of a line to the east. */
export function isInside([x, y]: Place, ring: readonly Place[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/**
 * Middles of villages, inside the kabupaten and around it, denser near the seats and densest around Kota Contoh: darts that keep their distance.
 */
export function scatterSites(seed: number): [number, number][] {
  const random = createRandom(seed, 1);
  const sites = districts.map(({ seat }): [number, number] => [seat[0], seat[1]]);
  const room = (place: Place): number => {
    const toTown = distanceKm(place, districts[0]!.seat);
    const toSeat = Math.min(...districts.map(({ seat }) => distanceKm(place, seat)));
    return Math.min(0.72 + 0.12 * toTown, 1.1 + 0.14 * toSeat, 1.95);
  };
  for (let dart = 0; dart < 60_000; dart++) {
    const place: [number, number] = [random.unit() * (sheet.eastKm + 8) - 4, random.unit() * (sheet.southKm + 8) - 4];
    const distance = room(place);
    if (sites.every((site) => distanceKm(site, place) >= distance)) sites.push(place);
  }
  return sites;
}
