import { z } from "zod";
import { planners } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { findSimilarVisits } from "../assessments/similarVisits.ts";
import { actorTypes } from "../contract/potential.ts";
import { issueCodes } from "../contract/taxonomy.ts";
import { addDays, dayOf } from "../contract/time.ts";
import { villageCode } from "../contract/villageCandidates.ts";
import { type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const Query = z.strictObject({
  village: villageCode,
  issue: z.enum(issueCodes).optional(),
  actors: z
    .string()
    .max(500)
    .optional()
    .describe(`Kinds of those who stand against each other, with commas between: ${actorTypes.join(", ")}.`),
  before: z.iso.date().optional().describe("Visits before this day; until today when absent."),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
const part = z.number().nullable();
const Sentence = z.object({ code: z.string(), id: z.string(), en: z.string() });
const Similar = z.object({
  cases: z.array(
    z.object({
      visit: z.string(),
      village: z.string(),
      villageName: z.string().nullable(),
      day: z.string(),
      issue: z.string().nullable(),
      outcome: z.string().nullable(),
      worked: z.string().nullable(),
      actors: z.array(z.string()),
      similarity: z.number(),
      parts: z.object({ issue: part, actors: part, distance: part, time: part }),
      kilometres: part,
      daysBefore: z.number(),
      agreements: z.array(z.object({ id: z.string(), title: z.string(), status: z.string(), items: z.number(), itemsDone: z.number() })),
    }),
  ),
  looked: z.number(),
  lookedAtAll: z.boolean(),
  weights: z.record(z.string(), z.number()),
  leastSimilarity: z.number(),
  nothingAlike: Sentence.optional(),
});

/** What was done in like disputes, for the leaders who may see those visits. */
export function similarVisitRoutes({ database, config }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/similar-visits",
      summary: "Kunjungan lalu yang serupa dan hasilnya / past visits that are alike, and what they came to",
      tag: "kunjungan",
      who: planners,
      query: Query,
      answers: { 200: { description: "Serupa / alike", types: { "application/json": Similar } }, ...problemAnswers },
      handle: async ({ query, person }) => {
        if (!maySee(person, query.village)) throw problem("unknown_area", { field: "village", value: query.village });
        const actors = (query.actors ?? "")
          .split(",")
          .map((actor) => actor.trim())
          .filter((actor) => actor !== "");
        const strange = actors.find((actor) => !actorTypes.some((type) => type === actor));
        if (strange !== undefined) throw problem("invalid_input", { field: "actors", value: strange, expected: actorTypes.join(", ") });
        const before = query.before ?? addDays(dayOf(new Date(), config.timeZone), 1);
        return {
          body: await findSimilarVisits(database, { village: query.village, issue: query.issue, actors, before, limit: query.limit }),
        };
      },
    }),
  ];
}
