import type { ProblemFault } from "../client.ts";

/** A photo that goes with a report; what the camera wrote into the file is gone before it comes here. */
export interface QueuedPhoto {
  readonly id: string;
  readonly name: string;
  readonly content: Blob;
}

/** Why the service does not take a report as it is. */
export interface KeptProblem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly ProblemFault[];
}

/** What a report is called in the list of those that wait. */
export interface ReportLabel {
  readonly place: string;
  readonly issue: string;
  readonly form: string;
  /** The days a nil report is about; empty for an incident. */
  readonly periodFrom: string;
  readonly periodTo: string;
}

/** A report on this device, from the press of the button until well after the service has it. */
export interface QueuedReport {
  /** Chosen here at the first key: however often it is sent, it is stored once. */
  readonly id: string;
  readonly person: string;
  readonly kind: "event" | "nil";
  readonly label: ReportLabel;
  /** What is sent; null while something is missing, and again once it has been sent. */
  readonly body: unknown;
  /** The version that a changed incident was read at; null for a new report. */
  readonly etag: string | null;
  /** What was written, for the form to take up again. */
  readonly draft: unknown;
  readonly photos: readonly QueuedPhoto[];
  /** `incomplete` lacks something, `refused` needs a person, `waiting` is sent by itself. */
  readonly state: "incomplete" | "waiting" | "refused" | "sent";
  /** A sending was begun whose answer never came, so the service may have it in an earlier form. */
  readonly mayBeStored: boolean;
  /** It was changed since such a sending, so that what the service has may be something else. */
  readonly isEdited: boolean;
  /** The stored report that the photos go to, once the service has it. */
  readonly storedAs: string | null;
  readonly attempts: number;
  readonly problem: KeptProblem | null;
  readonly keptAt: string;
  readonly sentAt: string | null;
}
