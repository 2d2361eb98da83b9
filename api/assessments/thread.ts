import { analyseAutocorrelation, permuteAutocorrelation } from "../analysis/autocorrelation/autocorrelation.ts";
import { analyseClusters } from "../analysis/clusters/clusters.ts";
import { crosswalksOfAllPairs } from "../analysis/crosswalk/allPairs.ts";
import { matchLists } from "../analysis/crosswalk/matchLists.ts";
import { analyseDensity } from "../analysis/density/density.ts";
import { dissolve } from "../analysis/dissolve/dissolve.ts";
import { analyseHotspots } from "../analysis/hotspots/hotspots.ts";
import { permuteNearRepeat } from "../analysis/nearRepeat/knoxCounts.ts";
import { countNearRepeat } from "../analysis/nearRepeat/nearRepeat.ts";
import { findNeighbours } from "../analysis/neighbours/contiguity.ts";
import { distanceBand, kernelWeights } from "../analysis/neighbours/distance.ts";
import { nearestNeighbours } from "../analysis/neighbours/nearest.ts";
import { exactGain } from "../analysis/planning/exactGain.ts";
import { gainBound } from "../analysis/planning/gainBound.ts";
import { otherwise } from "../analysis/planning/otherwise.ts";
import { searchVisits } from "../analysis/planning/searchVisits.ts";
import { analyseRates } from "../analysis/rates/rates.ts";
import { freezeOfficialVersion } from "../analysis/risk/officialVersion.ts";
import { assessRisk } from "../analysis/risk/risk.ts";
import { assessRiskTrend } from "../analysis/risk/trend.ts";
import { planScan } from "../analysis/scan/plan.ts";
import { findClusters } from "../analysis/scan/scan.ts";
import { observedMaximum } from "../analysis/scan/search.ts";
import { simulateMaxima } from "../analysis/scan/simulate.ts";
import { simulateScanSelfTest } from "../analysis/selfTest/scanSelfTest.ts";
import { simulateSelfTest } from "../analysis/selfTest/selfTest.ts";
import { AnalysisRefusal } from "../analysis/significance/refusal.ts";
import { analyseSurge } from "../analysis/surge/surge.ts";
import { checkDrawing } from "../analysis/topology/checkDrawing.ts";
import { separateGroups } from "../analysis/topology/groups.ts";
import { measureMoves } from "../analysis/topology/moves.ts";
import { analyseEmergingHotspots } from "../analysis/trend/emergingHotspots.ts";
import { analyseVisitEffect } from "../analysis/visitEffect/visitEffect.ts";
import { yieldToAnswers } from "./threadPriority.ts";

yieldToAnswers();

/** What runs in a worker thread: the pure kernels, by name. */
const kernels = {
  exactGain,
  gainBound,
  otherwise,
  searchVisits,
  analyseAutocorrelation,
  analyseClusters,
  analyseDensity,
  analyseEmergingHotspots,
  analyseHotspots,
  analyseRates,
  analyseSurge,
  analyseVisitEffect,
  assessRisk,
  assessRiskTrend,
  checkDrawing,
  countNearRepeat,
  crosswalksOfAllPairs,
  dissolve,
  distanceBand,
  findClusters,
  findNeighbours,
  freezeOfficialVersion,
  kernelWeights,
  matchLists,
  measureMoves,
  nearestNeighbours,
  observedMaximum,
  permuteAutocorrelation,
  permuteNearRepeat,
  planScan,
  separateGroups,
  simulateMaxima,
  simulateScanSelfTest,
  simulateSelfTest,
};

export type Kernels = typeof kernels;
export type KernelName = keyof Kernels;

/** A refusal crosses the thread as data, because a message between threads keeps neither the class nor the fields of an error. */
export type ThreadAnswer =
  | { readonly value: unknown }
  | { readonly refusal: { readonly code: string; readonly details: Readonly<Record<string, unknown>> } };

/** The one entry of a worker thread. */
export function work({ kernel, parameters }: { kernel: KernelName; parameters: unknown[] }): ThreadAnswer {
  try {
    return { value: (kernels[kernel] as (...given: unknown[]) => unknown)(...parameters) };
  } catch (error) {
    if (error instanceof AnalysisRefusal) return { refusal: { code: error.code, details: error.details } };
    throw error;
  }
}
