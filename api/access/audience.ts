import type { Person, Role } from "../endpoint.ts";
import { problem } from "../problem.ts";

/**
 * Which view a person gets of what happened: `full` is every item of the own areas, `own` what the person filed and what was shared with them by name,
 * `aggregates` kecamatan by month with small cells kept back. Shapes and names of areas are the same for all.
 */
export type Audience = "full" | "own" | "aggregates";

const audiences: Readonly<Record<Role, Audience>> = {
  analyst: "full",
  leader: "full",
  verifier: "full",
  admin: "full",
  reporter: "own",
  partner: "own",
  viewer: "aggregates",
};

export const audienceOf = (person: Person): Audience => audiences[person.role];

/** The name that bounds what is read, or null for those who read all of their areas. Viewers read no items at all. */
export const ownReader = (person: Person): string | null => (audienceOf(person) === "full" ? null : person.name);

/** Whether a person changes what somebody recorded: the team all of it, the others their own, never what was only shown to them. */
export const mayChange = (person: Person, recordedBy: string): boolean => audienceOf(person) === "full" || recordedBy === person.name;

/** Collections of areas: public names and shapes. */
const areaCollections: readonly string[] = ["provinces", "regencies", "districts", "villages"];

const readable: Readonly<Record<Audience, (collection: string) => boolean>> = {
  full: () => true,
  own: (collection) => areaCollections.includes(collection) || collection === "incidents" || collection === "reports",
  aggregates: (collection) => areaCollections.includes(collection),
};

/** Who goes where, what was agreed and who mediates: planned and read by leaders. */
export const planners: readonly Role[] = ["leader", "admin"];
const plannersCollections: readonly string[] = ["visits", "agreements", "mediators", "teams"];

/** Whether a person reads items of a collection. Standing disputes name groups and scores name villages: both stay with the team; visits with its leaders. */
export const mayReadCollection = (person: Person, collection: string): boolean =>
  readable[audienceOf(person)](collection) && (planners.includes(person.role) || !plannersCollections.includes(collection));

/** @throws not_allowed where the person reads no items of the collection, whether there are any or not. */
export function refuseUnfitReader(collection: string, person: Person): void {
  if (!mayReadCollection(person, collection)) throw problem("not_allowed", { role: person.role });
}
