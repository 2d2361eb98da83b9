import { requireInput } from "../significance/refusal.ts";

const equatorialRadius = 6_378_137;
const eccentricitySquared = 0.00669437999014;

/**
 * Metres in a degree of latitude (north) and of longitude (east) around a latitude, on the WGS 84 ellipsoid.
 * Source: radii of curvature of the meridian and the prime vertical, Snyder 1987, doi:10.3133/pp1395.
 */
export function metresPerDegreeAt(latitude: number): { north: number; east: number } {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const under = 1 - eccentricitySquared * sine * sine;
  const primeVertical = equatorialRadius / Math.sqrt(under);
  return {
    north: ((primeVertical * (1 - eccentricitySquared)) / under) * (Math.PI / 180),
    east: primeVertical * Math.cos((latitude * Math.PI) / 180) * (Math.PI / 180),
  };
}

/** Distance in metres between two points in degrees, in the local plane at their mean latitude; right to 1e-4 within 100 km. */
export function distanceMetres(longitude: number, latitude: number, otherLongitude: number, otherLatitude: number): number {
  const { north, east } = metresPerDegreeAt((latitude + otherLatitude) / 2);
  return Math.hypot((otherLongitude - longitude) * east, (otherLatitude - latitude) * north);
}

/** Points in metres of one plane at the middle latitude, for indexes and clusters. `stretch` is by how much, at most, a true distance differs from one in this plane. */
export function planeOf(longitude: Float64Array, latitude: Float64Array): { x: Float64Array; y: Float64Array; stretch: number } {
  requireInput(longitude.length === latitude.length, "latitude", latitude.length);
  let south = Number.POSITIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < latitude.length; i++) {
    requireInput(Math.abs(latitude[i]!) < 89, "latitude", latitude[i]);
    requireInput(Number.isFinite(longitude[i]!), "longitude", longitude[i]);
    south = Math.min(south, latitude[i]!);
    north = Math.max(north, latitude[i]!);
  }
  if (latitude.length === 0) return { x: new Float64Array(0), y: new Float64Array(0), stretch: 1 };
  const middle = metresPerDegreeAt((south + north) / 2);
  const farthest = south <= 0 && north >= 0 ? [south, north, 0] : [south, north];
  const stretch = farthest.reduce((most, at) => {
    const there = metresPerDegreeAt(at);
    return Math.max(most, there.east / middle.east, middle.east / there.east, there.north / middle.north, middle.north / there.north);
  }, 1);
  return { x: longitude.map((degrees) => degrees * middle.east), y: latitude.map((degrees) => degrees * middle.north), stretch };
}
