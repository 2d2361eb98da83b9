import { z } from "zod";
import { question, seed } from "./questionInputs.ts";
import { isDay, isMoment } from "./time.ts";

const day = z.string().refine(isDay, "YYYY-MM-DD");
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");
const name = z.string().trim().min(1).max(100);
const skills = z.array(name).max(20);
const longitudeLatitude = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const place = z.union([name, longitudeLatitude]);
const minutes = z.number().min(0).max(100_000);

/** A team goes out from its base in the morning and is back by the evening, on each of its days. */
const Team = z.strictObject({
  name,
  base: place
    .optional()
    .describe("Where each day begins and ends: an area code (its label point), [lon, lat], or a place of the given travel matrix."),
  start: name.optional().describe("A place of the given travel matrix where the days begin, when they end elsewhere."),
  end: name.optional(),
  hoursPerDay: z.number().gt(0).max(24).default(8),
  startsAt: clock.default("08:00"),
  days: z.array(day).min(1).max(60).optional().describe("Monday to Friday of the period when absent."),
  skills: skills.default([]),
  languages: skills.default([]),
});

/** What is wished of a visit to one village. */
const VillageWish = z.strictObject({
  minutes: minutes.max(1440).optional(),
  opens: clock.optional(),
  closes: clock.optional().describe("The visit must have begun by then."),
  days: z.array(day).min(1).max(60).optional(),
  notBefore: day.optional(),
  skill: name.optional(),
  language: name.optional(),
});
export type VillageWish = z.output<typeof VillageWish>;

const Travel = z.union([
  z.strictObject({
    codes: z.array(z.string().min(1).max(100)).min(1).max(3000),
    minutes: z.array(z.array(minutes.nullable())).max(3000).describe("Rows from, columns to; null where there is no way."),
  }),
  z.strictObject({
    kind: z.literal("distance"),
    detourFactor: z.number().min(1).max(5).default(1.4),
    kilometresPerHour: z.number().min(1).max(120).default(30),
    speeds: z.record(z.string(), z.number().min(1).max(120)).default({}).describe("Kilometres an hour by area code, for slow terrain."),
  }),
  z.strictObject({ kind: z.literal("road") }),
]);

/** Visits that stand already: by team and day, in order. */
const Kept = z.strictObject({ team: name, day, stops: z.array(z.string().max(100)).max(100) });

export const VisitPlanInputs = z.strictObject({
  areas: question.areas,
  issues: question.issues,
  statuses: question.statuses,
  asOf: z
    .string()
    .refine((text) => isDay(text) || isMoment(text), "YYYY-MM-DD")
    .optional(),
  candidates: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(2000)
    .optional()
    .describe("The villages that may be visited, in place of areas."),
  teams: z.array(Team).min(1).max(50),
  from: day.optional(),
  to: day.optional().describe("Exclusive; a week after from when absent."),
  mustVisit: z.array(z.string().max(100)).max(500).default([]),
  villages: z.record(z.string(), VillageWish).default({}),
  lastVisited: z
    .record(z.string(), day)
    .default({})
    .describe("The last contact by village, where it is another than the visits that are kept; a fresh one makes the next worth less."),
  districtLimitDays: z
    .number()
    .int()
    .min(1)
    .max(3660)
    .optional()
    .describe("No kecamatan that was ever visited stays without a visit for longer than this."),
  explorationShare: z.number().min(0).max(0.5).default(0.1).describe("Share of the stops that goes to places about which least is known."),
  gains: z.record(z.string(), z.number().min(0).max(1e9)).optional().describe("What each visit is worth, in place of the computed gain."),
  visitMinutes: z.union([minutes.max(1440), z.record(z.string(), minutes.max(1440))]).default(60),
  travel: Travel.prefault({ kind: "distance" }),
  keep: z.array(Kept).max(3000).default([]).describe("The plan to go on from."),
  locked: z.array(z.string().max(100)).max(2000).default([]).describe("Stops of keep that stay with their team and day."),
  redo: z
    .string()
    .max(100)
    .optional()
    .describe("The run of an earlier plan: its gains, minutes and travel are taken over, so that only the search is done again."),
  effort: z
    .enum(["quick", "normal", "thorough"])
    .default("normal")
    .describe("How long to search. The plan depends on it and on the seed, never on the machine."),
  seed,
});
export type Team = z.output<typeof Team>;
export type VisitPlanInputs = z.output<typeof VisitPlanInputs>;

/** A sentence in both languages, with the code and the numbers that it is made of. */
const Reason = z.object({ code: z.string(), id: z.string(), en: z.string() }).loose();
export type Reason = z.infer<typeof Reason>;

/** What a plan has beside the frame of every result. */
export const VisitPlanParts = {
  routes: z.array(
    z.object({
      team: z.string(),
      day: z.string(),
      minutes: z.number(),
      stops: z.array(
        z.object({
          code: z.string(),
          arrival: z.string(),
          begins: z.string(),
          departure: z.string(),
          gain: z.number(),
          reason: Reason,
          alternative: z.object({ code: z.string(), gain: z.number() }).nullable(),
          exploration: z.boolean(),
          locked: z.boolean(),
        }),
      ),
    }),
  ),
  travel: z.object({ codes: z.array(z.string()), minutes: z.array(z.array(z.number().nullable())), madeBy: z.string() }),
};
export type PlannedRoute = z.infer<(typeof VisitPlanParts)["routes"]>[number];
