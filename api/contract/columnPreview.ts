import { z } from "zod";

const bilingual = z.object({ id: z.string(), en: z.string() });

/** What a table's columns hold and what each is likely to be: shown before anything is loaded, and changed by a person where it is wrong. */
export const ColumnPreview = z.object({
  format: z.string(),
  /** Of a workbook with several sheets: all of them, and the one that was read. */
  sheets: z.array(z.string()).optional(),
  sheet: z.string().optional(),
  /** How many rows were looked at. */
  rows: z.number().int(),
  columns: z.array(
    z.object({
      name: z.string(),
      examples: z.array(z.string()).max(5).describe("at most five different values, each cut at 100 characters"),
      filled: z.number().min(0).max(1).describe("share of the rows looked at that hold anything in this column"),
    }),
  ),
  fields: z.array(
    z.object({
      name: z.string(),
      required: z.boolean(),
      kind: z.enum(["text", "number", "coordinate", "day", "code"]),
      expected: bilingual,
      aliases: z.array(z.string()).describe("column names that are understood without a mapping"),
    }),
  ),
  mapping: z
    .array(
      z.object({
        field: z.string(),
        column: z.string().optional(),
        value: z.unknown().optional(),
        why: z.enum(["alias", "content", "remembered"]),
      }),
    )
    .describe("alias: by the column's name; content: by what it holds; remembered: as the last such file went in"),
  /** What deserves a word about the file, such as the row that the names stand in. */
  notes: z.array(z.object({ code: z.string(), message: z.string(), value: z.unknown() })),
});
export type ColumnPreview = z.infer<typeof ColumnPreview>;
