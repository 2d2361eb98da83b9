import { problem } from "../problem.ts";

/** Refuses a change that was not made on what is there now. @throws precondition_required without If-Match, stale for another version. */
export function refuseStaleMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined) throw problem("precondition_required");
  const tags = ifMatch.split(",").map((tag) => tag.trim());
  if (!tags.includes(`"${version}"`) && !tags.includes("*")) throw problem("stale", { value: version });
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id in a path, in lower case; one that is no UUID cannot exist. */
export function idInPath(item: string | undefined): string {
  const id = item?.toLowerCase() ?? "";
  return uuidPattern.test(id) ? id : "00000000-0000-0000-0000-000000000000";
}
