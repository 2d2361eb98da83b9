import { formatInterval, formatNumber } from "../../format/number.ts";
import type { Language, TextKey } from "../../text/text.svelte.ts";
import { type HotspotValues, parts, type RiskValues } from "./riskValues.ts";

/** A sentence, or a clause that ends in a comma: the key of its words and what is filled into them. */
export interface Sentence {
  readonly key: TextKey & `detail.${string}`;
  readonly values?: Readonly<Record<string, string>>;
}

/** A rank interval narrower than this many places is called fairly sure. */
const surePlaces = 3;

function standing(values: RiskValues, ranked: number): Sentence[] {
  const { rank, rankLower, rankUpper } = values;
  if (rank === null || rankLower === null || rankUpper === null || ranked < 1) return [];
  const places = rankUpper - rankLower + 1;
  if (places > ranked / 2) return [{ key: "detail.say_anywhere" }, { key: "detail.say_rankOpen" }];
  const certainty: Sentence = { key: places <= surePlaces ? "detail.say_rankSure" : "detail.say_rankUnsure" };
  if (rankUpper <= ranked * 0.1) return [{ key: "detail.say_high" }, certainty];
  if (rankUpper <= ranked / 3) return [{ key: "detail.say_upper" }, certainty];
  if (rankLower > (ranked * 2) / 3) return [{ key: "detail.say_low" }, certainty];
  return [{ key: "detail.say_middle" }, certainty];
}

function whatIsLacking(values: RiskValues, language: Language): Sentence {
  if (values.population === null) return { key: "detail.say_noPeople" };
  if (values.scoreLower !== null && values.scoreUpper !== null && values.scoreLower < 34 && values.scoreUpper >= 67)
    return { key: "detail.say_wide", values: { range: formatInterval(values.scoreLower, values.scoreUpper, 0, language) } };
  return { key: "detail.say_short" };
}

/**
 * What the numbers of a village mean in plain words, and what they do not: where it stands by its rank interval (not by the rank alone), whether it belongs to a
 * hotspot, that silence is no safety, that an order is no forecast. A village short of data is told what it lacks, and nothing else is claimed of it.
 */
export function explanation(values: RiskValues | null, ranked: number, hotspot: HotspotValues | null, language: Language): Sentence[] {
  if (values === null || values.band === null) return [{ key: "detail.say_none" }];
  if (values.band === "DATA KURANG") return [whatIsLacking(values, language)];
  const sentences = standing(values, ranked);
  if (hotspot && (hotspot.class === "hot" || hotspot.class === "cold"))
    sentences.push({
      key: hotspot.class === "hot" ? "detail.say_hot" : "detail.say_cold",
      values: { q: formatNumber(hotspot.q, 3, language) },
    });
  if (values.count === 0) sentences.push({ key: "detail.say_quiet" });
  return [...sentences, { key: "detail.say_notForecast" }];
}

const namedParts = 2;

/** The numbers behind the words: the score with its interval, the parts that gave most of it, and the incidents counted. Nothing of a village short of data. */
export function explanationNumbers(
  values: RiskValues | null,
  partName: (part: (typeof parts)[number]) => string,
  language: Language,
): Sentence[] {
  if (values === null || values.band === null || values.band === "DATA KURANG" || values.score === null) return [];
  const { score, scoreLower, scoreUpper, count } = values;
  const largest = parts
    .flatMap((part) => (values[part] !== null && values[part] > 0 ? [{ part, points: values[part] }] : []))
    .sort((a, b) => b.points - a.points)
    .slice(0, namedParts)
    .map(({ part, points }) => `${partName(part)} ${formatNumber(points, 1, language)}`);
  const range = scoreLower === null || scoreUpper === null ? "—" : formatInterval(scoreLower, scoreUpper, 0, language);
  return [
    { key: "detail.say_score", values: { score: formatNumber(score, 1, language), range } },
    ...(largest.length > 0 ? [{ key: "detail.say_parts", values: { parts: largest.join(", ") } } as const] : []),
    ...(count !== null && count > 0 ? [{ key: "detail.say_count", values: { n: formatNumber(count, 0, language) } } as const] : []),
  ];
}
