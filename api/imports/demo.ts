import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import suro from "../../data/calendars/suro.json" with { type: "json" };
import { addDays } from "../contract/time.ts";
import { type SeededChoice, seededChoice } from "./demoRandom.ts";
import { tellStory } from "./demoStories.ts";

export const demoRegency = "99.01";
/** The year that the shipped population and indices stand for. */
export const demoYear = 2024;

/** Paths of the files that ship for the demo. */
export function demoFiles(): { readonly region: string; readonly indicators: string } {
  const folder = resolve(import.meta.dirname, "../../data/demo");
  return { region: resolve(folder, "region.geojson"), indicators: resolve(folder, "indicators.csv") };
}

type Point = readonly [number, number];

export interface DemoPlace {
  readonly code: string;
  readonly name: string;
  readonly districtName: string;
  /** The closed outer ring, longitude and latitude. */
  readonly ring: readonly Point[];
  readonly population: number | null;
}

/** The fictional villages as they ship. */
export async function readDemoPlaces(): Promise<DemoPlace[]> {
  const { region, indicators } = demoFiles();
  interface Shipped { features: { properties: { kode: string; nama: string; kecamatan: string }; geometry: { coordinates: Point[][] } }[] }
  const { features } = JSON.parse(await readFile(region, "utf8")) as Shipped;
  const lines = (await readFile(indicators, "utf8")).trim().split("\n").slice(1).map((line) => line.split(","));
  const populations = new Map(lines.map(([code, population]) => [code!, population ? Number(population) : null]));
  return features.map(({ properties, geometry }) => ({
    code: properties.kode, name: properties.nama, districtName: properties.kecamatan, ring: geometry.coordinates[0]!, population: populations.get(properties.kode) ?? null,
  }));
}

/** An incident as a feature of the API: properties by their names there, and a point or null. */
export interface DemoIncident {
  readonly type: "Feature";
  readonly id: string;
  readonly geometry: { readonly type: "Point"; readonly coordinates: Point } | null;
  readonly properties: {
    readonly id: string; readonly village_code: string; readonly occurred_from: string; readonly issue: string; readonly form: string; readonly stage: string;
    readonly status: "reported" | "verified"; readonly source_value: string; readonly content_value: number; readonly title: string; readonly facts: string;
    readonly killed: number | null; readonly injured: number | null; readonly displaced: number | null;
    readonly buildings_damaged: number | null; readonly location_precision: number;
  };
}

const days = 3 * 365 + 1;
/** Where something keeps happening, or has just begun to: the middle village, how many around it, how much, of what. */
const clusters = [
  { name: "Sumberwangi", district: "Karangjati", villages: 20, incidents: 215, lastDays: days, issues: { "404": 8, "407": 1, "406": 1, "409": 0.4 } },
  { name: "Tegalwulan", district: "Tegalwulan", villages: 10, incidents: 105, lastDays: days, issues: { "302": 6, "301": 2, "303": 1.5, "305": 0.3 } },
  { name: "Wanakerta", district: "Wanakerta", villages: 5, incidents: 26, lastDays: 80, issues: { "405": 5, "407": 2, "411": 1 } },
] as const;
const aroundSuro = { incidentsPerYear: 17, daysBefore: 4, daysAfter: 9 };
const background = {
  incidents: 80,
  issues: {
    "301": 3, "303": 2, "202": 3, "204": 2, "206": 2, "304": 1, "305": 2, "401": 0.6, "402": 0.6, "404": 3, "405": 1.5, "406": 2, "407": 3, "408": 1, "409": 2, "411": 2,
    "501": 1, "504": 1,
  },
};

function middleOf(ring: readonly Point[]): Point {
  const corners = ring.slice(0, -1);
  return [corners.reduce((sum, [x]) => sum + x, 0) / corners.length, corners.reduce((sum, [, y]) => sum + y, 0) / corners.length];
}

