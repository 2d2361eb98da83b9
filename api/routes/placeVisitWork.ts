import { randomUUID } from "node:crypto";
import { maySee } from "../access/people.ts";
import { type AgreementRecord, checkAgreement } from "../contract/agreement.ts";
import type { Checked } from "../contract/keptProperties.ts";
import { checkMediator, type MediatorRecord } from "../contract/mediator.ts";
import { checkVisit, type VisitRecord } from "../contract/visit.ts";
import { checkTeam, type TeamRecord } from "../contract/visitTeam.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findVillage } from "../queries/incidents.ts";
import { isArea, isPotential, isTeamNameTaken, teamName, visitAppointment, visitOfAgreement } from "../queries/visitReferences.ts";
import type { VisitWorkKind } from "../queries/visitWork.ts";

export interface When {
  readonly now: Date;
  readonly timeZone: string;
}
type Columns = Readonly<Record<string, unknown>>;
/** Looks up what a checked record refers to, as the person may see it, and tells all its columns. */
type Placing<Read> = (transaction: Transaction, id: string, record: Read, person: Person) => Promise<Columns>;

/** How one kind is read from what was sent and put into its columns. */
export interface Placed<Read = never> {
  readonly check: (properties: unknown, when: When, point: readonly [number, number] | null) => Checked<Read>;
  readonly place: Placing<Read>;
}

async function refuseUnknownArea(
  transaction: Transaction,
  person: Person,
  fields: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  for (const [field, codes] of Object.entries(fields))
    for (const code of codes)
      if (!maySee(person, code) || !(await isArea(transaction, code))) throw problem("unknown_area", { field, value: code });
}

const inSeconds = (moment: unknown): number | null => (typeof moment === "string" ? Math.round(Date.parse(moment) / 1000) : null);

/** What a calendar tells of a visit: when any of it changes, its sequence grows. */
const appointmentOf = (visit: Columns): string =>
  JSON.stringify([
    visit.village_code,
    visit.team_id,
    visit.day,
    inSeconds(visit.starts_at),
    inSeconds(visit.ends_at),
    visit.status,
    visit.purpose,
  ]);

const placeVisit: Placing<VisitRecord> = async (transaction, id, record, person) => {
  const { village_code, team_id, potential_id } = record;
  if (!maySee(person, village_code) || !(await findVillage(transaction, village_code, null)))
    throw problem("unknown_village", { field: "village_code", value: village_code });
  const team = team_id && (await teamName(transaction, team_id));
  if (team_id && !team) throw problem("unknown_reference", { field: "team_id", value: team_id });
  if (potential_id && !(await isPotential(transaction, potential_id)))
    throw problem("unknown_reference", { field: "potential_id", value: potential_id });
  const before = await visitAppointment(transaction, id);
  const sequence = before ? before.sequence + (appointmentOf(before) === appointmentOf({ ...record }) ? 0 : 1) : 0;
  // A team of a plan that is no kept team is known by its name alone.
  const named = team ?? (before && before.team_id === null ? before.team : null);
  return { ...record, regency_code: village_code.slice(0, 5), team: named, sequence };
};

const placeAgreement: Placing<AgreementRecord> = async (transaction, _id, record) => {
  const visit = await visitOfAgreement(transaction, record.visit_id);
  if (!visit) throw problem("unknown_reference", { field: "visit_id", value: record.visit_id });
  return {
    ...record,
    village_code: visit.villageCode,
    regency_code: visit.villageCode.slice(0, 5),
    agreed_on: record.agreed_on ?? visit.day,
    issue: record.issue ?? visit.issue,
    items: record.items.map((item) => ({ ...item, id: item.id ?? randomUUID() })),
  };
};

const placeMediator: Placing<MediatorRecord> = async (transaction, _id, record, person) => {
  await refuseUnknownArea(transaction, person, { area_code: [record.area_code], serves: record.serves });
  return { ...record };
};

const placeTeam: Placing<TeamRecord> = async (transaction, id, record, person) => {
  await refuseUnknownArea(transaction, person, { area_code: [record.area_code], base_code: record.base_code ? [record.base_code] : [] });
  if (await isTeamNameTaken(transaction, record.area_code, record.name, id))
    throw problem("team_name_taken", { field: "name", value: record.name });
  return { ...record };
};

/** Each kind by the name of its collection. */
export const placedKinds: Readonly<Record<VisitWorkKind, Placed>> = {
  visits: { check: checkVisit, place: placeVisit },
  agreements: { check: checkAgreement, place: placeAgreement },
  mediators: { check: checkMediator, place: placeMediator },
  teams: {
    check: (properties: unknown, _when: When, point: readonly [number, number] | null) => checkTeam(properties, point),
    place: placeTeam,
  },
} as unknown as Record<VisitWorkKind, Placed>;
