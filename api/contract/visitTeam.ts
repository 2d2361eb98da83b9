import { z } from "zod";
import { type Checked, type PropertyRules, readProperties, text, words } from "./keptProperties.ts";

const areaCode = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/);

/** The properties of a team as they are sent; unknown ones are refused, read-only ones ignored. Its geometry is a base of its own, where no area is one. */
export const TeamProperties = z.strictObject({
  id: z.uuid().optional(),
  area_code: areaCode.nullish().describe("Whose team it is; the kabupaten of its base unless told."),
  name: text(100),
  base_code: areaCode.nullish().describe("The area at whose label point its days begin and end."),
  hours_per_day: z.number().min(0.25).max(24).nullish(),
  starts_at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullish(),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).nullish().describe("1 is Monday, 7 Sunday."),
  skills: words.nullish(),
  languages: words.nullish(),
  members: z
    .array(z.strictObject({ name: text(120), role: text(120).nullish(), nip: text(30).nullish() }))
    .max(30)
    .nullish()
    .describe("Who goes, for the letter of assignment."),
});

/** A team by the names of its columns. */
export interface TeamRecord {
  readonly area_code: string;
  readonly name: string;
  readonly base_code: string | null;
  readonly base_lon: number | null;
  readonly base_lat: number | null;
  readonly hours_per_day: number;
  readonly starts_at: string;
  readonly weekdays: readonly number[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly members: readonly { readonly name: string; readonly role: string | null; readonly nip: string | null }[];
}

export const teamRules: PropertyRules<typeof TeamProperties> = {
  schema: TeamProperties,
  readOnly: new Set(["base_name", "regency_code", "recorded_at", "version"]),
  dates: [],
  expected: {
    id: "UUID",
    area_code: "35.17",
    name: "1–100 huruf / characters",
    base_code: "35.17.09",
    hours_per_day: "0.25–24",
    starts_at: "08:00",
    weekdays: "[1, 2, 3, 4, 5]",
    skills: '["mediasi", …]',
    languages: '["Jawa", …]',
    members: "[{name, role?, nip?}]",
  },
};

/** Checks a team as sent and fills the defaults: Monday to Friday, eight hours from 08:00. `point` is its base where none of its areas is. Looks nothing up. */
export function checkTeam(properties: unknown, point: readonly [number, number] | null): Checked<TeamRecord> {
  const read = readProperties(properties, teamRules);
  if (!("told" in read)) return read;
  const { told: t, faults } = read;
  const area = t.area_code ?? t.base_code?.slice(0, 5);
  if (area === undefined) faults.push({ field: "area_code", code: "missing_field" });
  if (faults.length > 0 || area === undefined) return { faults };
  return {
    id: t.id?.toLowerCase() ?? null,
    record: {
      area_code: area,
      name: t.name,
      base_code: t.base_code ?? null,
      base_lon: t.base_code ? null : (point?.[0] ?? null),
      base_lat: t.base_code ? null : (point?.[1] ?? null),
      hours_per_day: t.hours_per_day ?? 8,
      starts_at: t.starts_at ?? "08:00",
      weekdays: [...new Set(t.weekdays ?? [1, 2, 3, 4, 5])].sort(),
      skills: t.skills ?? [],
      languages: t.languages ?? [],
      members: (t.members ?? []).map(({ name, role, nip }) => ({ name, role: role ?? null, nip: nip ?? null })),
    },
  };
}