/** Whether a point lies inside a closed ring (even-odd rule). */
export function isInsideRing(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function pointInside(ring: readonly Point[], choice: SeededChoice): Point {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  for (;;) {
    const point = [round(west + choice.next() * (east - west)), round(south + choice.next() * (north - south))] as const;
    if (isInsideRing(ring, point)) return point;
  }
}

function around(places: readonly DemoPlace[], name: string, districtName: string, count: number): DemoPlace[] {
  const middle = middleOf(places.find((place) => place.name === name && place.districtName === districtName)!.ring);
  const distance = (place: DemoPlace) => Math.hypot(...(middleOf(place.ring).map((value, axis) => value - middle[axis]!) as [number, number]));
  return [...places].filter((place) => place.population !== null).sort((a, b) => distance(a) - distance(b) || (a.code < b.code ? -1 : 1)).slice(0, count);
}

function issueOf(issues: Readonly<Record<string, number>>, choice: SeededChoice): string {
  const codes = Object.keys(issues);
  return codes[choice.weighted(codes.map((code) => issues[code]!))]!;
}

/** Harm as it would be known: forms without violence tell of none, others often leave it open. */
function harmOf(form: string, choice: SeededChoice): { killed: number | null; injured: number | null; displaced: number | null; buildings_damaged: number | null } {
  const violent = ["F5", "F6", "F8"].includes(form);
  const isKnown = choice.next() < (violent ? 0.8 : 0.5);
  const injured = violent ? choice.weighted([2, 4, 3, 2, 1]) : 0;
  const damaged = form === "F7" ? choice.between(1, 3) : form === "F6" && choice.next() < 0.2 ? choice.between(1, 4) : 0;
  const killed = form === "F6" && choice.next() < 0.03 ? 1 : 0;
  if (!isKnown) return { killed: null, injured: null, displaced: null, buildings_damaged: form === "F7" ? damaged : null };
  return { killed, injured, displaced: form === "F6" && choice.next() < 0.04 ? choice.between(4, 20) : choice.next() < 0.5 ? 0 : null, buildings_damaged: damaged };
}

/**
 * Three years of invented incidents that end on `today`: two places where they keep happening, one where they have just begun to rise, a rhythm of issue 404
 * around 1 Suro, and a scatter everywhere else. The same places, day and seed give the same incidents, ids included.
 * @param today the last day, YYYY-MM-DD; nothing happens after it.
 */
export function demoIncidents(places: readonly DemoPlace[], today: string, seed: number): DemoIncident[] {
  const choice = seededChoice(seed);
  const incidents: DemoIncident[] = [];
  const happen = (place: DemoPlace, daysAgo: number, issue: string) => {
    const { form, stage, title, facts, hour } = tellStory(issue, choice);
    const hasHour = hour !== null && daysAgo > 0 && choice.next() < 0.4;
    const day = addDays(today, -daysAgo);
    const isVerified = choice.next() < (daysAgo > 21 ? 0.74 : 0.25);
    const precision = 1 + choice.weighted([4, 3, 4]);
    const id = choice.uuid();
    const source_value = isVerified ? choice.pick(["A", "B", "B", "B", "C"]) : choice.pick(["B", "C", "C", "D", "F"]);
    const content_value = isVerified ? choice.pick([1, 2, 2, 2, 3]) : choice.pick([2, 3, 3, 4, 6]);
    incidents.push({
      type: "Feature",
      id,
      geometry: precision < 3 ? { type: "Point", coordinates: pointInside(place.ring, choice) } : null,
      properties: {
        id, village_code: place.code, occurred_from: hasHour ? `${day}T${String(hour).padStart(2, "0")}:00:00+07:00` : day, issue, form, stage,
        status: isVerified ? "verified" : "reported", source_value, content_value, title, facts, ...harmOf(form, choice), location_precision: precision,
      },
    });
  };

  for (const cluster of clusters) {
    const near = around(places, cluster.name, cluster.district, cluster.villages);
    // Most in the middle, fewer towards the edge.
    const weights = near.map((_, rank) => 1 / (1 + rank * 0.03));
    for (let i = 0; i < cluster.incidents; i++) happen(near[choice.weighted(weights)]!, choice.between(0, cluster.lastDays - 1), issueOf(cluster.issues, choice));
  }
  const silat = around(places, "Sumberwangi", "Karangjati", 20);
  for (const { date } of suro.suro) {
    for (let i = 0; i < aroundSuro.incidentsPerYear; i++) {
      const day = addDays(date, choice.between(-aroundSuro.daysBefore, aroundSuro.daysAfter));
      const place = choice.next() < 0.72 ? choice.pick(silat) : choice.pick(places);
      const daysAgo = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
      if (daysAgo >= 0 && daysAgo < days) happen(place, daysAgo, "404");
    }
  }
  const weights = places.map((place) => (place.population ?? 2500) ** 0.8);
  for (let i = 0; i < background.incidents; i++) happen(places[choice.weighted(weights)]!, choice.between(0, days - 1), issueOf(background.issues, choice));
  return incidents.sort((a, b) => (a.properties.occurred_from < b.properties.occurred_from ? -1 : a.properties.occurred_from > b.properties.occurred_from ? 1 : a.id < b.id ? -1 : 1));
}

export interface DemoNilReport {
  readonly id: string;
  readonly village_code: string;
  /** The first and the last day about which it says that nothing happened. */
  readonly period_from: string;
  readonly period_to: string;
  readonly obtained_at: string;
}

/** Reports of nothing from about a quarter of the villages that had no incident: what tells a quiet village from a silent one. */
export function demoNilReports(places: readonly DemoPlace[], incidents: readonly DemoIncident[], today: string, seed: number): DemoNilReport[] {
  const choice = seededChoice(seed ^ 0x5eed);
  const loud = new Set(incidents.filter((incident) => incident.properties.occurred_from >= addDays(today, -365)).map((incident) => incident.properties.village_code));
  return places
    .filter((place) => !loud.has(place.code))
    .filter(() => choice.next() < 0.4)
    .flatMap((place) =>
      Array.from({ length: choice.between(1, 3) }, (_, month) => ({
        id: choice.uuid(), village_code: place.code, period_from: addDays(today, -30 * (month + 1)), period_to: addDays(today, -30 * month - 1), obtained_at: addDays(today, -30 * month),
      })),
    );
}
