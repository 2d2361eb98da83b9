import type { PlannedRoute, Reason } from "../../../api/contract/visitInputs.ts";
import { RequestProblem, request, requestRaw, wordsOf } from "../../client.ts";
import { t } from "../../text/text.svelte.ts";
import type { JobStatus } from "../fileLoading.svelte.ts";
import { type KeptInputs, type PlanForm, planInputs, type VillageWish } from "./planForm.ts";
import { type Kept, keptOf, lockedOf, placedStops } from "./stops.ts";

type Column = readonly (number | null)[];

export interface LeftOut {
  readonly code: string;
  readonly gain: number | null;
  readonly reason: Reason;
}

/** A plan as the service keeps it. */
export interface PlanDocument {
  readonly run: string;
  readonly dataAsOf: string;
  readonly seed: number;
  readonly inputs: KeptInputs;
  readonly codes: readonly string[];
  readonly columns: { readonly gain: Column; readonly daysSinceHeard?: Column };
  readonly routes: readonly PlannedRoute[];
  readonly summary: {
    readonly totalGain: number;
    readonly bound: number;
    readonly gap: number;
    readonly stops: number;
    readonly explorationStops: number;
    readonly leftOut: readonly LeftOut[];
    readonly impossible: readonly { readonly wish: string; readonly code: string; readonly reason: Reason }[];
    readonly travelMadeBy: string;
    readonly effort: string;
  };
  readonly warnings: readonly { readonly code: string }[];
}

/** What a leader does to a plan by hand; what is not named stays as it is. */
export interface PlanChange {
  readonly kept?: readonly Kept[];
  readonly locked?: readonly string[];
  readonly mustVisit?: readonly string[];
  readonly villages?: Readonly<Record<string, VillageWish>>;
}

const address = "/api/processes/visit-plan/execution";
const pollMilliseconds = 250;
const isEnded = ({ status }: JobStatus): boolean => ["successful", "failed", "dismissed"].includes(status);

class VisitPlan {
  document = $state.raw<PlanDocument | null>(null);
  /** What is under way: the first plan, a better one in the background, or the same around what was moved. */
  busy = $state<"making" | "bettering" | "redoing" | "opening" | null>(null);
  job = $state.raw<JobStatus | null>(null);
  problem = $state<string | null>(null);
  /** The field that the service found fault with; null for none. */
  faultyField = $state<string | null>(null);
  /** Earlier versions of this plan, the newest last, to go back to. */
  earlier = $state.raw<readonly PlanDocument[]>([]);
  readonly stops = $derived(placedStops(this.document?.routes ?? []));
  readonly stopOf = $derived(new Map(this.stops.map((stop) => [stop.code, stop])));
  readonly gainOf = $derived(new Map((this.document?.codes ?? []).map((code, at) => [code, this.document?.columns.gain[at] ?? null])));
  /** Counts what is asked, so that an answer to an older question is dropped. */
  private asked = 0;

  /** Makes a plan: quickly one to look at, then a better one in the background until its effort is spent or it is stopped. */
  async make(form: PlanForm, area: string): Promise<void> {
    const asked = this.begin("making");
    const inputs = planInputs(form, area, this.document?.inputs.mustVisit ?? [], this.document?.inputs.villages ?? {});
    try {
      const first = await this.byJob({ ...inputs, effort: "quick" }, asked);
      if (!first || asked !== this.asked) return;
      this.earlier = [];
      this.document = first;
      if (form.effort !== "quick") await this.better(inputs, form.effort, first, asked);
    } catch (error) {
      this.fail(error, asked);
    } finally {
      this.end(asked);
    }
  }

  private async better(inputs: Record<string, unknown>, effort: string, first: PlanDocument, asked: number): Promise<void> {
    this.busy = "bettering";
    const found = await this.byJob({ ...inputs, effort }, asked);
    if (found && asked === this.asked && found.summary.totalGain >= first.summary.totalGain - 1e-9) this.document = found;
  }

  /** Stops what is under way; the best plan so far stays. */
  async stop(): Promise<void> {
    const job = this.job;
    this.asked += 1;
    this.busy = null;
    this.job = null;
    if (job && !isEnded(job)) await requestRaw(`/api/jobs/${job.jobID}`, { method: "DELETE" }).catch(() => undefined);
  }

