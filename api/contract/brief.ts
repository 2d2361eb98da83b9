import { z } from "zod";
import { classifications, Signatory } from "./letterhead.ts";
import { isDay } from "./time.ts";

const day = z.string().refine(isDay, "YYYY-MM-DD");
const oneLine = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text), "satu baris teks / one line of text");

/** What a brief is asked for with. Whoever leaves the signatory out gets that of the letterhead. */
export const BriefRequest = z.strictObject({
  area: z.string().regex(/^\d{2}\.\d{2}$/, "35.17"),
  format: z.enum(["pdf", "docx"]).default("pdf"),
  language: z.enum(["id", "en"]).default("id"),
  classification: z
    .enum(classifications)
    .default("terbatas")
    .describe("biasa may go to anybody and holds no villages; terbatas and rahasia name villages"),
  number: oneLine(80).default("").describe("nomor surat"),
  from: day.optional(),
  to: day.optional().describe("exclusive"),
  note: z.string().max(2000).default("").describe("what the author adds"),
  signatory: Signatory.optional(),
});

export type BriefRequest = z.infer<typeof BriefRequest>;
