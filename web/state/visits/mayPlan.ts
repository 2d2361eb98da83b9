const planners: readonly string[] = ["leader", "admin"];

/** Who plans visits and sees them at all. */
export function mayPlanVisits(role: string | undefined): boolean {
  return planners.includes(role ?? "");
}
