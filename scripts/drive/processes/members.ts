import { readdirSync, readFileSync } from "node:fs";

function parentOf(id: number): number | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}

/** The processes of the service that a supervisor keeps, the one that has lived longest first. Linux only. */
export function membersOf(supervisor: number): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((id) => parentOf(id) === supervisor && readFileSync(`/proc/${id}/environ`, "utf8").includes("WASPADA_MEMBER="))
    .sort((a, b) => a - b);
}
