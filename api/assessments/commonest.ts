import type { ResultDocument } from "../contract/processes.ts";
import { groupedBy } from "./groupedBy.ts";

/** Order in which words win where as many villages have the one as the other: the more serious first, unknown last. */
const seriousness: readonly string[] = ["SANGAT RAWAN", "hot", "RAWAN", "cold", "AMAN", "not significant", "DATA KURANG"];
const rankOf = (word: string): number => {
  const rank = seriousness.indexOf(word);
  return rank < 0 ? seriousness.length : rank;
};

/** For each kecamatan of a result by village: the word of a column that most of its villages have, null where it is known of none, and how many villages there are. */
export function commonest(
  document: ResultDocument,
  column: string,
): Map<string, { readonly value: string | null; readonly areas: number }> {
  const words = document.columns[column] as readonly (string | null)[] | undefined;
  const villages = document.codes.map((code, index) => ({ code, word: words?.[index] ?? null }));
  const found = new Map<string, { value: string | null; areas: number }>();
  for (const [district, inside] of groupedBy(villages, (village) => village.code.slice(0, 8))) {
    const counted = [
      ...groupedBy(
        inside.filter(({ word }) => word !== null),
        ({ word }) => String(word),
      ),
    ];
    counted.sort(([a, hasA], [b, hasB]) => hasB.length - hasA.length || rankOf(a) - rankOf(b));
    found.set(district, { value: counted[0]?.[0] ?? null, areas: inside.length });
  }
  return found;
}
