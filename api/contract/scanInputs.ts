import { z } from "zod";
import { question, seed } from "./questionInputs.ts";

/** `stepDays` are counted back from the end of the period; `maxDays` defaults to half the period. */
export const SpaceTimeScanInputs = z.strictObject({
  ...question,
  model: z.enum(["poisson", "permutation"]).default("poisson"),
  temporal: z.boolean().default(true),
  stepDays: z.number().int().min(1).max(366).default(7),
  maxPopulation: z.number().gt(0).max(0.5).default(0.5),
  maxDays: z.number().int().min(1).max(36_600).optional(),
  minimumCases: z.number().int().min(2).max(1000).default(2),
  zones: z.enum(["circular", "adjacency"]).default("circular"),
  prospective: z.boolean().default(false),
  simulations: z.number().int().min(99).max(99_999).default(999),
  seed,
});
