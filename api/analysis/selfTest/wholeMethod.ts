import { analyseHotspots } from "../hotspots/hotspots.ts";
import type { Weights } from "../neighbours/weights.ts";
import { AnalysisRefusal } from "../significance/refusal.ts";
import type { HotspotMethod, TestedMethod } from "./testedMethod.ts";

/** Any hotspot method as it is, looked at through its classes. Cost: that of analyseHotspots for every map. */
export function wholeMethod(method: HotspotMethod, population: Float64Array, weights: Weights): TestedMethod {
  return (counts, watched, side) => {
    try {
      const { columns } = analyseHotspots({ ...method, counts, population, reported: watched, weights });
      return columns.class.some((found, i) => {
        if (found === null || found === "not significant" || !watched[i]) return false;
        return side === "either" || found === "hot" || found.startsWith("high");
      });
    } catch (error) {
      if (error instanceof AnalysisRefusal) return false;
      throw error;
    }
  };
}
