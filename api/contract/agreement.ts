import { z } from "zod";
import type { Fault } from "./incident.ts";
import { type Checked, day, type PropertyRules, readProperties, text } from "./keptProperties.ts";
import { actorTypes } from "./potential.ts";
import { issueCodes } from "./taxonomy.ts";
import { addDays, dayOf } from "./time.ts";
import { sides } from "./visit.ts";

export const agreementStatuses = ["open", "kept", "broken", "ended"] as const;
export const itemStatuses = ["open", "done", "failed", "dropped"] as const;

/** One thing that was promised: by whom, until when, and what became of it. */
export const AgreementItem = z.strictObject({
  id: z.uuid().nullish().describe("Kept when it is sent back, so that the same item stays the same."),
  text: text(2000),
  responsible: text(200).describe("Who does it: an office, a post or a group."),
  due_on: day.nullish(),
  status: z.enum(itemStatuses).default("open"),
  done_on: day.nullish(),
  note: text(2000).nullish(),
});
export type AgreementItem = z.output<typeof AgreementItem>;

/** The properties of an agreement as they are sent; unknown ones are refused, read-only ones ignored. Its village is that of its visit. */
export const AgreementProperties = z.strictObject({
  id: z.uuid().optional(),
  visit_id: z.uuid(),
  title: text(300),
  issue: z.enum(issueCodes).nullish().describe("The visit's unless told."),
  facts: text(20_000).nullish().describe("What was agreed, in the words of the paper."),
  parties: z
    .array(z.strictObject({ type: z.enum(actorTypes), side: z.enum(sides), name: text(120).nullish() }))
    .max(20)
    .nullish(),
  agreed_on: day.nullish().describe("The day of the visit unless told."),
  review_on: day.nullish().describe("When it is to be looked at again."),
  status: z.enum(agreementStatuses).nullish(),
  closing_note: text(2000).nullish(),
  items: z.array(AgreementItem).max(50).nullish(),
});

/** An agreement by the names of its columns; `agreed_on` and `issue` null are taken from the visit. */
export interface AgreementRecord {
  readonly visit_id: string;
  readonly title: string;
  readonly issue: string | null;
  readonly facts: string | null;
  readonly parties: readonly { readonly type: string; readonly side: string; readonly name: string | null }[];
  readonly agreed_on: string | null;
  readonly review_on: string | null;
  readonly status: (typeof agreementStatuses)[number];
  readonly closing_note: string | null;
  readonly items: readonly AgreementItem[];
}

const itemShape = `[{id?, text, responsible, due_on?, status?, done_on?, note?}], status: ${itemStatuses.join(", ")}`;
export const agreementRules: PropertyRules<typeof AgreementProperties> = {
  schema: AgreementProperties,
  readOnly: new Set([
    ...["village_code", "village_name", "district_code", "regency_code", "open_items", "overdue_items", "days_overdue", "overdue"],
    ...["next_due_on", "recorded_at", "version"],
  ]),
  dates: ["agreed_on", "review_on"],
  expected: {
    id: "UUID",
    visit_id: "UUID",
    title: "1–300 huruf / characters",
    issue: "101–999",
    parties: `[{type, side, name?}], type: ${actorTypes.join(", ")}; side: ${sides.join(", ")}`,
    status: agreementStatuses.join(", "),
    items: itemShape,
  },
};

/** Checks an agreement as it is sent and fills the defaults: open, every item open, a done item done today. Looks nothing up. */
export function checkAgreement(properties: unknown, frame: { readonly now: Date; readonly timeZone: string }): Checked<AgreementRecord> {
  const read = readProperties(properties, agreementRules);
  if (!("told" in read)) return read;
  const { told: a, faults } = read;
  const today = dayOf(frame.now, frame.timeZone);
  const items = (a.items ?? []).map((item) => ({
    ...item,
    id: item.id?.toLowerCase() ?? null,
    due_on: item.due_on ?? null,
    done_on: item.status === "done" ? (item.done_on ?? today) : null,
    note: item.note ?? null,
  }));
  faults.push(...dayFaults(a, items, today));
  const ids = items.flatMap(({ id }) => (id ? [id] : []));
  if (new Set(ids).size < ids.length) faults.push({ field: "items", code: "invalid_field", value: ids, expected: itemShape });
  if (faults.length > 0) return { faults };
  return {
    id: a.id?.toLowerCase() ?? null,
    record: {
      visit_id: a.visit_id.toLowerCase(),
      title: a.title,
      issue: a.issue ?? null,
      facts: a.facts ?? null,
      parties: (a.parties ?? []).map(({ type, side, name }) => ({ type, side, name: name ?? null })),
      agreed_on: a.agreed_on ?? null,
      review_on: a.review_on ?? null,
      status: a.status ?? "open",
      closing_note: a.closing_note ?? null,
      items,
    },
  };
}

function dayFaults(a: z.output<typeof AgreementProperties>, items: readonly AgreementItem[], today: string): Fault[] {
  const faults: Fault[] = [];
  const past = (field: string, value: string | null | undefined): void => {
    if (!value) return;
    if (value < "1900-01-01") faults.push({ field, code: "date_too_early", value });
    if (value > addDays(today, 1)) faults.push({ field, code: "future_date", value });
  };
  const ahead = (field: string, value: string | null | undefined): void => {
    if (value && (value < "1900-01-01" || value > "2200-12-31"))
      faults.push({ field, code: "invalid_field", value, expected: "1900–2200" });
  };
  past("agreed_on", a.agreed_on);
  ahead("review_on", a.review_on);
  if (a.review_on && a.agreed_on && a.review_on < a.agreed_on)
    faults.push({ field: "review_on", code: "ends_before_its_start", value: a.review_on, from: a.agreed_on, start: "agreed_on" });
  items.forEach((item, index) => {
    ahead(`items.${index}.due_on`, item.due_on);
    past(`items.${index}.done_on`, item.done_on);
  });
  return faults;
}
