import { RequestProblem, requestRaw, signedOut, wordsOf } from "../../client.ts";
import { dropValue, keepValue, keptValue } from "../../state/deviceStore.ts";
import { outbox } from "../../state/outbox.svelte.ts";
import type { KeptProblem, QueuedPhoto, QueuedReport } from "../../state/queuedReport.ts";
import { sendOnce } from "../../state/sending.ts";
import { t } from "../../text/text.svelte.ts";
import { type Draft, emptyDraft, keepDraft, keepLastPlace, lastPlace, randomId, restoreDraft } from "./draft.ts";
import { checkDraft, type FieldFaults, type FormField, faultsOf, fieldOrder } from "./faults.ts";
import type { Incident } from "./features.ts";
import { filedOf, queuedOf } from "./filed.ts";

export interface Sent {
  readonly id: string;
  readonly kind: Draft["kind"];
  readonly isChange: boolean;
}

interface Editing {
  readonly incident: Incident | null;
  readonly etag: string;
}

/** So long the form waits for the answer; then the queue does, and the next report can be written. */
const patienceMilliseconds = 10_000;

/** One report on its way from the first key into the queue: the draft, what is wrong with it, and what became of it. */
export class Filing {
  draft: Draft = $state(emptyDraft());
  photos = $state.raw<readonly QueuedPhoto[]>([]);
  faults = $state.raw<FieldFaults>({});
  /** Words for what went wrong as a whole. */
  problem = $state<string | null>(null);
  /** This device keeps nothing and the service could not be reached; the same report may be sent again. */
  isUnreached = $state(false);
  isSending = $state(false);
  sent = $state.raw<Sent | null>(null);
  /** The last one lies in the queue and is sent by itself. */
  isQueued = $state(false);
  editing = $state.raw<Editing | null>(null);
  /** How often the form was filled from outside of it. */
  fillings = $state(0);
  readonly person: string;

  /** Takes up the draft that this person left behind. */
  constructor(person: string) {
    this.person = person;
    this.draft = restoreDraft(person);
    this.isUnreached = this.draft.attempted;
    if (this.draft.id) void this.restorePhotos(this.draft.id);
  }

  /** Takes one change at a key, and keeps the draft with it. */
  write(change: Partial<Draft>): void {
    Object.assign(this.draft, change);
    this.draft.id ??= randomId();
    this.sent = null;
    this.isQueued = false;
    const changed = Object.keys(change).map((name) =>
      name === "placeText" || name === "point" ? "place" : name === "time" ? "day" : name,
    );
    this.faults = Object.fromEntries(Object.entries(this.faults).filter(([field]) => !changed.includes(field)));
    if (!this.editing) keepDraft(this.person, $state.snapshot(this.draft) as Draft);
  }

  /** Takes photos that go with the report, in place of those before. */
  attach(photos: readonly QueuedPhoto[]): void {
    this.write({});
    this.photos = photos;
    void keepValue(this.photosName, { id: this.draft.id, photos }).catch(() => undefined);
  }

  private get photosName(): string {
    return `photos-${this.person}`;
  }

  private async restorePhotos(id: string): Promise<void> {
    const kept = await keptValue<{ id: string; photos: readonly QueuedPhoto[] }>(this.photosName);
    if (kept?.id === id && this.draft.id === id && this.photos.length === 0) this.photos = kept.photos;
  }

  /** Changes between an incident and a nil report; that alone begins no report. A nil report is mostly about the same village as the last one. */
  choose(kind: Draft["kind"]): void {
    this.draft.kind = kind;
    this.faults = {};
    this.problem = null;
    const place = kind === "nil" && this.draft.placeText === "" ? lastPlace(this.person) : null;
    if (place) this.fill(kind, { place, placeText: place.name });
    else if (this.draft.id) this.write({});
  }

  /** Fills the form with what was read elsewhere, for a person to check. */
  fill(kind: Draft["kind"], change: Partial<Draft>): void {
    this.draft.kind = kind;
    this.write(change);
    this.fillings += 1;
  }

  /** Fills the form with an incident to be changed. The draft of a new report stays kept for later. */
  edit(incident: Incident, etag: string, draft: Draft): void {
    this.reset();
    this.editing = { incident, etag };
    this.draft = draft;
    this.fillings += 1;
  }

  /** Gives a change up and takes the kept draft of the new report again. */
  leave(): void {
    this.reset();
    this.draft = restoreDraft(this.person);
    if (this.draft.id) void this.restorePhotos(this.draft.id);
    this.fillings += 1;
  }

  /** Throws away what was written. */
  clear(): void {
    const { kind } = this.draft;
    this.reset();
    this.draft = emptyDraft(kind);
    this.fillings += 1;
    keepDraft(this.person, this.draft);
    void dropValue(this.photosName).catch(() => undefined);
  }

