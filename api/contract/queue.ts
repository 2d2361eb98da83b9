import { z } from "zod";
import { villageCode } from "./villageCandidates.ts";

/** What a queued row came with; boundaries and reports may wait there too. */
export const queueKinds = ["incidents", "indicators", "reports", "boundaries"] as const;
export type QueueKind = (typeof queueKinds)[number];

/** `waiting`: nobody has chosen; `placed`: in one village; `kept`: with its candidates; `dropped`: not taken, with a reason. */
export const queueStates = ["waiting", "placed", "kept", "dropped"] as const;
export type QueueState = (typeof queueStates)[number];

export const QueueCandidate = z.object({
  village_code: villageCode,
  name: z.string(),
  district_name: z.string().nullable(),
  regency_name: z.string().nullable(),
  /** In (0, 1]; those of a row add up to at most 1. */
  probability: z.number(),
});
export type QueueCandidate = z.infer<typeof QueueCandidate>;

export const QueuedRow = z.object({
  id: z.string(),
  kind: z.enum(queueKinds),
  import_id: z.string(),
  file_name: z.string(),
  /** As in the import's report: table lines as in a spreadsheet, features from 1. */
  row: z.number().int(),
  /** A code of the catalogue: `place_ambiguous`, `place_unknown`, `place_coarse`, `code_twice`. */
  reason: z.string(),
  /** The reason in the asker's language. */
  message: z.string(),
  /** The place as it was written; null where the place is not the question. */
  place: z.string().nullable(),
  /** What the row says, by field. */
  record: z.record(z.string(), z.unknown()),
  /** Likeliest first. */
  candidates: z.array(QueueCandidate),
  /** The chance that it is none of the candidates; null where there are none. */
  none_probability: z.number().nullable(),
  /** Other rows of the queue of which at most one may be taken together with this one: choosing one drops them. */
  excludes: z.array(z.string()),
  /** Whether `keep: "candidates"` is possible: at least two candidates, and a kind that can carry them. */
  can_keep: z.boolean(),
  state: z.enum(queueStates),
  queued_by: z.string(),
  queued_at: z.string(),
  settled_by: z.string().nullable(),
  settled_at: z.string().nullable(),
  village_code: z.string().nullable(),
  drop_reason: z.string().nullable(),
  /** What was made of it: the incident's id or the areas whose values were stored; null while nothing was. */
  made: z.object({ incident: z.string().optional(), area: z.string().optional() }).nullable(),
  version: z.number().int(),
});
export type QueuedRow = z.infer<typeof QueuedRow>;

export const QueuePage = z.object({
  queue: z.array(QueuedRow),
  numberMatched: z.number().int(),
  numberReturned: z.number().int(),
  links: z.array(z.object({ rel: z.string(), href: z.string() })),
});
export type QueuePage = z.infer<typeof QueuePage>;

/** How a person settles a row: one village, all candidates with their probabilities, or not at all. */
export const Settlement = z.union([
  z.strictObject({ village_code: villageCode }),
  z.strictObject({ keep: z.literal("candidates") }),
  z.strictObject({ drop: z.literal(true), reason: z.string().trim().min(1).max(500) }),
]);
export type Settlement = z.infer<typeof Settlement>;

/** The answer to settling and undoing: the row as it is now, and the rows that were dropped or came back with it. */
export const SettledRow = z.object({ row: QueuedRow, others: z.array(z.string()) });
