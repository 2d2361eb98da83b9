import { randomUUID } from "node:crypto";
import { maySee } from "../access/people.ts";
import { type CheckedPotential, checkPotential } from "../contract/potential.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { potentialHash } from "../imports/potentialRow.ts";
import { problem } from "../problem.ts";
import { unknownVillage } from "../queries/candidates.ts";
import { collections } from "../queries/collections.ts";
import { findVillage, villageAt } from "../queries/incidents.ts";
import { readItem } from "../queries/items.ts";
import { keepPotential, lockPotential, type PlacedPotential, type StoredPotential, withdrawPotential } from "../queries/potentials.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { markDue } from "../queries/standing.ts";
import { featureOf } from "./features.ts";
import { refuseStaleMatch } from "./precondition.ts";

export interface SentPotential {
  readonly id?: string | number | undefined;
  readonly geometry?: unknown;
  readonly properties: Record<string, unknown>;
}
interface When {
  readonly now: Date;
  readonly timeZone: string;
}
export interface KeptPotential {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Reads what was sent as a standing dispute. @throws the first fault as a problem, all of them in `errors`. */
function readPotential(sent: SentPotential, frame: When): CheckedPotential {
  const id = sent.id ?? sent.properties.id;
  const checked = checkPotential(id === undefined ? sent.properties : { ...sent.properties, id }, sent.geometry, frame);
  if ("potential" in checked) return checked.potential;
  const { code, ...details } = checked.faults[0] ?? { code: "not_a_feature" as const };
  throw problem(code, { ...details, errors: checked.faults });
}

async function place(transaction: Transaction, sent: SentPotential, person: Person, frame: When): Promise<PlacedPotential> {
  const potential = readPotential(sent, frame);
  const contentHash = potentialHash(sent.properties, sent.geometry);
  const id = potential.id ?? randomUUID();
  if (potential.villageCode === null) {
    const village = potential.point && (await villageAt(transaction, potential.point));
    if (!village || !maySee(person, village.code)) throw problem("point_outside", { field: "geometry", value: potential.point });
    return { ...potential, id, villageCode: village.code, villageCodes: [village.code], contentHash };
  }
  const outside =
    potential.villageCodes.find((code) => !maySee(person, code)) ?? (await unknownVillage(transaction, potential.villageCodes));
  if (outside !== null && outside !== undefined)
    throw problem("unknown_village", { field: outside === potential.villageCode ? "village_code" : "village_codes", value: outside });
  if (!(await findVillage(transaction, potential.villageCode, null)))
    throw problem("unknown_village", { field: "village_code", value: potential.villageCode });
  return { ...potential, id, villageCode: potential.villageCode, contentHash };
}

async function stored(transaction: Transaction, id: string, timeZone: string, status: number): Promise<KeptPotential> {
  const row = await readItem(transaction, collections.potentials, id, null);
  if (!row) throw problem("not_found", { value: `potentials ${id}` });
  return {
    status,
    headers: { ETag: `"${row.version}"`, Location: `/api/collections/potentials/items/${id}` },
    body: featureOf("potentials", row, timeZone).text,
  };
}

async function changed(transaction: Transaction, villageCodes: readonly string[], now: Date): Promise<void> {
  await markDue(transaction, villageCodes, now);
  await bumpDataVersion(transaction);
}

/** Keeps a new dispute. The same id with the same content is the same dispute; with other content it is refused. */
export async function createPotential(transaction: Transaction, sent: SentPotential, person: Person, frame: When): Promise<KeptPotential> {
  const placed = await place(transaction, sent, person, frame);
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`potential ${placed.id}`]);
  const existing = await lockPotential(transaction, placed.id);
  if (existing) {
    if (existing.withdrawnAt !== null || existing.contentHash !== placed.contentHash)
      throw problem("id_taken", { field: "id", value: placed.id });
    return stored(transaction, placed.id, frame.timeZone, 200);
  }
  await keepPotential(transaction, placed, 1, { at: frame.now, person: person.name, operation: "create" });
  await changed(transaction, placed.villageCodes, frame.now);
  return stored(transaction, placed.id, frame.timeZone, 201);
}

async function current(transaction: Transaction, id: string, person: Person, ifMatch: string | undefined): Promise<StoredPotential> {
  const existing = await lockPotential(transaction, id);
  if (!existing || !maySee(person, existing.villageCode)) throw problem("not_found", { value: `potentials ${id}` });
  if (existing.withdrawnAt !== null) throw problem("gone", { value: `potentials ${id}` });
  refuseStaleMatch(ifMatch, existing.version);
  return existing;
}

/** Replaces a dispute if nobody changed it since it was read; so it is also closed and opened again. Its status stays unless one is sent. */
export async function changePotential(
  transaction: Transaction,
  id: string,
  sent: SentPotential,
  ifMatch: string | undefined,
  person: Person,
  frame: When,
): Promise<KeptPotential> {
  const existing = await current(transaction, id, person, ifMatch);
  const status = sent.properties.status ?? existing.status;
  const placed = await place(transaction, { ...sent, id, properties: { ...sent.properties, id, status } }, person, frame);
  const turned = placed.status === "closed" ? ("close" as const) : ("reopen" as const);
  await keepPotential(transaction, placed, existing.version + 1, {
    at: frame.now,
    person: person.name,
    operation: placed.status === existing.status ? "replace" : turned,
  });
  await changed(transaction, [existing.villageCode, ...placed.villageCodes], frame.now);
  return stored(transaction, id, frame.timeZone, 200);
}

/** Withdraws a dispute that should never have been kept: it stays in its history and is shown nowhere. */
export async function removePotential(
  transaction: Transaction,
  id: string,
  ifMatch: string | undefined,
  person: Person,
  frame: When,
): Promise<void> {
  const existing = await current(transaction, id, person, ifMatch);
  await withdrawPotential(transaction, id, { at: frame.now, person: person.name });
  await changed(transaction, [existing.villageCode], frame.now);
}
