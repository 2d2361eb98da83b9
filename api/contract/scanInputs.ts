import { z } from "zod";
import { question, seed } from "./questionInputs.ts";

/**
 * `stepDays` are counted back from the end of the period; `maxDays` defaults to half the period.
 * Clusters in the result run from `from` (first day) to `to` (first day after), as periods do everywhere.
 */
export const SpaceTimeScanInputs = z.strictObject({
  ...question,
  model: z
    .enum(["poisson", "permutation"])
    .default("poisson")
    .describe("poisson: events against people; permutation: against the events' own places and times, without people"),
  temporal: z.boolean().default(true).describe("false: the whole period at once"),
  stepDays: z.number().int().min(1).max(366).default(7).describe("counted back from the end of the period; the first step may be short"),
  maxPopulation: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.5)
    .describe("largest share of the people at risk (permutation: of the events) in a cluster"),
  maxDays: z.number().int().min(1).max(36_600).optional().describe("longest cluster; half the period when absent"),
  minimumCases: z.number().int().min(2).max(1000).default(2),
  zones: z
    .enum(["circular", "adjacency"])
    .default("circular")
    .describe("circular: around a centre; adjacency: any connected areas among the maxAreas nearest to a seed"),
  maxAreas: z.number().int().min(2).max(15).default(10).describe("adjacency: of how many areas nearest to its seed a zone is made"),
  prospective: z.boolean().default(false).describe("only clusters that last until the end of the period"),
  simulations: z.number().int().min(99).max(99_999).default(999),
  stopAfter: z
    .number()
    .int()
    .min(5)
    .max(1000)
    .optional()
    .describe("stops once this many simulations are as strong as the strongest cluster (Besag & Clifford); absent: all simulations"),
  alpha: z.number().gt(0).max(0.5).default(0.05).describe("clusters with p at most this are significant and fill the column cluster"),
  seed,
});
