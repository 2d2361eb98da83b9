const earthRadiusKilometres = 6371.0088;

/** Where a place lies and how fast one gets on there. */
export interface PlacesToTravel {
  /** Degrees. */
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
  /** Kilometres an hour on the roads around each place, > 0: a hill district is slower than the plain. */
  readonly speed: Float64Array;
}

/**
 * Minutes between places from their distance, where no road service and no matrix is to be had: places × places, row from, column to.
 *
 * In words: great-circle distance (mean radius 6,371.0088 km) times the detour factor (roads are longer than the bird's way, ≥ 1), half of it at the speed of
 * either end. Rounded up to hundredths of a minute, so that what is planned with and what is shown are the same numbers.
 * An estimate: rivers without a bridge and closed roads are not in it, which is why a plan says how its travel was made. Same both ways; 0 on the diagonal. Cost: O(places²).
 */
export function travelMinutesByDistance({ longitude, latitude, speed }: PlacesToTravel, detourFactor: number): Float64Array {
  const places = longitude.length;
  const minutes = new Float64Array(places * places);
  const radians = Math.PI / 180;
  for (let a = 0; a < places; a++) {
    for (let b = a + 1; b < places; b++) {
      const north = Math.sin(((latitude[b]! - latitude[a]!) * radians) / 2) ** 2;
      const east = Math.sin(((longitude[b]! - longitude[a]!) * radians) / 2) ** 2;
      const chord = north + Math.cos(latitude[a]! * radians) * Math.cos(latitude[b]! * radians) * east;
      const kilometres = 2 * earthRadiusKilometres * Math.asin(Math.sqrt(Math.min(1, chord))) * detourFactor;
      const taken = (kilometres / 2 / speed[a]! + kilometres / 2 / speed[b]!) * 60;
      minutes[a * places + b] = minutes[b * places + a] = Math.ceil(taken * 100) / 100;
    }
  }
  return minutes;
}
