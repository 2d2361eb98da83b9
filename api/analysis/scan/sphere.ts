/** Mean radius of the Earth in metres (IUGG). */
const earthRadius = 6_371_008.8;

/** Points as unit vectors, three numbers a point: the straight line between two of them orders distances as the great circle does. */
export function unitVectors(longitude: Float64Array, latitude: Float64Array): Float64Array {
  const vectors = new Float64Array(3 * longitude.length);
  for (let i = 0; i < longitude.length; i++) {
    const meridian = (longitude[i]! * Math.PI) / 180;
    const parallel = (latitude[i]! * Math.PI) / 180;
    vectors[3 * i] = Math.cos(parallel) * Math.cos(meridian);
    vectors[3 * i + 1] = Math.cos(parallel) * Math.sin(meridian);
    vectors[3 * i + 2] = Math.sin(parallel);
  }
  return vectors;
}

/** Metres through the Earth between two of the points. */
export function chordMetres(vectors: Float64Array, i: number, j: number): number {
  const x = vectors[3 * i]! - vectors[3 * j]!;
  const y = vectors[3 * i + 1]! - vectors[3 * j + 1]!;
  const z = vectors[3 * i + 2]! - vectors[3 * j + 2]!;
  return earthRadius * Math.sqrt(x * x + y * y + z * z);
}

/** Metres along the surface for metres through the Earth. */
export function arcMetres(chord: number): number {
  return 2 * earthRadius * Math.asin(chord / (2 * earthRadius));
}
