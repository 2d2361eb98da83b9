import { problem } from "../problem.ts";

/** Refuses a change by somebody who has not read the newest version. @throws precondition_required without If-Match, stale with another's. */
export function refuseStale(existing: { readonly version: number }, ifMatch: string | undefined): void {
  if (ifMatch === undefined) throw problem("precondition_required");
  const tags = ifMatch.split(",").map((tag) => tag.trim());
  if (!tags.includes(`"${existing.version}"`) && !tags.includes("*")) throw problem("stale", { value: existing.version });
}
