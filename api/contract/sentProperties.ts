import type { Fault } from "./incident.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is exactly what PostgreSQL text cannot hold
const unstorable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether PostgreSQL can hold the text: no NUL, no lone surrogate. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}

/** What was sent without what only we write: blank text counts as absent; text that PostgreSQL cannot hold is a fault. */
export function cleaned(
  properties: Readonly<Record<string, unknown>>,
  readOnly: ReadonlySet<string>,
): { clean: Record<string, unknown>; faults: Fault[] } {
  const clean: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [field, value] of Object.entries(properties)) {
    if (readOnly.has(field)) continue;
    if (typeof value === "string" && !isStorable(value)) faults.push({ field, code: "invalid_text" });
    else clean[field] = typeof value === "string" && field !== "id" ? value.trim() || null : value;
  }
  return { clean, faults };
}
