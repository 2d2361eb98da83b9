import { RequestProblem, request, requestRaw, wordsOf } from "../../client.ts";
import { t } from "../../text/text.svelte.ts";
import { type Draft, emptyDraft, keepDraft, randomId, restoreDraft } from "./draft.ts";
import { checkDraft, type FieldFaults, type FormField, faultsOf, fieldOrder } from "./faults.ts";
import { type Incident, incidentOf, nilReportOf } from "./features.ts";

export interface Sent {
  readonly id: string;
  readonly kind: Draft["kind"];
  readonly isChange: boolean;
}

interface Editing {
  readonly incident: Incident;
  readonly etag: string;
}

/** One report on its way from the first key to its number: the draft, what is wrong with it, and its sending. */
export class Filing {
  draft: Draft = $state(emptyDraft());
  faults = $state.raw<FieldFaults>({});
  /** Words for what went wrong as a whole. */
  problem = $state<string | null>(null);
  /** The service could not be reached; the same report may be sent again. */
  isUnreached = $state(false);
  isSending = $state(false);
  sent = $state.raw<Sent | null>(null);
  editing = $state.raw<Editing | null>(null);
  /** How often the form was filled from outside of it. */
  fillings = $state(0);
  readonly person: string;

  /** Takes up the draft that this person left behind. */
  constructor(person: string) {
    this.person = person;
    this.draft = restoreDraft(person);
    this.isUnreached = this.draft.attempted;
  }

  /** Takes one change at a key, and keeps the draft with it. */
  write(change: Partial<Draft>): void {
    Object.assign(this.draft, change);
    this.draft.id ??= randomId();
    this.sent = null;
    const changed = Object.keys(change).map((name) =>
      name === "placeText" || name === "point" ? "place" : name === "time" ? "day" : name,
    );
    this.faults = Object.fromEntries(Object.entries(this.faults).filter(([field]) => !changed.includes(field)));
    if (!this.editing) keepDraft(this.person, $state.snapshot(this.draft) as Draft);
  }

  /** Changes between an incident and a nil report; that alone begins no report. */
  choose(kind: Draft["kind"]): void {
    this.draft.kind = kind;
    this.faults = {};
    this.problem = null;
    if (this.draft.id) this.write({});
  }

  /** Fills the form with what was read elsewhere, for a person to check. */
  fill(kind: Draft["kind"], change: Partial<Draft>): void {
    this.choose(kind);
    this.write(change);
    this.fillings += 1;
  }

  /** Fills the form with an incident to be changed. The draft of a new report stays kept for later. */
  edit(incident: Incident, etag: string, draft: Draft): void {
    this.reset();
    this.editing = { incident, etag };
    this.draft = draft;
  }

  /** Gives a change up and takes the kept draft of the new report again. */
  leave(): void {
    this.reset();
    this.draft = restoreDraft(this.person);
  }

  /** Throws away what was written. */
  clear(): void {
    const { kind } = this.draft;
    this.reset();
    this.draft = emptyDraft(kind);
    keepDraft(this.person, this.draft);
  }

  private reset(): void {
    this.faults = {};
    this.problem = null;
    this.isUnreached = false;
    this.editing = null;
    this.sent = null;
  }

  /** The first field that is wrong, from the top; null when none is. */
  get firstFault(): FormField | null {
    return fieldOrder.find((field) => this.faults[field]) ?? null;
  }

  /** Sends the draft, unless it is being sent. `channel` says in words how a nil report is known. Returns what was stored, or null when something is wrong. */
  async send(channel: string | null): Promise<Sent | null> {
    if (this.isSending) return null;
    this.problem = null;
    this.faults = checkDraft(this.draft);
    if (this.firstFault) return null;
    this.isSending = true;
    try {
      this.draft.id ??= randomId();
      const sent = { id: this.draft.id, kind: this.draft.kind, isChange: this.editing !== null };
      if (this.editing) await this.replace(this.editing.etag, this.editing.incident);
      else sent.id = await this.create(channel);
      if (this.editing) this.leave();
      else this.clear();
      this.sent = sent;
      return sent;
    } catch (error) {
      await this.take(error);
      return null;
    } finally {
      this.isSending = false;
    }
  }

  private async create(channel: string | null): Promise<string> {
    const wasAttempted = this.draft.attempted;
    this.write({ attempted: true });
    const draft = $state.snapshot(this.draft) as Draft;
    const isNil = draft.kind === "nil";
    const path = `/api/collections/${isNil ? "reports" : "incidents"}/items`;
    const body = isNil ? nilReportOf(draft, channel) : incidentOf(draft);
    try {
      await request(path, { method: "POST", body });
    } catch (error) {
      const isTaken = error instanceof RequestProblem && error.code === "id_taken";
      // A refusal says that this sending kept nothing; an earlier one may still have.
      if (error instanceof RequestProblem && error.status >= 400 && error.status < 500 && !isTaken) this.write({ attempted: wasAttempted });
      if (!isTaken || isNil || !wasAttempted) throw error;
      // The first sending did arrive, only its answer was lost; what was changed since then replaces it.
      const etag = (await requestRaw(`${path}/${draft.id}`)).headers.get("ETag") ?? "";
      await this.replace(etag);
    }
    return draft.id as string;
  }

  private async replace(etag: string, base?: Incident): Promise<void> {
    const body = incidentOf($state.snapshot(this.draft) as Draft, base);
    await request(`/api/collections/incidents/items/${this.draft.id}`, { method: "PUT", body, headers: { "If-Match": etag } });
  }

  private async take(error: unknown): Promise<void> {
    this.isUnreached = error instanceof RequestProblem && error.status === 0;
    if (!(error instanceof RequestProblem)) this.problem = wordsOf(error);
    else if (error.code === "stale") await this.refresh();
    else {
      const { faults, rest } = faultsOf(error, this.draft.kind);
      this.faults = faults;
      this.problem = rest;
    }
  }

  /** Somebody else changed the incident: what was written here stays, to be looked at against the newest version and sent again. */
  private async refresh(): Promise<void> {
    this.problem = t("laporan.stale");
    try {
      const response = await requestRaw(`/api/collections/incidents/items/${this.draft.id}`);
      this.editing = { incident: (await response.json()) as Incident, etag: response.headers.get("ETag") ?? "" };
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}
