import { z } from "zod";
import { seed } from "./questionInputs.ts";

/** The risks and sizes of planted clusters that are tried unless others are asked for. */
export const triedRisks: readonly number[] = [1.5, 2, 3, 4, 6, 8, 12, 20];
export const triedSizes: readonly number[] = [1, 7, 20];

/**
 * Tests the request it is given, `inputs` being those of `process`, with simulated incidents in place of the reported ones.
 * `runs` maps without a cluster and as many for every relative risk and cluster size; `dispersion` above 1: incidents come in bunches.
 */
export const SelfTestInputs = z.strictObject({
  process: z.enum(["hotspots", "space-time-scan"]).default("hotspots"),
  inputs: z.record(z.string(), z.unknown()).default({}),
  runs: z.number().int().min(20).max(10_000).default(200),
  relativeRisks: z
    .array(z.number().gt(1).max(1000))
    .min(1)
    .max(20)
    .default([...triedRisks]),
  clusterSizes: z
    .array(z.number().int().min(1).max(1000))
    .min(1)
    .max(10)
    .default([...triedSizes]),
  dispersion: z.number().min(1).max(1000).default(1),
  seed,
});
