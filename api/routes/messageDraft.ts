import { z } from "zod";
import { filingRoles, type Route, route } from "../endpoint.ts";
import { draftFromMessage } from "../imports/message/draftMessage.ts";
import { problem } from "../problem.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";

const longestText = 10_000;
const Message = z.strictObject({
  text: z.string().refine((text) => text.trim() !== "", "1–10000 huruf / characters"),
  within: z
    .string()
    .regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35.17")
    .optional(),
});
const guess = (value: z.ZodType) =>
  z.object({
    value: value.nullable(),
    evidence: z.object({ start: z.number(), end: z.number(), text: z.string() }).nullable(),
    confidence: z.number().nullable(),
    alternatives: z.array(z.unknown()).optional(),
  });
const [text, count] = [guess(z.string()), guess(z.number())];
const Draft = z.object({
  kind: z.enum(["event", "nil"]),
  fields: z.object({
    village_code: text,
    obtained_at: text,
    occurred_from: text,
    issue: text,
    form: text,
    facts: text,
    channel: text,
    source_value: text,
    nil: guess(z.boolean()),
    killed: count,
    injured: count,
    displaced: count,
    buildings_damaged: count,
    buildings_destroyed: count,
  }),
});

export function messageRoutes({ database, config }: Parts): Route[] {
  return [
    route<Record<string, never>, z.output<typeof Message>>({
      method: "post",
      path: "/api/reports/draft",
      summary: "Pesan tempel menjadi konsep laporan, tidak disimpan / a pasted message as a draft, not stored",
      tag: "kejadian",
      who: filingRoles,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Message },
      answers: {
        200: { description: "Konsep / draft", types: { "application/json": Draft } },
        ...problemAnswers,
        413: { description: "Terlalu panjang / too long" },
        422: { description: "Tidak dapat diterima / cannot be taken" },
      },
      handle: async ({ body, person }) => {
        if (body.text.length > longestText) throw problem("text_too_long", { field: "text", value: body.text.length, limit: longestText });
        const frame = { database, now: new Date(), timeZone: config.timeZone, scope: person.areas, within: body.within ?? null };
        return { body: await draftFromMessage(body.text, frame) };
      },
    }),
  ];
}