  private reset(): void {
    this.faults = {};
    this.problem = null;
    this.isUnreached = false;
    this.editing = null;
    this.sent = null;
    this.isQueued = false;
    this.photos = [];
  }

  /** The first field that is wrong, from the top; null when none is. */
  get firstFault(): FormField | null {
    return fieldOrder.find((field) => this.faults[field]) ?? null;
  }

  /** Lays what was written into the queue as it is, for later, and gives an empty form. */
  async setAside(): Promise<void> {
    if (!this.draft.id) return;
    const report = this.reportOf(null);
    await outbox.put({ ...report, body: null, state: "incomplete" });
    this.done();
  }

  /** Takes a report out of the queue to be mended; what was being written goes there in its place. */
  async takeUp(id: string): Promise<void> {
    await this.setAside();
    const report = await outbox.take(id);
    const filed = report && filedOf(report);
    if (!report || !filed) return;
    this.reset();
    this.draft = filed.draft;
    this.photos = report.photos;
    this.fillings += 1;
    if (report.etag !== null) this.editing = { incident: filed.base, etag: report.etag };
    else keepDraft(this.person, filed.draft);
    if (report.problem) await this.take(report.problem);
    else if (report.state === "incomplete") this.faults = checkDraft(this.draft);
  }

  /**
   * Lays the draft into the queue, which sends it: at once where there is a signal, and then the answer is waited for. `channel` says in words how a nil report is
   * known. Returns what was stored; null when something is wrong, or when the report waits for a signal (`isQueued`).
   */
  async send(channel: string | null): Promise<Sent | null> {
    if (this.isSending) return null;
    this.problem = null;
    this.faults = checkDraft(this.draft);
    if (this.firstFault) return null;
    this.isSending = true;
    try {
      this.draft.id ??= randomId();
      const report = this.reportOf(channel);
      const isKept = await outbox.put(report).then(
        () => true,
        () => false,
      );
      return isKept ? await this.follow(report) : await this.sendUnkept(report);
    } catch (error) {
      this.problem = wordsOf(error);
      return null;
    } finally {
      this.isSending = false;
    }
  }

  private reportOf(channel: string | null): QueuedReport {
    const draft = $state.snapshot(this.draft) as Draft;
    const { editing, person, photos } = this;
    if (draft.place && !editing) keepLastPlace(person, draft.place);
    const entry = { person, id: draft.id as string, etag: editing?.etag ?? null, channel, photos, now: new Date() };
    return queuedOf({ draft, base: editing?.incident ?? null }, entry);
  }

  private async follow(report: QueuedReport): Promise<Sent | null> {
    const sending = outbox.send(report.id);
    if (outbox.isOnline) await Promise.race([sending, new Promise((late) => setTimeout(late, patienceMilliseconds))]);
    const now = outbox.reports.find(({ id }) => id === report.id);
    // What the service has but for a photo stays in the queue, which tells of it.
    if (now?.state === "refused" && now.problem && now.storedAs === null) {
      await outbox.take(report.id);
      if (now.mayBeStored) this.draft.attempted = true;
      await this.take(now.problem);
      return null;
    }
    const sent = { id: report.id, kind: report.kind, isChange: report.etag !== null };
    this.done();
    if (now?.state === "sent") {
      this.sent = sent;
      return sent;
    }
    this.isQueued = true;
    return null;
  }

  private done(): void {
    if (this.editing) this.leave();
    else this.clear();
  }

  /** Where this device keeps nothing, the form itself keeps the report until the service has it. */
  private async sendUnkept(report: QueuedReport): Promise<Sent | null> {
    this.draft.attempted = true;
    let verdict = await sendOnce(report);
    if (verdict.kind === "stored") verdict = await sendOnce({ ...report, storedAs: verdict.storedAs });
    if (verdict.kind === "refused") await this.take(verdict.problem);
    else if (verdict.kind === "signIn") window.dispatchEvent(new Event(signedOut));
    else if (verdict.kind === "wait") {
      this.isUnreached = true;
      this.problem = t("frame.offline");
    } else {
      this.done();
      this.sent = { id: report.id, kind: report.kind, isChange: report.etag !== null };
    }
    return this.sent;
  }

  private async take(problem: KeptProblem): Promise<void> {
    if (problem.code === "stale") return this.refresh();
    const { faults, rest } = faultsOf(problem, this.draft.kind);
    this.faults = faults;
    this.problem = rest;
  }

  /** Somebody else changed the incident: what was written here stays, to be looked at against the newest version and sent again. */
  private async refresh(): Promise<void> {
    this.problem = t("laporan.stale");
    try {
      const response = await requestRaw(`/api/collections/incidents/items/${this.draft.id}`);
      this.editing = { incident: (await response.json()) as Incident, etag: response.headers.get("ETag") ?? "" };
    } catch (error) {
      if (!(error instanceof RequestProblem) || error.status !== 0) this.problem = wordsOf(error);
    }
  }
}
