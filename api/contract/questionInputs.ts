import { z } from "zod";
import { incidentStatuses, Period } from "./incident.ts";
import { issueCodes } from "./taxonomy.ts";

const areaCode = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35 | 35.17 | 35.17.01 | 35.17.01.2001");
const edge = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.number().positive()])]);
export const levels = ["village", "district", "regency"] as const;

/** Which incidents of which areas: the inputs that most processes share. */
export const question = {
  areas: z.array(areaCode).min(1).max(100_000).optional(),
  period: Period.optional(),
  issues: z.array(z.enum(issueCodes)).min(1).optional(),
  statuses: z.array(z.enum(incidentStatuses)).min(1).default(["reported", "verified"]),
  level: z.enum(levels).default("village"),
  border: z.boolean().default(true),
  population: z
    .enum(["nearest", "interpolated"])
    .optional()
    .describe(
      "nearest (also when absent): people of the year nearest to the middle of the period; interpolated: on the straight line between the years around it, where there are two.",
    ),
};

/** What to do with incidents that may have been in several villages: counted in the likeliest, in each by its probability, or not at all. */
export const places = z.enum(["likeliest", "weighted", "certain_only"]).default("likeliest");

/** The same for processes on single incidents: points have no level, and no neighbours across a border. */
export const pointQuestion = { areas: question.areas, period: question.period, issues: question.issues, statuses: question.statuses };

/** Names the random numbers: equal inputs, data and seed give equal bits. */
export const seed = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(1);

const largestText = 64 * 1024 * 1024;

/** The inputs of `weights`, also given inside other processes as `weights`. */
export const WeightsInput = z.strictObject({
  kind: z.enum(["queen", "rook", "knn", "distance", "kernel", "given"]).default("queen"),
  k: z.number().int().min(1).max(100).default(6),
  distanceMetres: z.number().positive().max(1_000_000).default(5000),
  toleranceMetres: z
    .number()
    .min(2)
    .max(1000)
    .optional()
    .describe(
      "queen, rook: borders at most this far apart touch (10). Another value is worked out from the stored shapes, for at most 10,000 villages.",
    ),
  edges: z.array(edge).max(5_000_000).optional(),
  gal: z.string().max(largestText).optional().describe("given: the text of a .gal file whose identifiers are area codes."),
  gwt: z.string().max(largestText).optional().describe("given: the text of a .gwt file whose identifiers are area codes."),
  gwtColumn: z
    .enum(["weight", "distance"])
    .optional()
    .describe("What the third word of a .gwt line is (weight). Distances only say who is a neighbour: farther must not weigh more."),
});
export type WeightsInput = z.infer<typeof WeightsInput>;
export const weights = WeightsInput.prefault({});
