import { z } from "zod";

export const villageCode = z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/);

/** A village in which an incident may have been, and how likely that is. */
export interface VillageCandidate {
  readonly villageCode: string;
  /** In (0, 1]. */
  readonly probability: number;
}

/** Probabilities that add up to one in decimals need not in binary. */
const slack = 1e-9;

const sumOf = (candidates: readonly { probability: number }[]): number => candidates.reduce((sum, { probability }) => sum + probability, 0);

/** The villages in which an incident may have been: at least two, each once, probabilities adding up to at most 1; the rest is a place not named. */
export const VillageCandidates = z
  .array(z.strictObject({ village_code: villageCode, probability: z.number().gt(0).max(1) }))
  .min(2)
  .max(50)
  .refine((candidates) => new Set(candidates.map((candidate) => candidate.village_code)).size === candidates.length)
  .refine((candidates) => sumOf(candidates) <= 1 + slack);

export const candidatesExpected =
  "[{village_code, probability}, …], 2–50, probability > 0, jumlah paling banyak 1 / adding up to at most 1; village_code = yang paling mungkin / the likeliest";

/** The likeliest village, the first of several that are as likely. */
export function likeliest(candidates: readonly VillageCandidate[]): VillageCandidate {
  return candidates.reduce((best, candidate) => (candidate.probability > best.probability ? candidate : best));
}

/** Whether no other candidate is likelier than the village that the incident is filed under. */
export function isLikeliest(candidates: readonly VillageCandidate[], code: string): boolean {
  return candidates.find((candidate) => candidate.villageCode === code)?.probability === likeliest(candidates).probability;
}
