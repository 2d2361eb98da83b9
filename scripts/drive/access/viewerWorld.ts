import { randomUUID } from "node:crypto";
import { ask, type Door, ended } from "../fuzz/place.ts";
import { seededRandom } from "../random.ts";
import { drivePairs, type Filed, type PairsReport } from "./viewerPairs.ts";

const area = "99.03";
const districts = [1, 2, 3, 4, 5].map((number) => `${area}.0${number}`);
const reporters = [1, 2, 3, 4].map((number) => `pelapor-${number} ${area}`);

const villages = (): unknown => ({
  type: "FeatureCollection",
  features: districts.flatMap((district, row) =>
    [0, 1, 2].map((column) => {
      const [x, y] = [114 + 0.01 * column, -7 - 0.01 * row];
      const ring = [
        [x, y],
        [x + 0.01, y],
        [x + 0.01, y + 0.01],
        [x, y + 0.01],
        [x, y],
      ];
      const kode = `${district}.${2001 + column}`;
      const properties = { kode, nama: `Desa ${kode}`, kecamatan: `Kec ${district}`, kabupaten_kota: `Kab ${area}`, provinsi: "Uji" };
      return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [ring] } };
    }),
  ),
});

const json = { "content-type": "application/json" };
const send = <T>(door: Door, path: string, body: unknown): Promise<T> =>
  ask<T>(door, path, { method: "POST", headers: json, body: JSON.stringify(body) });

/** A person of the kabupaten with a token, as the door of that person. */
async function doorOf(door: Door, name: string, role: string): Promise<Door> {
  await send(door, "/api/users", { name, role, areas: [area], password: `sandi ${randomUUID()}` });
  const { token } = await send<{ token: string }>(door, `/api/users/${encodeURIComponent(name)}/tokens`, { label: "uji" });
  return { ...door, token };
}

/**
 * Fills a kabupaten with incidents of the two years 2024 and 2025, thick in some kecamatan and months and thin in others, and takes random questions of a viewer two
 * by two: no difference may show a small cell.
 */
export async function driveViewer(door: Door, { pairs, seed }: { readonly pairs: number; readonly seed: number }): Promise<PairsReport> {
  const random = seededRandom(seed);
  const body = JSON.stringify(villages());
  const headers = { "content-type": "application/octet-stream" };
  const { jobID } = await ask<{ jobID: string }>(door, "/api/imports/boundaries?name=kecamatan.geojson", { method: "POST", headers, body });
  await ended(door, jobID);
  const doors = await Promise.all(reporters.map((name) => doorOf(door, name, "reporter")));
  const viewer = await doorOf(door, `pembaca ${area}`, "viewer");
  const filed: Filed[] = [];
  for (const [row, district] of districts.entries())
    for (const month of Array.from({ length: 24 }, (_, n) => `${2024 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}-01`)) {
      const count = random() < 0.25 ? 0 : Math.floor(random() * [14, 9, 5, 3, 2][row]!);
      // Sometimes only one or two people tell of all of it.
      const told = 1 + Math.floor(random() * reporters.length);
      const made = Array.from({ length: count }, (_, n) => ({ reporter: n % told, village: `${district}.${2001 + (n % 3)}`, day: n % 28 }));
      await Promise.all(
        made.map(({ reporter, village, day }) => {
          const on = `${month.slice(0, 8)}${String(day + 1).padStart(2, "0")}`;
          const properties = { village_code: village, occurred_from: on, issue: "404", form: "F6", facts: "Uji." };
          return send(doors[reporter]!, "/api/collections/incidents/items", { type: "Feature", geometry: null, properties });
        }),
      );
      filed.push(...made.map(({ reporter }) => ({ district, month, reporters: [reporters[reporter]!] })));
    }
  const asViewer = async (path: string) => {
    const answer = await fetch(door.url + path, { headers: { authorization: `Bearer ${viewer.token}` } });
    return { status: answer.status, body: (await answer.json()) as never };
  };
  return drivePairs(asViewer, filed, {
    pairs,
    seed,
    areas: [area, ...districts, `${area}.02.2001`],
    districts,
    from: "2024-01-01",
    to: "2026-01-01",
    least: { incidents: 5, reporters: 3 },
  });
}
