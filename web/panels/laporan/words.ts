import { type TaxonomyEntry, taxonomy } from "../../state/taxonomy.svelte.ts";
import { language } from "../../text/text.svelte.ts";

type TaxonomyList =
  | "issues"
  | "forms"
  | "stages"
  | "fields"
  | "statuses"
  | "sourceClasses"
  | "sourceValues"
  | "contentValues"
  | "precisions";

/** The name of a code in the language of now; the code itself while the taxonomy is not there, a dash for none. */
export function nameOf(list: TaxonomyList, code: string | number | null): string {
  if (code === null) return "—";
  const entries: readonly TaxonomyEntry[] = taxonomy[list];
  return entries.find((entry) => String(entry.code) === String(code))?.[language.current] ?? String(code);
}
