import type { Queryable } from "../database/database.ts";
import { villagesNamedLike } from "../queries/placeNames.ts";

export interface Candidate {
  readonly code: string;
  readonly name: string;
  readonly district_name: string | null;
  readonly regency_name: string | null;
  readonly probability: number;
}

const kindWords = /\b(desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab|kota|dusun|dsn)\b\.?/g;

/** A place text without the words for kinds of places, accents and punctuation: "Ds. Sumber-agung" becomes "sumber agung". */
export function plainName(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(kindWords, " ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** How well a village answers a text, in [0, 1]: the whole name before its beginning before a part, helped by a district that is named too. */
function likeness(words: string, name: string, district: string, regency: string): number {
  const plain = plainName(name);
  const above = `${plainName(district)} ${plainName(regency)}`;
  const closed = words.replaceAll(" ", "");
  const closedName = plain.replaceAll(" ", "");
  if (closed === closedName) return 1;
  if (words.startsWith(`${plain} `) || closed.startsWith(closedName)) {
    const rest = words.slice(plain.length).trim();
    if (rest !== "" && above.includes(rest)) return 1;
  }
  if (closedName.startsWith(closed)) return 0.5 * (closed.length / closedName.length);
  return closedName.includes(closed) ? 0.2 * (closed.length / closedName.length) : 0;
}

/**
 * Ranked candidates for a place text among the loaded villages. The probabilities share out likeness and are equal among equals; they are not yet calibrated
 * against texts with known answers. `ambiguous` is true when the first does not lead clearly, so that a person has to choose.
 */
export async function findPlaces(
  database: Queryable,
  q: string,
  options: { within: string | null; scope: readonly string[] | null; limit: number },
): Promise<{ q: string; candidates: Candidate[]; ambiguous: boolean }> {
  const within = options.within;
  const byCode = /^[\d.]+$/.test(q.trim()) ? q.trim() : null;
  const words = plainName(q);
  if (!byCode && words === "") return { q, candidates: [], ambiguous: false };
  const rows = await villagesNamedLike(
    database,
    byCode ? { code: byCode } : { closed: words.replaceAll(" ", ""), firstWord: words.split(" ")[0] ?? words },
    within,
    options.scope,
  );
  const scored = rows
    .map((row) => ({ row, likeness: byCode ? 1 : likeness(words, row.name, row.district_name ?? "", row.regency_name ?? "") }))
    .filter((entry) => entry.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || (a.row.code < b.row.code ? -1 : 1));
  const total = scored.reduce((sum, entry) => sum + entry.likeness ** 3, 0);
  const candidates = scored
    .slice(0, options.limit)
    .map(({ row, likeness: value }) => ({ ...row, probability: Math.round((value ** 3 / total) * 1e4) / 1e4 }));
  return { q, candidates, ambiguous: (candidates[0]?.probability ?? 1) < 0.8 };
}
