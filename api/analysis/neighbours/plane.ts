import { requireInput } from "../significance/refusal.ts";
import { metresPerDegree } from "./polygons.ts";

/** Distance in metres between two points in degrees, in the local plane at their mean latitude; right to 1e-4 within 100 km. */
export function distanceMetres(longitude: number, latitude: number, otherLongitude: number, otherLatitude: number): number {
  const east = (otherLongitude - longitude) * Math.cos(((latitude + otherLatitude) / 2) * (Math.PI / 180));
  return Math.hypot(east, otherLatitude - latitude) * metresPerDegree;
}

/** Points in metres of one plane, for indexes: x by the cosine of the mean latitude. Distances from it are first guesses. */
export function planeOf(longitude: Float64Array, latitude: Float64Array): { x: Float64Array; y: Float64Array; stretch: number } {
  requireInput(longitude.length === latitude.length, "latitude", latitude.length);
  let least = 1;
  let most = 0;
  let sum = 0;
  for (let i = 0; i < latitude.length; i++) {
    requireInput(Math.abs(latitude[i]!) < 89, "latitude", latitude[i]);
    requireInput(Number.isFinite(longitude[i]!), "longitude", longitude[i]);
    const cosine = Math.cos((latitude[i]! * Math.PI) / 180);
    least = Math.min(least, cosine);
    most = Math.max(most, cosine);
    sum += cosine;
  }
  const mean = latitude.length > 0 ? sum / latitude.length : 1;
  return {
    x: longitude.map((degrees) => degrees * mean * metresPerDegree),
    y: latitude.map((degrees) => degrees * metresPerDegree),
    // By how much, at most, a true distance differs from one in this plane.
    stretch: latitude.length > 0 ? Math.max(most / mean, mean / least) : 1,
  };
}
