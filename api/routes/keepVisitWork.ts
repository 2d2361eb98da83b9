import { createHash, randomUUID } from "node:crypto";
import { maySee } from "../access/people.ts";
import { agreementRules } from "../contract/agreement.ts";
import { looksSwapped } from "../contract/incident.ts";
import { mediatorRules } from "../contract/mediator.ts";
import { visitRules } from "../contract/visit.ts";
import { teamRules } from "../contract/visitTeam.ts";
import { StatementError, type Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem } from "../queries/items.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { mediatorContact } from "../queries/visitReferences.ts";
import { type KeptState, keepVisitWork, lockVisitWork, type VisitWorkKind, withdrawVisitWork } from "../queries/visitWork.ts";
import { featureOf } from "./features.ts";
import { placedKinds, type When } from "./placeVisitWork.ts";
import { refuseStaleMatch } from "./precondition.ts";

export interface SentFeature {
  readonly id?: string | undefined;
  readonly geometry?: unknown;
  readonly properties: Record<string, unknown>;
}
export interface KeptFeature {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export const rulesOf = { visits: visitRules, agreements: agreementRules, mediators: mediatorRules, teams: teamRules } as const;
export const addressOf = (kind: VisitWorkKind, id: string): string => `/api/collections/${kind}/items/${id}`;

/** The base of a team that is no area; the others stand where their village is. @throws invalid_point, swapped_axes */
function pointOf(kind: VisitWorkKind, geometry: unknown): readonly [number, number] | null {
  if (kind !== "teams" || geometry === null || geometry === undefined) return null;
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  const [x, y] = type === "Point" && Array.isArray(coordinates) ? (coordinates as unknown[]) : [];
  if (typeof x !== "number" || typeof y !== "number" || Math.abs(x) > 180 || Math.abs(y) > 180)
    throw problem("invalid_point", { field: "geometry", value: coordinates ?? type });
  if (looksSwapped([x, y])) throw problem("swapped_axes", { field: "geometry", value: [x, y], suggestion: [y, x] });
  if (Math.abs(y) > 90) throw problem("invalid_point", { field: "geometry", value: [x, y] });
  return [x, y];
}

/** The hash of what is told, its id and what we fill in left out: so it does not change from one day to the next. */
function hashOf(kind: VisitWorkKind, { properties, geometry }: SentFeature): string {
  const told = Object.entries(properties)
    .filter(([field, value]) => field !== "id" && !rulesOf[kind].readOnly.has(field) && value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([told, kind === "teams" ? (geometry ?? null) : null]))
    .digest("hex");
}

async function readSent(transaction: Transaction, kind: VisitWorkKind, sent: SentFeature, person: Person, when: When) {
  const id = sent.id ?? sent.properties.id;
  const { check, place } = placedKinds[kind];
  const checked = check(id === undefined ? sent.properties : { ...sent.properties, id }, when, pointOf(kind, sent.geometry));
  if ("faults" in checked) {
    const { code, ...details } = checked.faults[0] ?? { code: "not_a_feature" as const };
    throw problem(code, { ...details, errors: checked.faults });
  }
  const own = checked.id ?? randomUUID();
  // Before anything is looked up: of two that make the same at once the second waits here and finds it made.
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${kind} ${own}`]);
  return { id: own, contentHash: hashOf(kind, sent), place: () => place(transaction, own, checked.record, person) };
}

/** The stored feature as it travels, with its version. */
export async function storedFeature(
  transaction: Transaction,
  kind: VisitWorkKind,
  id: string,
  timeZone: string,
  status: number,
): Promise<KeptFeature> {
  const row = await readItem(transaction, collections[kind], id, null);
  if (!row) throw problem("not_found", { value: `${kind} ${id}` });
  return {
    status,
    headers: { ETag: `"${row.version}"`, Location: addressOf(kind, id) },
    body: featureOf(kind, row, timeZone).text,
  };
}

/** The id of something that the person may not see is taken all the same. */
export const tellHiddenId =
  (id: string) =>
  (error: unknown): never => {
    throw error instanceof StatementError && error.code === "42501" ? problem("id_taken", { field: "id", value: id }) : error;
  };

/** Keeps something new. The same id with the same content is the same; with other content it is refused. */
export async function createVisitWork(
  transaction: Transaction,
  kind: VisitWorkKind,
  sent: SentFeature,
  person: Person,
  when: When,
): Promise<KeptFeature> {
  const { id, contentHash, place } = await readSent(transaction, kind, sent, person, when);
  const existing = await lockVisitWork(transaction, kind, id);
  if (existing) {
    if (existing.withdrawnAt !== null || existing.contentHash !== contentHash || !maySee(person, existing.areaCode))
      throw problem("id_taken", { field: "id", value: id });
    return storedFeature(transaction, kind, id, when.timeZone, 200);
  }
  const record = await place();
  await keepVisitWork(
    transaction,
    kind,
    { id, version: 1, contentHash, record },
    { at: when.now, person: person.name, operation: "create" },
  ).catch(tellHiddenId(id));
  await bumpDataVersion(transaction);
  return storedFeature(transaction, kind, id, when.timeZone, 201);
}

async function current(
  transaction: Transaction,
  kind: VisitWorkKind,
  id: string,
  person: Person,
  ifMatch: string | undefined,
): Promise<KeptState> {
  const existing = await lockVisitWork(transaction, kind, id);
  if (!existing || !maySee(person, existing.areaCode)) throw problem("not_found", { value: `${kind} ${id}` });
  if (existing.withdrawnAt !== null) throw problem("gone", { value: `${kind} ${id}` });
  refuseStaleMatch(ifMatch, existing.version);
  return existing;
}

/** Changes the properties that are sent and leaves the others, if nobody changed it since it was read. Null takes a value away; a list is taken as a whole. */
export async function patchVisitWork(
  transaction: Transaction,
  kind: VisitWorkKind,
  id: string,
  patch: { readonly geometry?: unknown; readonly properties?: Record<string, unknown> | undefined },
  ifMatch: string | undefined,
  person: Person,
  when: When,
): Promise<KeptFeature> {
  const existing = await current(transaction, kind, id, person, ifMatch);
  const row = await readItem(transaction, collections[kind], id, null);
  if (!row) throw problem("not_found", { value: `${kind} ${id}` });
  const { readOnly } = rulesOf[kind];
  const kept = Object.entries(featureOf(kind, row, when.timeZone).properties).filter(([field]) => !readOnly.has(field));
  const geometry = patch.geometry === undefined ? (row.geojson === null ? null : JSON.parse(row.geojson)) : patch.geometry;
  // Not told while the consent has run out, and not to be lost for that.
  const hidden = kind === "mediators" ? { contact: await mediatorContact(transaction, id) } : {};
  const sent = { id, geometry, properties: { ...Object.fromEntries(kept), ...hidden, ...patch.properties, id } };
  const { contentHash, place } = await readSent(transaction, kind, sent, person, when);
  const record = await place();
  const version = existing.version + 1;
  await keepVisitWork(transaction, kind, { id, version, contentHash, record }, { at: when.now, person: person.name, operation: "replace" });
  await bumpDataVersion(transaction);
  return storedFeature(transaction, kind, id, when.timeZone, 200);
}

/** Withdraws what should not stand: shown nowhere any more. */
export async function removeVisitWork(
  transaction: Transaction,
  kind: VisitWorkKind,
  id: string,
  ifMatch: string | undefined,
  person: Person,
  when: When,
): Promise<void> {
  await current(transaction, kind, id, person, ifMatch);
  await withdrawVisitWork(transaction, kind, id, { at: when.now, person: person.name, operation: "withdraw" });
  await bumpDataVersion(transaction);
}
