import type { QueuedReport } from "../../state/queuedReport.ts";
import { type TextKey, t } from "../../text/text.svelte.ts";
import { checkDraft, type FormField, fieldOrder } from "./faults.ts";
import { incidentOf } from "./features.ts";
import { type Filed, filedOf } from "./filed.ts";

/** What is wrong with a report that the service does not take, and what a person can do about it beside mending it. */
export interface Remedy {
  readonly words: string;
  /** The service has something else under its number: it may be replaced. */
  readonly mayReplace: boolean;
  /** It may go under a number of its own. */
  readonly mayBeNew: boolean;
}

/** Reads a refusal. Every one has a way out; none is dropped by itself. */
export function remedyOf({ problem, storedAs, kind, etag }: QueuedReport): Remedy {
  const none = { mayReplace: false, mayBeNew: false };
  if (!problem) return { words: "", ...none };
  if (storedAs !== null) return { words: t("antrean.photoRefused", { problem: problem.detail }), ...none };
  if (problem.code === "id_taken") return { words: t("antrean.taken"), mayReplace: kind === "event", mayBeNew: true };
  if (problem.code === "stale" || problem.status === 412) return { words: t("antrean.stale"), ...none };
  if (problem.status === 410 || (problem.status === 404 && etag !== null))
    return { words: t("antrean.gone"), mayReplace: false, mayBeNew: true };
  return { words: problem.detail, ...none };
}

/** A change of an incident as a report of its own, with nothing taken from what it would have changed. */
export function asNewReport(report: QueuedReport): QueuedReport {
  const filed = report.draft as Filed | null;
  const body = report.kind === "event" && filed ? incidentOf({ ...filed.draft, id: null }) : report.body;
  const { id: _, ...content } = body as Record<string, unknown>;
  return { ...report, etag: null, body: content };
}

const fieldWords: Partial<Record<FormField, TextKey>> = {
  place: "laporan.where",
  day: "laporan.when",
  issue: "laporan.issue",
  form: "laporan.form",
  facts: "antrean.facts",
  killed: "laporan.killed",
  injured: "laporan.injured",
  displaced: "laporan.displaced",
  periodFrom: "laporan.periodFrom",
  periodTo: "laporan.periodTo",
  obtained: "laporan.obtained",
};

/** What a report that was laid aside lacks first. */
export function lackingWords(report: QueuedReport): string {
  const filed = filedOf(report);
  const faults = filed ? checkDraft(filed.draft) : {};
  const first = fieldOrder.find((field) => faults[field]);
  const words = first && fieldWords[first];
  return words ? t("antrean.lacks", { field: t(words) }) : t("antrean.incomplete");
}
