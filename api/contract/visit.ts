import { z } from "zod";
import type { Fault } from "./incident.ts";
import { type Checked, day, type PropertyRules, readProperties, text } from "./keptProperties.ts";
import { actorTypes } from "./potential.ts";
import { issueCodes } from "./taxonomy.ts";
import { addDays, dayOf, isMoment } from "./time.ts";
import { villageCode } from "./villageCandidates.ts";

export const visitStatuses = ["planned", "done", "missed", "cancelled"] as const;
export type VisitStatus = (typeof visitStatuses)[number];
/** What a visit came to, as the team judges it. */
export const visitOutcomes = ["agreement", "progress", "no_change", "worse", "not_met"] as const;
/** On which side somebody stands: of the dispute's two, of neither, or of the authorities. */
export const sides = ["first", "second", "neutral", "authority"] as const;

const moment = z.string().refine(isMoment, "2025-07-01T09:00:00+07:00");
const people = z.number().int().min(0).max(10_000);

/** A person or a group that was met. Women and youth are counted among `count`; null is unknown, not none. */
export const Participant = z.strictObject({
  name: text(120).nullish().describe("A person's or a group's; may be left out."),
  type: z.enum(actorTypes),
  side: z.enum(sides),
  count: people.min(1).default(1),
  women: people.nullish(),
  youth: people.nullish(),
  heard: z.boolean().nullish().describe("Whether they spoke and were listened to; null is unknown."),
});
/** What a party needs, beneath what it demands. */
export const Interest = z.strictObject({ party: text(120), side: z.enum(sides), interest: text(2000) });

/** The properties of a visit as they are sent; unknown ones are refused, read-only ones ignored. */
export const VisitProperties = z.strictObject({
  id: z.uuid().optional(),
  village_code: villageCode,
  team_id: z.uuid().nullish(),
  day: day.nullish().describe("Today unless told."),
  starts_at: moment.nullish(),
  ends_at: moment.nullish(),
  status: z.enum(visitStatuses).nullish(),
  locked: z.boolean().nullish().describe("Stays with its team and day when the plan is made anew."),
  purpose: text(2000).nullish(),
  issue: z.enum(issueCodes).nullish(),
  potential_id: z.uuid().nullish(),
  participants: z.array(Participant).max(200).nullish(),
  interests: z.array(Interest).max(50).nullish(),
  minutes: text(50_000).nullish().describe("What was said and seen."),
  assessment: text(20_000).nullish().describe("What the team thinks of it."),
  outcome: z.enum(visitOutcomes).nullish(),
  next_review: day.nullish(),
});

/** A visit by the names of its columns. */
export interface VisitRecord {
  readonly village_code: string;
  readonly team_id: string | null;
  readonly day: string;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly status: VisitStatus;
  readonly locked: boolean;
  readonly purpose: string | null;
  readonly issue: string | null;
  readonly potential_id: string | null;
  readonly participants: readonly z.output<typeof Participant>[];
  readonly interests: readonly z.output<typeof Interest>[];
  readonly minutes: string | null;
  readonly assessment: string | null;
  readonly outcome: (typeof visitOutcomes)[number] | null;
  readonly next_review: string | null;
}

const participantShape = `[{name?, type, side, count, women?, youth?, heard?}], type: ${actorTypes.join(", ")}; side: ${sides.join(", ")}; women, youth ≤ count`;
export const visitRules: PropertyRules<typeof VisitProperties> = {
  schema: VisitProperties,
  readOnly: new Set([
    ...["plan_id", "sequence", "position", "team", "exploration", "gain", "reason", "alternative", "village_name", "district_code"],
    ...["regency_code", "people_met", "women_heard", "youth_heard", "sides_heard", "agreements", "attachments", "days_overdue"],
    ...["overdue", "recorded_at", "version"],
  ]),
  dates: ["day", "next_review"],
  expected: {
    id: "UUID",
    village_code: "35.17.01.2001",
    team_id: "UUID",
    starts_at: "2025-07-01T09:00:00+07:00",
    ends_at: "2025-07-01T10:00:00+07:00",
    status: visitStatuses.join(", "),
    locked: "true, false",
    issue: "101–999",
    potential_id: "UUID",
    participants: participantShape,
    interests: `[{party, side, interest}], side: ${sides.join(", ")}`,
    minutes: "1–50000 huruf / characters",
    assessment: "1–20000 huruf / characters",
    outcome: visitOutcomes.join(", "),
  },
};

