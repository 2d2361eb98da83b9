import { z } from "zod";
import { pointQuestion, seed } from "./questionInputs.ts";

const metres = z.number().positive().max(1_000_000);

/** `epsilonMetres` is not used by hdbscan, `epsilonDays` only by st_dbscan; `minPoints` counts the point itself, and is at most 1,000 for hdbscan. */
export const ClustersInputs = z.strictObject({
  ...pointQuestion,
  algorithm: z.enum(["dbscan", "st_dbscan", "hdbscan"]).default("dbscan"),
  epsilonMetres: metres.min(1).default(500),
  epsilonDays: z.number().positive().max(36_600).default(14),
  minPoints: z.number().int().min(2).max(10_000).default(5),
});

/** Without `bandwidthMetres` one is chosen from the points and stated. `adaptive` widens it where incidents are few. */
export const DensityInputs = z.strictObject({
  ...pointQuestion,
  bandwidthMetres: metres.optional(),
  cellMetres: metres.optional(),
  kernel: z.enum(["quartic"]).default("quartic"),
  adaptive: z.boolean().default(false),
});

/** Upper edges of the table's bands: each runs from the edge before it, or 0, up to below its own. `alpha` is for all cells of the table together. */
export const NearRepeatInputs = z.strictObject({
  ...pointQuestion,
  distancesMetres: z.array(metres.min(1)).min(1).max(50).default([250, 500, 1000, 2000]),
  days: z.array(z.number().positive().max(36_600)).min(1).max(50).default([7, 14, 28, 56]),
  simulations: z.number().int().min(99).max(99_999).default(999),
  alpha: z.number().gt(0).lt(1).default(0.05),
  seed,
});
