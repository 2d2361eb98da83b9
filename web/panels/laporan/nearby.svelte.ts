import { distance } from "@turf/turf";
import { request, withQuery, wordsOf } from "../../client.ts";
import { devicePlaces } from "../../state/devicePlaces.svelte.ts";
import { type TextKey, t } from "../../text/text.svelte.ts";

type Box = readonly [west: number, south: number, east: number, north: number];
type Point = readonly [longitude: number, latitude: number];

export interface NearVillage {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly bbox: Box;
}

/** Metres from a point to the nearest edge of a box, 0 inside, both in degrees, on the sphere. */
export function metresToBox([longitude, latitude]: Point, [west, south, east, north]: Box): number {
  const nearest = [Math.min(Math.max(longitude, west), east), Math.min(Math.max(latitude, south), north)];
  return distance([longitude, latitude], nearest, { units: "meters" });
}

const nearestShown = 3;
/** Further from every village than this one stands outside of the area. */
const farthestMetres = 20_000;

async function listed(level: "regency" | "district" | "village", within?: string): Promise<NearVillage[]> {
  return (await request<{ areas: NearVillage[] }>(withQuery("/api/areas", { level, within }))).areas;
}

/** Where the reporter stands, and how far each village is from there. */
export class Nearby {
  point = $state.raw<Point | null>(null);
  /** The villages nearest to the point, when it lies in an area that is loaded. */
  nearest = $state.raw<readonly (NearVillage & { district: string })[]>([]);
  isLooking = $state(false);
  problem = $state<string | null>(null);
  private boxes = $state.raw<ReadonlyMap<string, Box>>(new Map());
  private readonly asked = new Map<string, Promise<NearVillage[]>>();

  /** Asks the device where it is, once, and finds the villages around. */
  async locate(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    this.problem = null;
    try {
      const { coords } = await position();
      this.point = [coords.longitude, coords.latitude];
      await this.findNearest(this.point);
    } catch (error) {
      this.problem = error instanceof NoPosition ? t(error.key) : wordsOf(error);
    } finally {
      this.isLooking = false;
    }
  }

  /** Metres from the device to a village's box; null where either is unknown. */
  metresTo(code: string): number | null {
    const box = this.boxes.get(code);
    return box && this.point ? metresToBox(this.point, box) : null;
  }

  /** Loads the boxes of the regencies that these villages lie in. */
  async measure(codes: readonly string[]): Promise<void> {
    if (!this.point || devicePlaces.isWhole) return;
    await Promise.all([...new Set(codes.map((code) => code.slice(0, 5)))].map((regency) => this.villagesOf(regency)));
  }

  private async villagesOf(regency: string): Promise<NearVillage[]> {
    const asked = this.asked.get(regency) ?? listed("village", regency);
    this.asked.set(regency, asked);
    const villages = await asked;
    this.boxes = new Map([...this.boxes, ...villages.map((village) => [village.code, village.bbox] as const)]);
    return villages;
  }

  private async findNearest(point: Point): Promise<void> {
    const found = devicePlaces.isWhole ? this.keptVillages() : await this.askedVillages(point);
    const far = (box: Box): number => Math.hypot(point[0] - (box[0] + box[2]) / 2, point[1] - (box[1] + box[3]) / 2);
    this.nearest = found
      .toSorted((a, b) => metresToBox(point, a.bbox) - metresToBox(point, b.bbox) || far(a.bbox) - far(b.bbox))
      .slice(0, nearestShown);
    if (this.nearest.length === 0 || metresToBox(point, this.nearest[0]?.bbox ?? [0, 0, 0, 0]) > farthestMetres) {
      this.nearest = [];
      this.problem = t("laporan.gpsNowhere");
    }
  }

  /** The villages on this device; where they are all that may be meant, no signal is needed. */
  private keptVillages(): (NearVillage & { district: string })[] {
    const villages = devicePlaces.villages.map(({ code, name, district, bbox }) => ({
      code,
      name,
      district,
      bbox,
      parent: code.slice(0, 8),
    }));
    this.boxes = new Map([...this.boxes, ...villages.map((village) => [village.code, village.bbox] as const)]);
    return villages;
  }

  private async askedVillages(point: Point): Promise<(NearVillage & { district: string })[]> {
    const around = (await listed("regency")).filter((regency) => metresToBox(point, regency.bbox) === 0);
    return (await Promise.all(around.map(({ code }) => Promise.all([this.villagesOf(code), listed("district", code)])))).flatMap(
      ([villages, districts]) =>
        villages.map((village) => ({ ...village, district: districts.find((district) => district.code === village.parent)?.name ?? "" })),
    );
  }
}

class NoPosition extends Error {
  readonly key: TextKey;
  constructor(key: TextKey) {
    super(key);
    this.key = key;
  }
}

function position(): Promise<GeolocationPosition> {
  if (!("geolocation" in navigator) || !window.isSecureContext) return Promise.reject(new NoPosition("laporan.gpsMissing"));
  return new Promise((resolve, reject) => {
    const refuse = (error: GeolocationPositionError) =>
      reject(new NoPosition(error.code === error.PERMISSION_DENIED ? "laporan.gpsDenied" : "laporan.gpsFailed"));
    navigator.geolocation.getCurrentPosition(resolve, refuse, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 });
  });
}
