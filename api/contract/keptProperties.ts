import { z } from "zod";
import type { Fault } from "./incident.ts";
import { faultsOf } from "./roster.ts";
import { cleaned, isStorable } from "./sentProperties.ts";
import { isDay } from "./time.ts";

/** What is kept of something sent, by the names of its columns; or everything that is wrong with it. */
export type Checked<T> = { readonly id: string | null; readonly record: T } | { readonly faults: Fault[] };

/** How the properties of one kind of thing are read. */
export interface PropertyRules<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** Properties that only we write; sent back they are passed over. */
  readonly readOnly: ReadonlySet<string>;
  readonly dates: readonly string[];
  /** What each property may be, in words for a person. */
  readonly expected: Readonly<Record<string, string>>;
}

export const text = (most: number) => z.string().trim().min(1).max(most).refine(isStorable, "no NUL");
export const day = z.string().refine(isDay, "YYYY-MM-DD");
export const words = z.array(text(100)).max(20);

/** Reads properties against their schema: unknown ones are refused, read-only ones passed over, blank text counts as absent. */
export function readProperties<Schema extends z.ZodType>(
  properties: unknown,
  rules: PropertyRules<Schema>,
): { told: z.output<Schema>; faults: Fault[] } | { faults: Fault[] } {
  if (typeof properties !== "object" || properties === null || Array.isArray(properties))
    return { faults: [{ field: "properties", code: "not_a_feature", value: properties }] };
  const { clean, faults } = cleaned(properties as Record<string, unknown>, rules.readOnly);
  const parsed = rules.schema.safeParse(clean);
  if (!parsed.success) return { faults: [...faults, ...faultsOf(clean, parsed.error, rules.dates, rules.expected)] };
  return { told: parsed.data, faults };
}
