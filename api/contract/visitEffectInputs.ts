import { z } from "zod";
import { question, seed } from "./questionInputs.ts";
import { isDay } from "./time.ts";

const day = z.string().refine(isDay, "YYYY-MM-DD");

export const VisitEffectInputs = z.strictObject({
  areas: question.areas,
  issues: question.issues,
  statuses: question.statuses,
  period: question.period.describe("Incidents and visits of these days; three years until today when absent, from the first incident on."),
  visits: z
    .array(z.strictObject({ code: z.string().max(13), day }))
    .max(20_000)
    .optional()
    .describe("Visits that were made, in place of those on record."),
  afterDays: z.number().int().min(14).max(180).default(90).describe("Incidents are counted so many days after a visit."),
  roundDays: z
    .number()
    .int()
    .min(1)
    .max(31)
    .default(7)
    .describe("Visits of so many days are decided together; 1 where each is decided by itself."),
  controls: z.number().int().min(1).max(5).default(3).describe("Villages that each visited one is compared with, at most."),
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  permutations: z.number().int().min(199).max(99_999).default(9999),
  simulations: z.number().int().min(100).max(2000).default(400).describe("Invented histories for the power of each effect."),
  seed,
});
export type VisitEffectInputs = z.output<typeof VisitEffectInputs>;
