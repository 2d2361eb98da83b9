import { z } from "zod";

/** What the service raises by itself from visits, agreements and standing disputes. Others may raise further kinds. */
export const dueKinds = [
  "agreement_item_overdue",
  "agreement_review_due",
  "visit_review_due",
  "visit_not_recorded",
  "potential_review_due",
] as const;
/** What assessments raise: a village that reached a higher band, villages newly hot, a cluster that goes on, more reports than expected. */
export const findingKinds = ["band_crossed", "hotspot_appeared", "scan_cluster", "surge"] as const;
export const alertStates = ["open", "owned", "answered", "settled"] as const;

/** An alert as it travels. `subject_kind` is the name of a collection, `subject_id` the id in it. */
export const Alert = z.object({
  id: z.string(),
  version: z.number(),
  kind: z.string(),
  area_code: z.string(),
  area_name: z.string().nullable(),
  subject_kind: z.string(),
  subject_id: z.string(),
  due_on: z.string().nullable(),
  days_overdue: z.number().nullable(),
  details: z.record(z.string(), z.unknown()),
  raised_at: z.string(),
  owner: z.string().nullable(),
  owned_at: z.string().nullable(),
  state: z.enum(alertStates),
  answer: z.string().nullable(),
  answered_at: z.string().nullable(),
  answered_by: z.string().nullable(),
  settled_at: z.string().nullable(),
});
export type Alert = z.output<typeof Alert>;
