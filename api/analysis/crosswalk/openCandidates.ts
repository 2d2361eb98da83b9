import { parentOf, type Villages } from "./areaList.ts";
import type { nameRatios } from "./pairScores.ts";
import type { Correspondence } from "./parentVotes.ts";

export interface Candidate {
  readonly code: string;
  /** In [0, 1]; those of one area add up to less than 1, the rest is none of them. */
  readonly probability: number;
}

const mostCandidates = 5;
const leastShare = 0.03;
const leastProbability = 0.005;
/** Odds, against which a candidate is weighed, that none of the open villages is meant. */
const oddsOfNone = 0.05;

/**
 * For villages that were not surely found: up to five that may be meant among those that nobody else surely is, likeliest first, by name within the kecamatan and
 * kabupaten that correspond. Cost: for each the villages still open there.
 */
export function openCandidates(
  before: Villages,
  after: Villages,
  open: { readonly places: readonly number[]; readonly finds: readonly number[] },
  { districts, regencies }: Correspondence,
  ratioOf: ReturnType<typeof nameRatios>,
): Map<string, Candidate[]> {
  const byRegency = new Map<string, number[]>();
  for (const find of open.finds) {
    const regency = parentOf(parentOf(after.codes[find]!));
    byRegency.set(regency, [...(byRegency.get(regency) ?? []), find]);
  }
  const all = new Map<string, Candidate[]>();
  for (const place of open.places) {
    const code = before.codes[place]!;
    const district = parentOf(code);
    const near = regencies.heirs(parentOf(district)).filter(({ share }) => share >= leastShare);
    const weighed = near.flatMap((heir) => {
      const finds = byRegency.get(heir.code) ?? [];
      return finds.map((find) => {
        const inDistrict = districts.share(district, parentOf(after.codes[find]!));
        const chance = inDistrict + ((1 - inDistrict) * heir.share) / Math.max(1, finds.length);
        return { code: after.codes[find]!, weight: chance * ratioOf(place, find).ratio };
      });
    });
    const total = weighed.reduce((sum, { weight }) => sum + weight, oddsOfNone);
    all.set(
      code,
      weighed
        .sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1))
        .slice(0, mostCandidates)
        .map(({ code: candidate, weight }) => ({ code: candidate, probability: weight / total }))
        .filter(({ probability }) => probability >= leastProbability),
    );
  }
  return all;
}