  /** Does the plan again around what was moved, locked or wished, from the same numbers. */
  async redo(change: PlanChange): Promise<void> {
    const before = this.document;
    if (!before) return;
    if (this.busy === "bettering") void this.stop();
    const asked = this.begin("redoing");
    const { areas, teams, from, to, explorationShare, visitMinutes, seed } = before.inputs;
    const inputs = {
      ...{ areas, teams, from, to, explorationShare, visitMinutes, seed },
      mustVisit: change.mustVisit ?? before.inputs.mustVisit,
      villages: change.villages ?? before.inputs.villages,
      keep: change.kept ?? keptOf(before.routes),
      locked: change.locked ?? lockedOf(before.routes),
      redo: before.run,
      effort: "quick",
    };
    try {
      const found = await request<PlanDocument>(address, { method: "POST", body: { inputs } });
      if (asked !== this.asked) return;
      this.earlier = [...this.earlier, before].slice(-20);
      this.document = change.villages ? found : withBoundOf(before, found);
    } catch (error) {
      this.fail(error, asked);
    } finally {
      this.end(asked);
    }
  }

  /** Goes back to the plan before the last change. */
  undo(): void {
    const before = this.earlier.at(-1);
    if (!before) return;
    this.asked += 1;
    this.busy = null;
    this.document = before;
    this.earlier = this.earlier.slice(0, -1);
  }

  /** Shows a plan that was made before. */
  async open(run: string): Promise<void> {
    if (this.document?.run === run) return;
    const asked = this.begin("opening");
    try {
      const found = await request<PlanDocument & { process: string }>(`/api/runs/${encodeURIComponent(run)}`);
      if (asked === this.asked && found.process === "visit-plan") this.document = found;
    } catch (error) {
      this.fail(error, asked);
    } finally {
      this.end(asked);
    }
  }

  clear(): void {
    void this.stop();
    this.document = null;
    this.earlier = [];
    this.problem = null;
  }

  private begin(what: NonNullable<VisitPlan["busy"]>): number {
    this.asked += 1;
    this.busy = what;
    this.problem = null;
    this.faultyField = null;
    return this.asked;
  }

  private end(asked: number): void {
    if (asked !== this.asked) return;
    this.busy = null;
    this.job = null;
  }

  private fail(error: unknown, asked: number): void {
    if (asked !== this.asked) return;
    this.problem = wordsOf(error);
    this.faultyField = error instanceof RequestProblem ? (error.errors[0]?.field ?? null) : null;
  }

  /** Runs the process as a job and follows it; null when it was stopped. */
  private async byJob(inputs: Record<string, unknown>, asked: number): Promise<PlanDocument | null> {
    const sent = await request<JobStatus>(address, { method: "POST", body: { inputs }, headers: { Prefer: "respond-async" } });
    this.job = sent;
    for (let job = sent; !isEnded(job); ) {
      await new Promise((done) => setTimeout(done, pollMilliseconds));
      if (asked !== this.asked) return null;
      try {
        job = await request<JobStatus>(`/api/jobs/${sent.jobID}`);
        if (asked === this.asked) this.job = job;
      } catch (error) {
        // A service that is away for a moment goes on with the job when it is back.
        if (!(error instanceof RequestProblem) || (error.status !== 0 && error.status !== 503)) throw error;
      }
    }
    const job = this.job;
    if (asked !== this.asked || job?.status === "dismissed") return null;
    if (job?.problem) throw new RequestProblem(422, "failed", job.problem.detail || t("kunjungan.failed"), faultOf(job.problem));
    return request<PlanDocument>(`/api/jobs/${sent.jobID}/results`);
  }
}

/** Locks and must-visits only narrow what can be planned, so what no plan could exceed before, none can exceed now. */
function withBoundOf(before: PlanDocument, found: PlanDocument): PlanDocument {
  const bound = Math.max(found.summary.totalGain, Math.min(before.summary.bound, found.summary.bound));
  return { ...found, summary: { ...found.summary, bound, gap: bound > 0 ? 1 - found.summary.totalGain / bound : 0 } };
}

function faultOf(problem: { readonly detail: string; readonly field?: string }): { field: string; code: string }[] {
  return problem.field ? [{ field: problem.field, code: "invalid" }] : [];
}

/** The plan of visits that is on the screen. */
export const visitPlan = new VisitPlan();
