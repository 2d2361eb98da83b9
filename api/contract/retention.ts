import { z } from "zod";

/** What has a clock, and after how many days it is removed unless set otherwise; null is kept for good. */
export const retentionDefaults = {
  /** Identities of reporters, from the day they were filed: two years, by when a case is closed or has a file of its own. */
  identities: 730,
  /** Drafts that nobody changed. */
  drafts: 180,
  /** Reports and incidents that were rejected, from the decision; long enough to object. */
  rejected: 365,
  /** Reports and incidents that were withdrawn. */
  withdrawn: 365,
  /** Attached files that were withdrawn. */
  attachments: 30,
  /** Sessions after their end. */
  sessions: 1,
  /** Answers kept for repeated requests. */
  answers: 7,
} as const satisfies Record<string, number>;

export type RetentionKind = keyof typeof retentionDefaults;
export const retentionKinds = Object.keys(retentionDefaults) as RetentionKind[];

export const RetentionDays = z.partialRecord(
  z.enum(retentionKinds as [RetentionKind, ...RetentionKind[]]),
  z.number().int().min(1).max(36_500).nullable(),
);
export type RetentionDays = z.output<typeof RetentionDays>;
