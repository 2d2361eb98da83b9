import { z } from "zod";
import { type Fault, looksSwapped } from "./incident.ts";
import { faultsOf } from "./roster.ts";
import { cleaned } from "./sentProperties.ts";
import { issueCodes, stageCodes } from "./taxonomy.ts";
import { addDays, dayOf, isDay } from "./time.ts";
import { villageCode } from "./villageCandidates.ts";

/** What kind of group takes part; never a person. */
export const actorTypes = [
  "community",
  "village_government",
  "government",
  "company",
  "religious_group",
  "ethnic_group",
  "martial_arts_school",
  "youth_group",
  "mass_organisation",
  "party",
  "workers",
  "traders",
  "security_forces",
  "other",
] as const;
/** What it does in the dispute. */
export const actorRoles = ["claimant", "respondent", "supporter", "affected", "mediator", "other"] as const;
export type ActorType = (typeof actorTypes)[number];
export type ActorRole = (typeof actorRoles)[number];
export interface Actor {
  readonly type: ActorType;
  readonly role: ActorRole;
  readonly name?: string | null | undefined;
}

const text = (most: number) => z.string().min(1).max(most);
const day = z.string().refine(isDay, "YYYY-MM-DD");

/** The properties of a standing dispute as they are sent; unknown ones are refused, read-only ones ignored. */
export const PotentialProperties = z.strictObject({
  id: z.uuid().optional(),
  village_code: villageCode.nullish().describe("The village it is shown in; the first of village_codes unless told."),
  village_codes: z.array(villageCode).min(1).max(50).nullish(),
  title: text(300),
  issue: z.enum(issueCodes),
  stage: z.enum(stageCodes).nullish(),
  status: z.enum(["open", "closed"]).nullish(),
  owner: text(200).nullish().describe("The office or post that looks after it."),
  opened_on: day.nullish(),
  review_due: day.nullish().describe("When it is to be looked at again; 90 days from today unless told."),
  closed_on: day.nullish(),
  closing_note: text(2000).nullish().describe("What settled it; needed to close."),
  actors: z
    .array(
      z.strictObject({
        type: z.enum(actorTypes),
        role: z.enum(actorRoles),
        name: text(120).nullish().describe("The group's, never a person's."),
      }),
    )
    .max(20)
    .nullish(),
  facts: text(20_000),
  opinion: text(20_000).nullish(),
});

/** A dispute whose fields are read and whose gaps are filled, before its place is looked up. */
export interface CheckedPotential {
  readonly id: string | null;
  readonly villageCode: string | null;
  readonly villageCodes: readonly string[];
  readonly point: readonly [number, number] | null;
  readonly title: string;
  readonly issue: string;
  readonly stage: string;
  readonly status: "open" | "closed";
  readonly owner: string | null;
  readonly openedOn: string;
  readonly reviewDue: string | null;
  readonly closedOn: string | null;
  readonly closingNote: string | null;
  readonly actors: readonly Actor[];
  readonly facts: string;
  readonly opinion: string | null;
}

/** Properties that only we write; sent back they are passed over. */
export const readOnlyPotential: ReadonlySet<string> = new Set([
  "recorded_at",
  "village_name",
  "district_code",
  "regency_code",
  "version",
  "days_overdue",
  "weight",
  "overdue",
]);
const dates = ["opened_on", "review_due", "closed_on"] as const;
const expectations: Readonly<Record<string, string>> = {
  id: "UUID",
  village_code: "35.17.01.2001",
  village_codes: '["35.17.01.2001", …]',
  title: "1–300 huruf / characters",
  issue: "101–999",
  stage: "T0–T7",
  status: "open, closed",
  owner: "1–200 huruf / characters",
  closing_note: "1–2000 huruf / characters",
  actors: `[{type, role, name?}], type: ${actorTypes.join(", ")}; role: ${actorRoles.join(", ")}`,
  facts: "1–20000 huruf / characters",
  opinion: "1–20000 huruf / characters",
};
const usualReviewDays = 90;

