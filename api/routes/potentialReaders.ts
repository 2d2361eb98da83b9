import type { Person, Role } from "../endpoint.ts";
import { problem } from "../problem.ts";

/** Who reads and keeps standing disputes: they name groups, so neither viewers, who see sums, nor those who only file reports. */
export const potentialReaders: readonly Role[] = ["analyst", "leader", "verifier", "admin"];

/** @throws not_allowed where the collection is standing disputes and the person is none of those. */
export function refuseUnfitReader(collection: string, person: Person): void {
  if (collection === "potentials" && !potentialReaders.includes(person.role)) throw problem("not_allowed", { role: person.role });
}