/**
 * Checks a visit as it is sent and fills the defaults: planned, today or on the day of `starts_at`, nobody met yet. One that is done lies not in the future.
 * Looks nothing up.
 */
export function checkVisit(properties: unknown, frame: { readonly now: Date; readonly timeZone: string }): Checked<VisitRecord> {
  const read = readProperties(properties, visitRules);
  if (!("told" in read)) return read;
  const { told: v, faults } = read;
  const today = dayOf(frame.now, frame.timeZone);
  const begins = v.starts_at ? dayOf(new Date(v.starts_at), frame.timeZone) : null;
  const on = v.day ?? begins ?? today;
  const status = v.status ?? "planned";
  faults.push(...timeFaults({ on, begins, status, today, starts: v.starts_at, ends: v.ends_at, review: v.next_review }));
  if (v.participants?.some(({ count, women, youth }) => (women ?? 0) > count || (youth ?? 0) > count))
    faults.push({ field: "participants", code: "invalid_field", value: v.participants, expected: participantShape });
  if (faults.length > 0) return { faults };
  return {
    id: v.id?.toLowerCase() ?? null,
    record: {
      village_code: v.village_code,
      team_id: v.team_id?.toLowerCase() ?? null,
      day: on,
      starts_at: v.starts_at ?? null,
      ends_at: v.ends_at ?? null,
      status,
      locked: v.locked ?? false,
      purpose: v.purpose ?? null,
      issue: v.issue ?? null,
      potential_id: v.potential_id?.toLowerCase() ?? null,
      participants: (v.participants ?? []).map((one) => ({
        ...one,
        name: one.name ?? null,
        women: one.women ?? null,
        youth: one.youth ?? null,
        heard: one.heard ?? null,
      })),
      interests: v.interests ?? [],
      minutes: v.minutes ?? null,
      assessment: v.assessment ?? null,
      outcome: v.outcome ?? null,
      next_review: v.next_review ?? null,
    },
  };
}

interface VisitTimes {
  readonly on: string;
  readonly begins: string | null;
  readonly status: VisitStatus;
  readonly today: string;
  readonly starts: string | null | undefined;
  readonly ends: string | null | undefined;
  readonly review: string | null | undefined;
}

function timeFaults({ on, begins, status, today, starts, ends, review }: VisitTimes): Fault[] {
  const faults: Fault[] = [];
  if (on < "1900-01-01") faults.push({ field: "day", code: "date_too_early", value: on });
  if (on > "2200-12-31") faults.push({ field: "day", code: "invalid_field", value: on, expected: "1900–2200" });
  else if (status === "done" && on > addDays(today, 1)) faults.push({ field: "day", code: "future_date", value: on });
  if (begins && begins !== on) faults.push({ field: "starts_at", code: "invalid_field", value: starts, expected: on });
  if (ends && !starts) faults.push({ field: "starts_at", code: "missing_field" });
  if (ends && starts && Date.parse(ends) < Date.parse(starts))
    faults.push({ field: "ends_at", code: "ends_before_its_start", value: ends, from: starts, start: "starts_at" });
  if (review && review < on) faults.push({ field: "next_review", code: "ends_before_its_start", value: review, from: on, start: "day" });
  if (review && review > "2200-12-31") faults.push({ field: "next_review", code: "invalid_field", value: review, expected: "1900–2200" });
  return faults;
}
