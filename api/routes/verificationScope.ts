import { maySee } from "../access/people.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import type { Level } from "../queries/verification.ts";

const judged: readonly string[] = ["verified", "rejected", "merged"];

/** The highest level at which a person may verify what happened in a village: kabupaten, kecamatan, or none. */
export function levelOf(person: Person, villageCode: string): Level | null {
  if (person.role !== "verifier" && person.role !== "admin") return null;
  if (maySee(person, villageCode.slice(0, 5))) return "regency";
  return maySee(person, villageCode.slice(0, 8)) ? "district" : null;
}

/** Only those who verify may say that something is verified, and only where they work for the whole kabupaten. `villageCode` null is not known yet. */
export function refuseUnfitStatus(person: Person, status: string, villageCode: string | null): void {
  if (!judged.includes(status)) return;
  if (person.role !== "verifier" && person.role !== "admin")
    throw problem("not_allowed", { role: person.role, field: "status", value: status });
  if (villageCode !== null && maySee(person, villageCode) && levelOf(person, villageCode) !== "regency")
    throw problem("level_refused", { field: "status", value: villageCode.slice(0, 5) });
}
