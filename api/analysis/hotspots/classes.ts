/** What an area is on the hotspot map; null (not here) where it cannot be known. */
export type HotspotClass = "hot" | "cold" | "high-high" | "low-low" | "high-low" | "low-high" | "not significant";

/** Class of a Getis–Ord or exact local risk result: the side on which the observation lies, where it is significant. */
export function sideClass(isSignificant: boolean, pLow: number, pHigh: number): HotspotClass {
  if (!isSignificant) return "not significant";
  return pHigh <= pLow ? "hot" : "cold";
}

/** Class of a Local Moran result: own deviation first, the neighbours' second. */
export function quadrantClass(isSignificant: boolean, deviation: number, lag: number): HotspotClass {
  if (!isSignificant) return "not significant";
  return `${deviation > 0 ? "high" : "low"}-${lag > 0 ? "high" : "low"}`;
}
