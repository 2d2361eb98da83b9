import { z } from "zod";

/** A year between which lists of areas are told apart. */
export const VintageYear = z.coerce.number().int().min(1900).max(2200);

export const changeWords = ["unchanged", "renamed", "moved", "split", "merged", "unknown"] as const;
export type ChangeWord = (typeof changeWords)[number];

/** Where a part of an area is in the other list. */
const CrosswalkTarget = z.object({
  code: z.string(),
  name: z.string().nullable(),
  /** Of what the area holds; those of an area add up to 1. */
  share: z.number(),
  confidence: z.number(),
  evidence: z.array(z.string()),
});

const CrosswalkArea = z.object({
  code: z.string(),
  name: z.string(),
  change: z.enum(changeWords),
  confidence: z.number().nullable(),
  targets: z.array(CrosswalkTarget),
  /** Areas that came out of it in the other list, nobody knows with how much of it. */
  offspring: z.array(z.object({ code: z.string(), name: z.string().nullable(), confidence: z.number() })),
  /** Of an unknown area: the open ones of the other list that come nearest by name. */
  candidates: z.array(z.string()),
});
export type CrosswalkArea = z.infer<typeof CrosswalkArea>;

export const CrosswalkDocument = z.object({
  from: z.number(),
  to: z.number(),
  /** Areas of the earlier list by what became of them, villages and the levels above them apart; `vanished` are those whose code is gone. */
  summary: z.array(z.object({ level: z.string(), change: z.string(), areas: z.number(), vanished: z.number() })),
  numberMatched: z.number(),
  numberReturned: z.number(),
  areas: z.array(CrosswalkArea),
  /** Codes among them that could not be followed. */
  unknown: z.array(z.string()),
  /** Codes asked for that are not in the list at all. */
  notListed: z.array(z.string()),
  sources: z.array(z.object({ year: z.number(), source: z.string(), licence: z.string().nullable() })),
  links: z.array(z.object({ rel: z.string(), href: z.string() }).loose()),
});

export const VintagesDocument = z.object({
  /** The year of the areas that are loaded; null while none is. */
  loaded: z.string().nullable(),
  vintages: z.array(
    z.object({
      year: z.number(),
      origin: z.enum(["file", "package"]),
      source: z.string(),
      licence: z.string().nullable(),
      loadedAt: z.string().nullable(),
      areas: z.number(),
      villages: z.number(),
      shapes: z.number(),
    }),
  ),
});
