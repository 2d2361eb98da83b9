import { z } from "zod";
import { places, question, seed, WeightsInput, weights } from "./questionInputs.ts";
import { isDay, isMoment } from "./time.ts";

const measures = ["count", "rate", "eb"] as const;

export const RatesInputs = z.strictObject({
  ...question,
  places,
  per: z.number().positive().max(1e9).default(10_000),
  annual: z.boolean().default(false),
  smoothing: z.enum(["none", "global", "local", "gamma"]).default("local"),
  weights,
  credible: z.number().gt(0).lt(1).default(0.9),
});

export const WeightsInputs = z.strictObject({
  areas: question.areas,
  level: question.level,
  border: question.border,
  ...WeightsInput.shape,
});

export const AutocorrelationInputs = z.strictObject({
  ...question,
  places,
  statistic: z
    .enum(["moran", "geary", "join_count"])
    .default("moran")
    .describe("join_count: an area with at least one incident is black; measure is not used."),
  islandsPolicy: z
    .enum(["left_out_of_n", "counted_in_n"])
    .default("left_out_of_n")
    .describe("Whether areas without neighbours belong to the n that the statistic is scaled by."),
  measure: z.enum(measures).default("eb"),
  weights,
  permutations: z.number().int().min(0).max(9_999_999).default(99_999),
  seed,
});

export const HotspotsInputs = z.strictObject({
  ...question,
  places,
  statistic: z.enum(["gi_star", "gi", "local_moran", "exact"]).default("gi_star"),
  measure: z.enum(measures).default("rate"),
  weights,
  significance: z.enum(["analytic", "permutation"]).default("permutation"),
  tail: z.enum(["two_sided", "high"]).default("two_sided"),
  permutations: z.number().int().min(99).max(9_999_999).default(99_999),
  correction: z.enum(["none", "fdr", "bonferroni"]).default("fdr"),
  alpha: z.number().gt(0).lt(1).default(0.05),
  seed,
});

const componentNames = ["kejadian", "imbasan", "kecenderungan", "kerentanan", "agenda", "potensi"] as const;

export const RiskInputs = z.strictObject({
  areas: question.areas,
  issues: question.issues,
  statuses: question.statuses,
  border: question.border,
  asOf: z
    .string()
    .refine((text) => isDay(text) || isMoment(text), "YYYY-MM-DD | RFC 3339")
    .optional(),
  horizonDays: z.number().int().min(1).max(730).default(90),
  components: z.partialRecord(z.enum(componentNames), z.number().min(0).max(1000)).optional(),
  seed,
});
