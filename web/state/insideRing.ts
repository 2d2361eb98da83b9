type Corner = readonly [number, number];

/** Whether a point lies inside a ring of corners, which need not be closed (even–odd rule, Shimrat 1962). O(corners). */
export function isInsideRing([x, y]: Corner, ring: readonly Corner[]): boolean {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i] as Corner;
    const [xj, yj] = ring[j] as Corner;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside;
}
