import type { QueuedPhoto, QueuedReport } from "../../state/queuedReport.ts";
import type { Draft } from "./draft.ts";
import { checkDraft } from "./faults.ts";
import { type Incident, incidentOf, nilReportOf } from "./features.ts";

/** What the queue keeps of the form, for it to be taken up again. */
export interface Filed {
  readonly draft: Draft;
  /** The incident that is being changed, as it was read. */
  readonly base: Incident | null;
}

/** A draft as a report for the queue; `channel` says in words how a nil report is known. With gaps it waits for a person, else to be sent. */
export function queuedOf(
  filed: Filed,
  entry: { person: string; id: string; etag: string | null; channel: string | null; photos: readonly QueuedPhoto[]; now: Date },
): QueuedReport {
  const { draft, base } = filed;
  const isComplete = Object.keys(checkDraft(draft)).length === 0;
  const isNil = draft.kind === "nil";
  return {
    id: entry.id,
    person: entry.person,
    kind: draft.kind,
    label: {
      place: draft.place?.name ?? draft.placeText,
      issue: isNil ? "" : draft.issue,
      form: isNil ? "" : draft.form,
      periodFrom: isNil ? draft.periodFrom : "",
      periodTo: isNil ? draft.periodTo : "",
    },
    body: isComplete ? (isNil ? nilReportOf(draft, entry.channel) : incidentOf(draft, base ?? undefined)) : null,
    etag: entry.etag,
    draft: filed,
    photos: isNil ? [] : entry.photos,
    state: isComplete ? "waiting" : "incomplete",
    mayBeStored: draft.attempted,
    isEdited: draft.attempted,
    storedAs: null,
    attempts: 0,
    problem: null,
    keptAt: entry.now.toISOString(),
    sentAt: null,
  };
}

/** What the form takes up of a report from the queue; null where nothing is kept of it any more. */
export function filedOf(report: QueuedReport): Filed | null {
  const filed = report.draft as Filed | null;
  return filed && { ...filed, draft: { ...filed.draft, attempted: report.mayBeStored } };
}
