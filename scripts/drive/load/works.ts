import { randomUUID } from "node:crypto";

export const workNames = ["items", "columns", "tiles", "reports"] as const;
export type WorkName = (typeof workNames)[number];

/** The fixed rates that must hold, a second. */
export const wantedRates: Readonly<Record<WorkName, number>> = { items: 400, columns: 100, tiles: 1000, reports: 100 };

/** What the requests are made from: villages of the region with a point of each, and the area codes above them. */
export interface Region {
  readonly area: string;
  readonly villages: readonly { readonly code: string; readonly point: readonly [number, number] }[];
}

interface Asked {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
}

/** A generator of even numbers in [0, 1) from a seed (mulberry32), so that each run asks the same. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const [lowestZoom, highestZoom] = [8, 12];
const boxDegrees = 0.25;

/** The tile of the Web Mercator square that holds a point, as z/y/x. */
function tileAt([longitude, latitude]: readonly [number, number], zoom: number): string {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const x = Math.floor(2 ** zoom * (longitude / 360 + 0.5));
  const y = Math.floor(2 ** zoom * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)));
  return `${zoom}/${y}/${x}`;
}

function incidentText(village: Region["villages"][number], random: () => number): string {
  const hasPoint = random() < 0.5;
  return JSON.stringify({
    type: "Feature",
    id: randomUUID(),
    geometry: hasPoint ? { type: "Point", coordinates: village.point } : null,
    properties: {
      village_code: village.code,
      occurred_from: "2026-03-01",
      issue: ["404", "101", "203"][Math.floor(random() * 3)] ?? "404",
      form: "F3",
      facts: `Warga bersitegang di batas dusun; keadaan reda setelah musyawarah ${Math.floor(random() * 1e6)}.`,
    },
  });
}

/** Requests of one kind of work, made one after another from the seed. */
export function requestsOf(name: WorkName, region: Region, seed: number): () => Asked {
  const random = seeded(seed);
  const village = (): Region["villages"][number] => region.villages[Math.floor(random() * region.villages.length)]!;
  switch (name) {
    case "items":
      // Half by kabupaten, half by what a map shows.
      return () => {
        const { code, point } = village();
        const [west, south] = [point[0] - random() * boxDegrees, point[1] - random() * boxDegrees].map((value) => Number(value.toFixed(3)));
        const box = `bbox=${west},${south},${(west! + boxDegrees).toFixed(3)},${(south! + boxDegrees).toFixed(3)}`;
        return {
          method: "GET",
          path: `/api/collections/villages/items?limit=100&${random() < 0.5 ? `regency_code=${code.slice(0, 5)}` : box}`,
        };
      };
    case "columns":
      return () => {
        const [column, kind] = random() < 0.5 ? ["population", "population"] : ["score", "risk"];
        return { method: "GET", path: `/api/values/${kind}?areas=${region.area}&column=${column}&f=arrow` };
      };
    case "tiles":
      return () => {
        const zoom = lowestZoom + Math.floor(random() * (highestZoom - lowestZoom + 1));
        return { method: "GET", path: `/api/collections/villages/tiles/WebMercatorQuad/${tileAt(village().point, zoom)}` };
      };
    case "reports":
      return () => ({ method: "POST", path: "/api/collections/incidents/items", body: incidentText(village(), random) });
  }
}
