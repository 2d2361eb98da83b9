import { z } from "zod";

/** What can be decided about an incident or a report: sent in, verified at the kecamatan, verified at the kabupaten, refused. */
export const decisions = ["reported", "district", "regency", "rejected"] as const;
export type Decision = (typeof decisions)[number];

export const Verification = z.strictObject({
  to: z.enum(decisions),
  /** Why; needed to refuse and to take a decision back. */
  reason: z.string().trim().min(1).max(2000).nullish(),
});

/** Where an item stands on the way from draft to verified. */
type Standing = "draft" | "reported" | "district" | "regency" | "rejected" | "merged";

/** Where one may go from where; each step back needs a reason. */
const steps: Readonly<Record<Standing, readonly Decision[]>> = {
  draft: ["reported"],
  reported: ["district", "regency", "rejected"],
  district: ["regency", "reported", "rejected"],
  regency: ["reported", "rejected"],
  rejected: ["reported"],
  merged: [],
};

/** Where something stands by its status and the level at which it is verified. */
export function standingOf(status: string, level: string | null): Standing {
  if (status === "verified") return "regency";
  if (status === "reported" && level === "district") return "district";
  return status as Standing;
}

/** The steps that can be taken from there. */
export function stepsFrom(standing: Standing): readonly Decision[] {
  return steps[standing];
}

/** Whether the step takes something back or refuses it, so that it needs a reason. */
export function needsReason(from: Standing, to: Decision): boolean {
  return to === "rejected" || (to === "reported" && from !== "draft");
}

/** The status and the level that a decision gives. */
export function stateOf(to: Decision): { status: string; level: "district" | "regency" | null } {
  if (to === "regency") return { status: "verified", level: "regency" };
  return to === "district" ? { status: "reported", level: "district" } : { status: to, level: null };
}
