import { isDay } from "../../format/day.ts";
import type { KeptProblem } from "../../state/queuedReport.ts";
import { type TextKey, t } from "../../text/text.svelte.ts";
import type { Draft } from "./draft.ts";

/** Fields of the form that can be wrong, in the order in which they are read. */
export const fieldOrder = [
  "place",
  "day",
  "source",
  "issue",
  "form",
  "facts",
  "killed",
  "injured",
  "displaced",
  "opinion",
  "periodFrom",
  "periodTo",
  "obtained",
  "nilFacts",
] as const;
export type FormField = (typeof fieldOrder)[number];
/** What is wrong with each field, as words to show there. */
export type FieldFaults = Partial<Record<FormField, TextKey>>;

const fieldBySent: Readonly<Record<string, FormField>> = {
  village_code: "place",
  geometry: "place",
  occurred_from: "day",
  source_value: "source",
  channel: "source",
  issue: "issue",
  form: "form",
  facts: "facts",
  killed: "killed",
  injured: "injured",
  displaced: "displaced",
  opinion: "opinion",
  period_from: "periodFrom",
  period_to: "periodTo",
  obtained_at: "obtained",
};

const wordsByCode: Readonly<Record<string, TextKey>> = {
  missing_field: "laporan.faultMissing",
  no_place: "laporan.faultPlace",
  future_date: "laporan.faultFuture",
  date_too_early: "laporan.faultEarly",
  invalid_date: "laporan.faultDate",
  ends_before_it_begins: "laporan.faultOrder",
  period_ends_before: "laporan.faultOrder",
  unknown_village: "laporan.faultVillage",
  not_a_village: "laporan.faultVillage",
  invalid_point: "laporan.faultPoint",
  swapped_axes: "laporan.faultPoint",
  point_outside: "laporan.faultPoint",
  invalid_text: "laporan.faultText",
};
const countFields: readonly FormField[] = ["killed", "injured", "displaced"];

/** What can be seen to be wrong without asking the service: gaps and counts that are no whole numbers. */
export function checkDraft(draft: Draft): FieldFaults {
  const faults: FieldFaults = {};
  if (!draft.place) faults.place = "laporan.faultPlace";
  if (draft.kind === "nil") {
    for (const field of ["periodFrom", "periodTo", "obtained"] as const) if (!isDay(draft[field])) faults[field] = "laporan.faultMissing";
    return faults;
  }
  if (!isDay(draft.day)) faults.day = "laporan.faultMissing";
  for (const field of ["issue", "form", "facts"] as const) if (draft[field].trim() === "") faults[field] = "laporan.faultMissing";
  for (const field of countFields as readonly ("killed" | "injured" | "displaced")[])
    if (!/^\s*\d*\s*$/.test(draft[field])) faults[field] = "laporan.faultCount";
  return faults;
}

/** Puts each fault of a refused report at its field. Those of fields that the form does not show come back as words in `rest`. */
export function faultsOf(problem: Omit<KeptProblem, "status">, kind: Draft["kind"]): { faults: FieldFaults; rest: string | null } {
  const listed = problem.errors;
  const faults: FieldFaults = {};
  for (const fault of listed) {
    const sent = kind === "nil" && fault.field === "facts" ? "nilFacts" : fieldBySent[fault.field];
    if (sent) faults[sent] ??= wordsByCode[fault.code] ?? (countFields.includes(sent) ? "laporan.faultCount" : "laporan.faultValue");
  }
  const isPlaced = listed.length > 0 && listed.every((fault) => fault.field in fieldBySent);
  return { faults, rest: isPlaced ? null : problem.code === "id_taken" ? t("laporan.faultTaken") : problem.detail };
}
