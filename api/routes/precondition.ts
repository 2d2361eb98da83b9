import { problem } from "../problem.ts";

/** Refuses a change that was not made on what is there now. @throws precondition_required without If-Match, stale for another version. */
export function refuseStaleMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined) throw problem("precondition_required");
  const tags = ifMatch.split(",").map((tag) => tag.trim());
  if (!tags.includes(`"${version}"`) && !tags.includes("*")) throw problem("stale", { value: version });
}
