import { z } from "zod";
import { findLikelyDuplicates, mostJudged } from "../assessments/duplicates.ts";
import { addDays, dayOf, daysBetween, isDay } from "../contract/time.ts";
import { type Person, type Role, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem, readItems } from "../queries/items.ts";
import { setDifferent } from "../queries/merges.ts";
import { featureOf } from "./features.ts";
import { lockSeen } from "./keepIncident.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";

const verifiers: readonly Role[] = ["verifier", "admin"];
const longestDays = 366;
const code = /^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/;
const day = z.string().refine(isDay, "YYYY-MM-DD");
const DuplicatesQuery = z.strictObject({
  areas: z
    .string()
    .refine((text) => text.split(",").length <= 1000 && text.split(",").every((part) => code.test(part)), "35.17,35.21")
    .optional(),
  from: day.optional(),
  to: day.optional(),
  incident: z.uuid().optional(),
  minimum: z.coerce.number().min(0).max(1).default(0.5),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Part = z.number();
const Duplicates = z.object({
  period: z.object({ from: z.string(), to: z.string() }),
  minimum: z.number(),
  numberMatched: z.number(),
  numberReturned: z.number(),
  /** How many pairs were judged; `cut` tells that there were more, and that a shorter period or smaller areas would show them. */
  judged: z.number(),
  cut: z.boolean(),
  mostJudged: z.number(),
  pairs: z.array(
    z.object({
      first: z.string(),
      second: z.string(),
      probability: z.number(),
      /** Log-odds that add up to the logit of the probability. */
      parts: z.object({ prior: Part, space: Part, time: Part, text: Part, issue: Part, form: Part, casualties: Part }),
      metres: z.number(),
      daysApart: z.number(),
    }),
  ),
  incidents: z.array(z.unknown()),
});
const Different = z.strictObject({ first: z.uuid(), second: z.uuid(), different: z.boolean() });

export function duplicateRoutes({ database, config }: Parts): Route[] {
  const periodOf = (query: z.output<typeof DuplicatesQuery>) => {
    const to = query.to ?? addDays(dayOf(new Date(), config.timeZone), 1);
    const from = query.from ?? addDays(to, -90);
    if (from >= to) throw problem("invalid_parameter", { field: "to", value: to, expected: `> ${from}` });
    if (daysBetween(from, to) > longestDays)
      throw problem("invalid_parameter", { field: "from", value: from, expected: `≤ ${longestDays} hari / days` });
    return { from, to };
  };
  const dayOfIncident = async (id: string, person: Person) => {
    const row = await readItem(database, collections.incidents, id, person.areas);
    if (!row) throw problem("not_found", { value: `incidents ${id}` });
    const from = String(row.occurred_on);
    return { from, to: addDays(from, 1) };
  };
  return [
    route<z.output<typeof DuplicatesQuery>>({
      method: "get",
      path: "/api/incidents/duplicates",
      summary: "Kejadian yang mungkin sama / incidents that are likely one",
      tag: "kejadian",
      who: verifiers,
      query: DuplicatesQuery,
      answers: { 200: { description: "Pasangan / pairs", types: { "application/json": Duplicates } }, ...problemAnswers },
      handle: async ({ query, person }) => {
        const { from, to } = query.incident ? await dayOfIncident(query.incident, person) : periodOf(query);
        const search = { from, to, areas: query.areas?.split(",") ?? null, scope: person.areas, incident: query.incident ?? null };
        const { pairs, judged, isCut } = await findLikelyDuplicates(database, search, query.minimum);
        const shown = pairs.slice(0, query.limit);
        const ids = [...new Set(shown.flatMap(({ first, second }) => [first, second]))];
        const rows = await readItems(database, collections.incidents, ids, person.areas);
        return {
          body: {
            period: { from, to },
            minimum: query.minimum,
            numberMatched: pairs.length,
            numberReturned: shown.length,
            judged,
            cut: isCut,
            mostJudged,
            pairs: shown,
            incidents: rows.map((row) => JSON.parse(featureOf("incidents", row, config.timeZone).text) as unknown),
          },
        };
      },
    }),
    route<Record<string, never>, z.output<typeof Different>>({
      method: "put",
      path: "/api/incidents/duplicates",
      summary: "Nyatakan dua kejadian memang berbeda / say that two incidents are different",
      tag: "kejadian",
      who: verifiers,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Different },
      answers: { 204: { description: "Dicatat / kept" }, ...problemAnswers, 410: { description: "Sudah ditarik / withdrawn" } },
      handle: async ({ body, person }) => {
        if (body.first.toLowerCase() === body.second.toLowerCase())
          throw problem("merge_with_itself", { field: "second", value: body.second });
        await database.transaction(
          async (transaction) => {
            for (const id of [body.first, body.second].sort()) await lockSeen(transaction, id.toLowerCase(), person);
            await setDifferent(transaction, [body.first, body.second], {
              isDifferent: body.different,
              at: new Date(),
              person: person.name,
            });
          },
          { durable: true },
        );
        return { status: 204 };
      },
    }),
  ];
}
