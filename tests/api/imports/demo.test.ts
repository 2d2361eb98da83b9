import { expect, test } from "vitest";
import { checkIncident } from "../../../api/contract/incident.ts";
import { demoIncidents } from "../../../api/imports/demo.ts";
import { demoNilReports } from "../../../api/imports/demoNilReports.ts";
import { isInsideRing, readDemoPlaces } from "../../../api/imports/demoPlaces.ts";

const today = "2026-11-22";
const places = await readDemoPlaces();
const incidents = demoIncidents(places, today, 1);

test("about 300 villages, at least 250 with people, some unknown and none of zero", () => {
  expect(Math.abs(places.length - 300)).toBeLessThan(20);
  const known = places.filter((place) => place.population !== null);
  expect(known.length).toBeGreaterThanOrEqual(250);
  expect(known.length).toBeLessThan(places.length);
  expect(Math.min(...known.map((place) => place.population!))).toBeGreaterThan(0);
  expect(new Set(places.map((place) => place.code)).size).toBe(places.length);
});

test("neighbours share their borders vertex for vertex", () => {
  const uses = new Map<string, number>();
  for (const { ring } of places) for (const corner of ring.slice(0, -1)) uses.set(corner.join(), (uses.get(corner.join()) ?? 0) + 1);
  const once = [...uses.values()].filter((count) => count === 1).length;
  // Only the outline belongs to one village alone.
  expect(once / uses.size).toBeLessThan(0.15);
});

test("some names stand for several villages, each in a district of its own", () => {
  const named = new Map<string, typeof places>();
  for (const place of places) named.set(place.name, [...(named.get(place.name) ?? []), place]);
  const several = [...named.values()].filter((found) => found.length > 1);
  expect(several.length).toBeGreaterThanOrEqual(2);
  for (const found of several) expect(new Set(found.map((place) => place.districtName)).size).toBe(found.length);
});

test("the same seed and day give the same incidents; another seed others", () => {
  expect(demoIncidents(places, today, 1)).toEqual(incidents);
  expect(demoIncidents(places, today, 2)).not.toEqual(incidents);
});

test("350 to 500 incidents over three years that end today, each accepted as it stands", () => {
  expect(incidents.length).toBeGreaterThanOrEqual(350);
  expect(incidents.length).toBeLessThanOrEqual(500);
  for (const { properties, geometry } of incidents) {
    expect(properties.occurred_from.slice(0, 10) > "2023-11-20" && properties.occurred_from.slice(0, 10) <= today).toBe(true);
    expect(checkIncident(properties, geometry, { now: new Date(`${today}T05:00:00+07:00`), timeZone: "Asia/Jakarta" })).toHaveProperty(
      "incident",
    );
  }
  expect(new Set(incidents.map((incident) => incident.id)).size).toBe(incidents.length);
});

test("every point lies in its village; without a point the place is no more exact than the village", () => {
  const rings = new Map(places.map((place) => [place.code, place.ring]));
  for (const { geometry, properties } of incidents) {
    if (geometry) expect(isInsideRing(rings.get(properties.village_code)!, geometry.coordinates)).toBe(true);
    else expect(properties.location_precision).toBe(3);
  }
});

test("issue 404 gathers around 1 Suro", () => {
  const silat = incidents.filter(({ properties }) => properties.issue === "404");
  const near = silat.filter(
    ({ properties }) => Math.abs(Date.parse(properties.occurred_from.slice(0, 10)) - Date.parse("2026-06-17")) <= 12 * 86_400_000,
  );
  expect(near.length / silat.length).toBeGreaterThan(0.08);
  expect(near.length).toBeGreaterThan(10);
});

test("nil reports speak only for villages where nothing happened within the year", () => {
  const nil = demoNilReports(places, incidents, today, 1);
  expect(nil.length).toBeGreaterThan(30);
  const loud = new Set(
    incidents.filter(({ properties }) => properties.occurred_from > "2025-11-22").map(({ properties }) => properties.village_code),
  );
  for (const report of nil) {
    expect(loud.has(report.village_code)).toBe(false);
    expect(report.period_from < report.period_to && report.obtained_at <= today).toBe(true);
  }
});
