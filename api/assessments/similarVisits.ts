import { leastSimilarity, similarCases, similarityWeights } from "../analysis/similarCases/similarCases.ts";
import { daysBetween } from "../contract/time.ts";
import type { Database } from "../database/database.ts";
import { problem } from "../problem.ts";
import { pastCases } from "../queries/pastCases.ts";
import { labelPoints } from "../queries/samples.ts";

/** Most visits that are looked through, the latest first. */
export const mostPastCases = 5000;

export interface SimilarQuestion {
  readonly village: string;
  readonly issue?: string | undefined;
  readonly actors: readonly string[];
  /** Visits before this day. */
  readonly before: string;
  readonly limit: number;
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Past visits most like a dispute at hand, with what the likeness is made of, what they came to and what became of what was agreed; says when nothing is alike. @throws unknown_area. */
export async function findSimilarVisits(database: Database, question: SimilarQuestion) {
  const [place] = await labelPoints(database, [question.village]);
  if (!place) throw problem("unknown_area", { field: "village", value: question.village });
  const past = await pastCases(database, { before: question.before, limit: mostPastCases + 1 });
  const looked = past.slice(0, mostPastCases);
  const found = similarCases(
    { issue: question.issue ?? null, actors: question.actors, longitude: place.lon, latitude: place.lat, day: 0 },
    looked.map(({ issue, actors, lon, lat, day }) => ({
      ...{ issue, actors, longitude: lon ?? Number.NaN, latitude: lat ?? Number.NaN },
      day: -daysBetween(day, question.before),
    })),
    question.limit,
  );
  const cases = found.map(({ index, similarity, parts, kilometres, daysBefore }) => {
    const { id, village, villageName, day, issue, outcome, actors, agreements } = looked[index]!;
    const shown = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, known(part)]));
    return {
      visit: id,
      ...{ village, villageName, day, issue, outcome, actors, agreements, similarity, daysBefore },
      parts: shown,
      kilometres: known(kilometres),
      // What the records can say of it: the outcome as the team judged it, and promises kept. Not a proof that the visit did it.
      worked: outcome === "agreement" && agreements.some(({ status }) => status === "kept") ? "kept" : (outcome ?? null),
    };
  });
  return {
    cases,
    looked: looked.length,
    lookedAtAll: past.length <= mostPastCases,
    weights: similarityWeights,
    leastSimilarity,
    ...(cases.length > 0 ? {} : { nothingAlike: nothingAlike(looked.length) }),
  };
}

const nothingAlike = (looked: number) =>
  looked === 0
    ? {
        code: "no_visits",
        id: "Belum ada kunjungan yang dicatat selesai sebelum hari itu.",
        en: "No visit is recorded as done before that day.",
      }
    : {
        code: "nothing_alike",
        id: `Tidak ada yang serupa di antara ${looked} kunjungan: tidak ada isu atau pihak yang sama.`,
        en: `None of ${looked} visits is alike: none shares an issue or an actor.`,
      };
