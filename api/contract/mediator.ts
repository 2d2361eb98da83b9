import { z } from "zod";
import { type Checked, day, type PropertyRules, readProperties, text, words } from "./keptProperties.ts";
import { issueCodes } from "./taxonomy.ts";
import { addDays, dayOf } from "./time.ts";

const areaCode = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/);

/** The properties of a mediator as they are sent; unknown ones are refused, read-only ones ignored. Nobody is kept without their consent. */
export const MediatorProperties = z.strictObject({
  id: z.uuid().optional(),
  area_code: areaCode.describe("Where they live or work: a village, kecamatan or kabupaten."),
  name: text(120),
  role: text(120).nullish().describe("What they are: tokoh agama, FKDM, dosen."),
  contact: text(200).nullish(),
  skills: words.nullish(),
  languages: words.nullish(),
  issues: z.array(z.enum(issueCodes)).max(40).nullish().describe("What they know; empty is any."),
  serves: z.array(areaCode).max(50).nullish().describe("Where they go; their own area unless told."),
  consent_on: day.nullish().describe("When they agreed to stand here. Without it nobody is kept."),
  consent_until: day.nullish(),
  consent_how: text(300).nullish().describe("How they agreed: a signed paper, a call."),
  available: z.boolean().nullish(),
  note: text(2000).nullish(),
});

/** A mediator by the names of its columns. */
export interface MediatorRecord {
  readonly area_code: string;
  readonly name: string;
  readonly role: string | null;
  readonly contact: string | null;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly issues: readonly string[];
  readonly serves: readonly string[];
  readonly consent_on: string;
  readonly consent_until: string | null;
  readonly consent_how: string | null;
  readonly available: boolean;
  readonly note: string | null;
}

export const mediatorRules: PropertyRules<typeof MediatorProperties> = {
  schema: MediatorProperties,
  readOnly: new Set(["area_name", "regency_code", "consent_valid", "recorded_at", "version"]),
  dates: ["consent_on", "consent_until"],
  expected: {
    id: "UUID",
    area_code: "35.17.01.2001, 35.17.01, 35.17",
    name: "1–120 huruf / characters",
    skills: '["mediasi", …]',
    languages: '["Jawa", …]',
    issues: '["404", …]',
    serves: '["35.17", …]',
    available: "true, false",
  },
};

/** Checks a mediator as sent. Looks nothing up. */
export function checkMediator(properties: unknown, frame: { readonly now: Date; readonly timeZone: string }): Checked<MediatorRecord> {
  const read = readProperties(properties, mediatorRules);
  if (!("told" in read)) return read;
  const { told: m, faults } = read;
  const today = dayOf(frame.now, frame.timeZone);
  if (!m.consent_on) return { faults: [...faults, { field: "consent_on", code: "consent_needed" }] };
  if (m.consent_on > addDays(today, 1)) faults.push({ field: "consent_on", code: "future_date", value: m.consent_on });
  if (m.consent_on < "1900-01-01") faults.push({ field: "consent_on", code: "date_too_early", value: m.consent_on });
  if (m.consent_until && m.consent_until < m.consent_on)
    faults.push({ field: "consent_until", code: "ends_before_its_start", value: m.consent_until, from: m.consent_on, start: "consent_on" });
  if (faults.length > 0) return { faults };
  return {
    id: m.id?.toLowerCase() ?? null,
    record: {
      area_code: m.area_code,
      name: m.name,
      role: m.role ?? null,
      contact: m.contact ?? null,
      skills: m.skills ?? [],
      languages: m.languages ?? [],
      issues: m.issues ?? [],
      serves: m.serves ?? [m.area_code],
      consent_on: m.consent_on,
      consent_until: m.consent_until ?? null,
      consent_how: m.consent_how ?? null,
      available: m.available ?? true,
      note: m.note ?? null,
    },
  };
}