function pointOf(geometry: unknown): { point: readonly [number, number] | null } | { fault: Fault } {
  if (geometry === null || geometry === undefined) return { point: null };
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  const isPoint = type === "Point" && Array.isArray(coordinates) && coordinates.length >= 2 && coordinates.length <= 3;
  const [x, y] = isPoint ? (coordinates as number[]) : [];
  if (!Number.isFinite(x) || !Number.isFinite(y) || typeof x !== "number" || typeof y !== "number")
    return { fault: { field: "geometry", code: "invalid_point", value: isPoint ? coordinates : type } };
  if (looksSwapped([x, y])) return { fault: { field: "geometry", code: "swapped_axes", value: [x, y], suggestion: [y, x] } };
  if (Math.abs(x) > 180 || Math.abs(y) > 90) return { fault: { field: "geometry", code: "invalid_point", value: [x, y] } };
  return { point: [x, y] };
}

function dayFaults(sent: Partial<Record<(typeof dates)[number], string | null | undefined>>, today: string): Fault[] {
  return dates.flatMap((field): Fault[] => {
    const value = sent[field];
    if (!value) return [];
    if (value < "1900-01-01") return [{ field, code: "date_too_early", value }];
    if (field === "review_due") return value > "2200-12-31" ? [{ field, code: "invalid_field", value, expected: "1900–2200" }] : [];
    return value > addDays(today, 1) ? [{ field, code: "future_date", value }] : [];
  });
}

/**
 * Checks one standing dispute as it is sent and fills the defaults: stage T1, open, opened today, to be looked at again in 90 days. An open one has no closing
 * day and no closing note, whatever is sent: so it is opened again. Looks nothing up.
 */
export function checkPotential(
  properties: unknown,
  geometry: unknown,
  frame: { readonly now: Date; readonly timeZone: string },
): { potential: CheckedPotential } | { faults: Fault[] } {
  if (typeof properties !== "object" || properties === null || Array.isArray(properties))
    return { faults: [{ field: "properties", code: "not_a_feature", value: properties }] };
  const { clean, faults } = cleaned(properties as Record<string, unknown>, readOnlyPotential);
  const parsed = PotentialProperties.safeParse(clean);
  const placed = pointOf(geometry);
  if ("fault" in placed) faults.push(placed.fault);
  if (!parsed.success) return { faults: [...faults, ...faultsOf(clean, parsed.error, dates, expectations)] };
  const p = parsed.data;
  const today = dayOf(frame.now, frame.timeZone);
  faults.push(...dayFaults(p, today));
  const codes = [...new Set([...(p.village_code ? [p.village_code] : []), ...(p.village_codes ?? [])])];
  if (p.village_code && p.village_codes && !p.village_codes.includes(p.village_code))
    faults.push({ field: "village_codes", code: "invalid_field", value: p.village_codes, expected: `[… ${p.village_code} …]` });
  if ("point" in placed && !placed.point && codes.length === 0) faults.push({ field: "village_code", code: "no_place" });
  const status = p.status ?? "open";
  const openedOn = p.opened_on ?? today;
  const closedOn = status === "closed" ? (p.closed_on ?? today) : null;
  if (status === "closed" && !p.closing_note) faults.push({ field: "closing_note", code: "closing_note_needed" });
  if (closedOn && closedOn < openedOn)
    faults.push({ field: "closed_on", code: "ends_before_its_start", value: closedOn, from: openedOn, start: "opened_on" });
  if (faults.length > 0 || !("point" in placed)) return { faults };
  return {
    potential: {
      id: p.id?.toLowerCase() ?? null,
      villageCode: codes[0] ?? null,
      villageCodes: codes,
      point: placed.point,
      title: p.title,
      issue: p.issue,
      stage: p.stage ?? "T1",
      status,
      owner: p.owner ?? null,
      openedOn,
      reviewDue: p.review_due ?? (status === "open" ? addDays(today, usualReviewDays) : null),
      closedOn,
      closingNote: status === "closed" ? (p.closing_note ?? null) : null,
      actors: (p.actors ?? []).map(({ type, role, name }) => ({ type, role, name: name ?? null })),
      facts: p.facts,
      opinion: p.opinion ?? null,
    },
  };
}

/** Days after which what nobody has looked at again weighs half. */
export const reviewHalfLifeDays = 90;
/** The least that an open dispute weighs: it fades, it does not vanish. */
export const leastReviewWeight = 0.25;

/** How strongly an open dispute is shown: 1 until its review is due, then halved every 90 days overdue, never below 0.25. max(0.25, 0.5^(days / 90)). */
export function reviewWeight(daysOverdue: number): number {
  return daysOverdue <= 0 ? 1 : Math.max(leastReviewWeight, 0.5 ** (daysOverdue / reviewHalfLifeDays));
}
