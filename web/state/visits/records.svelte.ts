import type { AgreementItem, AgreementRecord } from "../../../api/contract/agreement.ts";
import type { MediatorRecord } from "../../../api/contract/mediator.ts";
import type { VisitRecord } from "../../../api/contract/visit.ts";
import type { Reason } from "../../../api/contract/visitInputs.ts";
import { request, requestRaw, withQuery, wordsOf } from "../../client.ts";
import { view } from "../view.svelte.ts";
import type { PlanDocument } from "./visitPlan.svelte.ts";

export interface Kept<Properties> {
  readonly id: string;
  readonly properties: Properties;
}
export type Visit = Kept<
  VisitRecord & {
    readonly plan_id: string | null;
    readonly position: number | null;
    readonly team: string | null;
    readonly exploration: boolean | null;
    readonly reason: Reason | null;
    readonly village_name: string | null;
    readonly agreements: number;
    readonly attachments: number;
    readonly days_overdue: number | null;
  }
>;
export type Agreement = Kept<
  Omit<AgreementRecord, "items"> & {
    readonly items: readonly (AgreementItem & { readonly id: string })[];
    readonly village_code: string;
    readonly village_name: string | null;
    readonly open_items: number;
    readonly overdue_items: number;
    readonly days_overdue: number | null;
    readonly next_due_on: string | null;
  }
>;
export type Mediator = Kept<MediatorRecord & { readonly area_name: string | null; readonly consent_valid: boolean }>;
type Kind = "visits" | "agreements" | "mediators" | "teams";

const path = (kind: Kind): string => `/api/collections/${kind}/items`;
const mostListed = 500;

interface Listed<Item> {
  readonly list: readonly Item[];
  readonly matched: number;
}

class VisitRecords {
  visits = $state.raw<Listed<Visit>>({ list: [], matched: 0 });
  agreements = $state.raw<Listed<Agreement>>({ list: [], matched: 0 });
  mediators = $state.raw<Listed<Mediator>>({ list: [], matched: 0 });
  state = $state<"loading" | "ready" | "error">("loading");
  problem = $state<string | null>(null);
  readonly overdue = $derived(this.agreements.list.filter(({ properties }) => (properties.days_overdue ?? 0) > 0));

  /** Loads all that is kept of an area's visits. */
  async load(area: string | null = view.area): Promise<void> {
    if (area === null) return;
    try {
      const inArea = `LIKE '${area}.%'`;
      const [visits, agreements, mediators] = await Promise.all([
        this.listed<Visit>("visits", { filter: `village_code ${inArea}`, sortby: "-day" }),
        this.listed<Agreement>("agreements", { filter: `village_code ${inArea}`, sortby: "-days_overdue" }),
        this.listed<Mediator>("mediators", { sortby: "name" }),
      ]);
      if (view.area !== area) return;
      this.visits = visits;
      this.agreements = agreements;
      this.mediators = mediators;
      this.state = "ready";
      this.problem = null;
    } catch (error) {
      this.problem = wordsOf(error);
      if (this.state === "loading") this.state = "error";
    }
  }

  private async listed<Item>(kind: Kind, query: Record<string, string>): Promise<Listed<Item>> {
    const answer = await request<{ features: Item[]; numberMatched?: number }>(withQuery(path(kind), { ...query, limit: mostListed }));
    return { list: answer.features, matched: answer.numberMatched ?? answer.features.length };
  }

  agreementsOf(visit: string): readonly Agreement[] {
    return this.agreements.list.filter(({ properties }) => properties.visit_id === visit);
  }

  /** Keeps a new one under an id of its own, so that sending it twice keeps it once. */
  async create(kind: Kind, id: string, properties: Record<string, unknown>): Promise<void> {
    const body = { type: "Feature", id, geometry: null, properties };
    await request(path(kind), { method: "POST", body, headers: { "Idempotency-Key": id } });
    await this.load();
  }

  /** Changes what is named, on the newest version. */
  async change(kind: Kind, id: string, properties: Record<string, unknown>): Promise<void> {
    const address = `${path(kind)}/${id}`;
    const etag = (await requestRaw(address)).headers.get("etag") ?? "";
    await request(address, { method: "PATCH", body: { properties }, headers: { "If-Match": etag } });
    await this.load();
  }

  async remove(kind: Kind, id: string): Promise<void> {
    const address = `${path(kind)}/${id}`;
    const etag = (await requestRaw(address)).headers.get("etag") ?? "";
    await request(address, { method: "DELETE", headers: { "If-Match": etag } });
    await this.load();
  }

  /** Keeps a plan as visits of its teams; a team that is not kept yet is kept with it. Gives how many visits there are. */
  async assign(plan: PlanDocument): Promise<number> {
    const kept = await this.listed<Kept<{ readonly name: string }>>("teams", {});
    const teams: Record<string, string> = {};
    for (const team of plan.inputs.teams) {
      const id = kept.list.find(({ properties }) => properties.name === team.name)?.id ?? crypto.randomUUID();
      teams[team.name] = id;
      if (kept.list.some((one) => one.id === id)) continue;
      const { name, base, hoursPerDay, startsAt, skills, languages } = team;
      const properties = { name, base_code: base, hours_per_day: hoursPerDay, starts_at: startsAt, skills, languages };
      await request(path("teams"), { method: "POST", body: { type: "Feature", id, geometry: null, properties } });
    }
    const answer = await request<{ visits: readonly unknown[] }>("/api/visit-plans", {
      method: "POST",
      body: { id: crypto.randomUUID(), run: plan.run, teams },
    });
    await this.load();
    return answer.visits.length;
  }
}

/** Visits, agreements and mediators that are kept. */
export const visitRecords = new VisitRecords();
