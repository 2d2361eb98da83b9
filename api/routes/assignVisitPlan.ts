import { createHash } from "node:crypto";
import { maySee } from "../access/people.ts";
import type { ResultDocument } from "../contract/processes.ts";
import { addDays } from "../contract/time.ts";
import type { PlannedRoute } from "../contract/visitInputs.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findRun } from "../queries/runs.ts";
import { loadedVillages, type PlannedVisit, teamsByName, visitsOfPlan } from "../queries/visitPlans.ts";
import { teamName } from "../queries/visitReferences.ts";
import { keepVisitWork } from "../queries/visitWork.ts";

/** What became of a visit when its plan was assigned. */
export type VisitChange = "created" | "moved" | "unchanged" | "cancelled" | "kept";

/** A kept run of visit-plan whose every village is loaded and seen. */
export interface AssignableRun {
  readonly run: string;
  readonly routes: readonly PlannedRoute[];
  readonly areaCode: string | null;
  readonly startsOn: string;
  readonly endsBefore: string;
}

/** The id of a plan's visit to a village: always the same, so that assigning twice makes nothing twice. */
export function visitIdOf(plan: string, villageCode: string): string {
  const digits = createHash("sha256").update(`${plan} ${villageCode}`).digest("hex");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** What all codes have in common, as an area's code. */
function commonArea(codes: readonly string[]): string | null {
  const [first = []] = codes.map((code) => code.split("."));
  const shared = first.filter((_, depth) =>
    codes.every(
      (code) =>
        code
          .split(".")
          .slice(0, depth + 1)
          .join(".") === first.slice(0, depth + 1).join("."),
    ),
  );
  return shared.length === 0 ? null : shared.join(".");
}

/** Reads a run that can be assigned. @throws not_found where there is none that the person may see, not_a_visit_plan for another kind. */
export async function readAssignable(transaction: Transaction, run: string, person: Person): Promise<AssignableRun> {
  const kept = await findRun(transaction, run);
  const missing = () => problem("not_found", { field: "run", value: `run ${run}` });
  if (!kept) throw missing();
  const document = JSON.parse(kept.result) as ResultDocument;
  if (!document.codes.every((code) => maySee(person, code))) throw missing();
  const routes = kept.process === "visit-plan" ? (document.routes?.filter(({ stops }) => stops.length > 0) ?? []) : [];
  const codes = routes.flatMap(({ stops }) => stops.map(({ code }) => code));
  const loaded = await loadedVillages(transaction, codes);
  if (codes.length === 0 || codes.some((code) => !loaded.has(code))) throw problem("not_a_visit_plan", { field: "run", value: run });
  const days = routes.map(({ day }) => day).sort();
  return {
    run,
    routes,
    areaCode: commonArea(document.codes.filter((code) => /^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/.test(code))),
    startsOn: days[0] as string,
    endsBefore: addDays(days.at(-1) as string, 1),
  };
}

/** Which kept team each name of the plan is: as told, else the one of that name. @throws unknown_reference */
export async function teamsOfPlan(
  transaction: Transaction,
  { routes }: AssignableRun,
  told: Readonly<Record<string, string>>,
): Promise<Map<string, string | null>> {
  const names = [...new Set(routes.map(({ team }) => team))];
  const known = await teamsByName(transaction, names);
  const teams = new Map<string, string | null>();
  for (const name of names) {
    const id = told[name]?.toLowerCase();
    if (id !== undefined && (await teamName(transaction, id)) === null)
      throw problem("unknown_reference", { field: `teams.${name}`, value: id });
    teams.set(name, id ?? known.get(name.toLowerCase())?.id ?? null);
  }
  return teams;
}

// What was withdrawn by hand is not brought back by a plan.
const isFixed = ({ locked, status, withdrawn_at }: PlannedVisit): boolean =>
  locked || status === "done" || status === "missed" || withdrawn_at !== null;
const seconds = (moment: unknown): number => Math.round(Date.parse(String(moment)) / 1000);
const isWhere = (before: PlannedVisit, after: Readonly<Record<string, unknown>>): boolean =>
  before.status === "planned" &&
  before.team === after.team &&
  before.team_id === after.team_id &&
  before.day === after.day &&
  seconds(before.starts_at) === seconds(after.starts_at) &&
  seconds(before.ends_at) === seconds(after.ends_at);

const newVisit = {
  ...{ sequence: 0, locked: false, purpose: null, issue: null, potential_id: null, participants: [], interests: [], minutes: null },
  ...{ assessment: null, outcome: null, next_review: null },
};

/**
 * Makes the visits of a plan what its run says: new ones come, those that stand move where they stand otherwise, those that are no longer planned are
 * cancelled. Locked ones, and those that are done or missed, stay as they are. Doing it again changes nothing.
 */
export async function assignVisits(
  transaction: Transaction,
  plan: string,
  assigned: AssignableRun,
  teams: ReadonlyMap<string, string | null>,
  entry: { readonly at: Date; readonly person: string },
): Promise<ReadonlyMap<string, VisitChange>> {
  const before = new Map((await visitsOfPlan(transaction, plan, { withWithdrawn: true })).map((visit) => [visit.village_code, visit]));
  const changes = new Map<string, VisitChange>();
  const keep = (id: string, version: number, record: Readonly<Record<string, unknown>>): Promise<void> =>
    keepVisitWork(transaction, "visits", { id, version, contentHash: `plan ${plan}`, record }, { ...entry, operation: "assign" });
  for (const { team, day, stops } of assigned.routes) {
    for (const [position, stop] of stops.entries()) {
      const known = before.get(stop.code);
      const id = known?.id ?? visitIdOf(plan, stop.code);
      const told = {
        ...{ plan_id: plan, position: position + 1, village_code: stop.code, regency_code: stop.code.slice(0, 5), status: "planned" },
        ...{ team, team_id: teams.get(team) ?? null, day, starts_at: stop.begins, ends_at: stop.departure },
        ...{ exploration: stop.exploration, gain: stop.gain, reason: stop.reason, alternative: stop.alternative },
      };
      if (!known) {
        await keep(id, 1, { ...newVisit, ...told, locked: stop.locked });
        changes.set(id, "created");
      } else if (isFixed(known)) changes.set(id, "kept");
      else if (isWhere(known, told) && known.position === told.position && !stop.locked) changes.set(id, "unchanged");
      else {
        const sequence = known.sequence + (isWhere(known, told) ? 0 : 1);
        await keep(id, known.version + 1, { ...known, ...told, sequence, locked: stop.locked });
        changes.set(id, isWhere(known, told) ? "unchanged" : "moved");
      }
    }
  }
  for (const visit of before.values()) {
    if (changes.has(visit.id)) continue;
    if (isFixed(visit) || visit.status === "cancelled") changes.set(visit.id, "kept");
    else {
      await keep(visit.id, visit.version + 1, { ...visit, status: "cancelled", sequence: visit.sequence + 1 });
      changes.set(visit.id, "cancelled");
    }
  }
  return changes;
}

/** Cancels what of a plan is only planned, locked or not. */
export async function cancelVisits(transaction: Transaction, plan: string, entry: { at: Date; person: string }): Promise<void> {
  for (const visit of await visitsOfPlan(transaction, plan)) {
    if (visit.status !== "planned") continue;
    const record = { ...visit, status: "cancelled", sequence: visit.sequence + 1 };
    await keepVisitWork(
      transaction,
      "visits",
      { id: visit.id, version: visit.version + 1, contentHash: `plan ${plan}`, record },
      { ...entry, operation: "assign" },
    );
  }
}
