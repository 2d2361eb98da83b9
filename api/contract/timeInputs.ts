import { z } from "zod";
import { question, seed, weights } from "./questionInputs.ts";

/** The last `steps` steps of `stepDays` before the end of the period; without `steps`, as many as the period holds. */
export const EmergingHotspotsInputs = z.strictObject({
  ...question,
  stepDays: z.number().int().min(1).max(366).default(30),
  steps: z.number().int().min(2).max(520).optional(),
  measure: z.enum(["count", "rate", "eb"]).default("rate"),
  weights,
  permutations: z.number().int().min(99).max(9_999_999).default(99_999),
  alpha: z.number().gt(0).lt(1).default(0.05),
  seed,
});

/** Weekly counts before `asOf` by kecamatan against what the years before lead one to expect. */
export const SurgeInputs = z.strictObject({
  areas: question.areas,
  issues: question.issues,
  statuses: question.statuses,
  level: z.enum(["district", "regency"]).default("district"),
  asOf: z.iso.date().optional(),
  weeks: z.number().int().min(1).max(104).default(26),
  alpha: z.number().gt(0).lt(0.5).default(0.01),
});
