import { nameKey } from "../names/placeName.ts";
import { type AreaList, lettersOf, villagesOf } from "./areaList.ts";
import type { Change, Crosswalk, Link } from "./crosswalk.ts";
import { type Evidence, type Match, matchVillages } from "./matchVillages.ts";

interface Step {
  readonly to: string;
  readonly share: number;
  readonly shareBack: number;
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

/** Makes the function that says where a village went; nothing where that is unknown. */
function stepsOf({ links, unknownBefore }: Crosswalk, later: ReadonlySet<string>): (code: string) => readonly Step[] {
  const byCode = new Map<string, Step[]>();
  for (const link of links) byCode.set(link.from, [...(byCode.get(link.from) ?? []), link]);
  const unknown = new Set(unknownBefore);
  return (code) => {
    const told = byCode.get(code) ?? [];
    const stays = !unknown.has(code) && later.has(code) && told.every(({ share }) => share === 0);
    return stays ? [{ to: code, share: 1, shareBack: 1, confidence: 1, evidence: [] }, ...told] : told;
  };
}

/** Below it a way over several lists is held against the direct one. */
const unsure = 0.9;

/**
 * Leads the villages of one list over a second to a third: shares and confidences multiply along a way and, where ways meet again, shares add up and the
 * surest way counts. What ends on the way (a list may have left it out) is looked for again in the last list, under its code first. Small changes from
 * list to list are surer than one large one. Cost: one pass over the villages.
 */
export function compose(first: AreaList, second: AreaList, third: AreaList, one: Crosswalk, two: Crosswalk): Crosswalk {
  const before = villagesOf(first);
  const after = villagesOf(third);
  const codesBetween = new Set(second.codes);
  const stepOne = stepsOf(one, codesBetween);
  const stepTwo = stepsOf(two, new Set(third.codes));
  let links: Link[] = [];
  let toLinked: Set<string> | undefined;
  const ended: number[] = [];
  const doubted: { place: number; step: Step }[] = [];
  const reached = new Set<string>();

  for (const [place, code] of before.codes.entries()) {
    const targets = new Map<string, Step>();
    for (const near of stepOne(code))
      for (const far of stepTwo(near.to)) {
        const before = targets.get(far.to);
        const isSurer = near.confidence * far.confidence > (before?.confidence ?? 0);
        targets.set(far.to, {
          to: far.to,
          share: (before?.share ?? 0) + near.share * far.share,
          shareBack: Math.min(1, (before?.shareBack ?? 0) + near.shareBack * far.shareBack),
          confidence: isSurer ? near.confidence * far.confidence : (before?.confidence ?? 0),
          evidence: isSurer || !before ? joined(near.evidence, far.evidence) : before.evidence,
        });
      }
    const all = [...targets.values()];
    const shared = all.reduce((sum, { share }) => sum + share, 0);
    if (shared === 0) ended.push(place);
    const whole = all.filter(({ share }) => share > 0);
    for (const step of all) {
      reached.add(step.to);
      const find = after.indexOf.get(step.to)!;
      if (whole.length === 1 && step.share > 0 && step.confidence < unsure && !before.indexOf.has(step.to)) doubted.push({ place, step });
      const isSame = lettersOf(before.names[place]!) === lettersOf(after.names[find]!);
      if (step.to === code && isSame && whole.length === 1 && step.share > 0) continue;
      const change: Change =
        step.share === 0 || whole.length > 1
          ? "split"
          : step.shareBack < 1
            ? "merged"
            : step.to === code || nameKey(before.names[place]!) !== nameKey(after.names[find]!)
              ? "renamed"
              : "moved";
      links.push({ from: code, ...step, share: shared === 0 ? 0 : step.share / shared, change });
    }
  }

  const places: number[] = [];
  for (const place of ended) {
    const code = before.codes[place]!;
    const find = after.indexOf.get(code);
    const isBack = find !== undefined && !reached.has(code) && nameKey(before.names[place]!) === nameKey(after.names[find]!);
    if (isBack) reached.add(code);
    else places.push(place);
  }
  const held = new Set(doubted.map(({ step }) => step.to));
  const sureTargets = new Set(links.filter(({ to, confidence }) => confidence >= unsure || !held.has(to)).map(({ to }) => to));
  const finds = after.codes.flatMap((code, find) =>
    (held.has(code) && !sureTargets.has(code)) || !(reached.has(code) || before.indexOf.has(code)) ? [find] : [],
  );
  const matches = surerMatches(
    matchVillages(before, after, { places: [...places, ...doubted.map(({ place }) => place)], finds }).matches,
    doubted,
    after,
  );
  const replaced = new Set(matches.map(({ place }) => before.codes[place]!));
  const taken = new Set(matches.map(({ find }) => after.codes[find]!));
  links = links.filter(({ from, to }) => !replaced.has(from) && !taken.has(to));
  for (const { place, find, sureness, evidence } of matches) {
    reached.add(after.codes[find]!);
    links.push({
      from: before.codes[place]!,
      to: after.codes[find]!,
      change: "moved",
      confidence: sureness,
      share: 1,
      shareBack: 1,
      evidence,
    });
  }
  const matched = new Set(matches.map(({ place }) => place));
  const linked = new Set(links.map(({ from }) => from));
  const lost = doubted.map(({ place }) => place).filter((place) => !linked.has(before.codes[place]!));
  return {
    links: links.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1)),
    unknownBefore: [...places.filter((place) => !matched.has(place)), ...lost].sort((a, b) => a - b).map((place) => before.codes[place]!),
    unknownAfter: after.codes.filter((code) => !before.indexOf.has(code) && !isLinked(code)),
  };

  function isLinked(code: string): boolean {
    toLinked ??= new Set(links.map(({ to }) => to));
    return toLinked.has(code);
  }
}

/** Of the direct matches those that are surer than the way that is doubted. */
function surerMatches(
  matches: readonly Match[],
  doubted: readonly { place: number; step: Step }[],
  after: { codes: readonly string[] },
): Match[] {
  const before = new Map(doubted.map(({ place, step }) => [place, step]));
  const holders = new Map(doubted.map(({ place, step }) => [step.to, { place, step }]));
  return matches.filter(({ place, find, sureness }) => {
    const holder = holders.get(after.codes[find]!);
    const isBetterThanOwn = sureness > (before.get(place)?.confidence ?? 0);
    return isBetterThanOwn && (holder === undefined || holder.place === place || sureness > holder.step.confidence);
  });
}

function joined(near: readonly Evidence[], far: readonly Evidence[]): Evidence[] {
  const both = near.length > 0 && far.length > 0;
  return [...new Set<Evidence>([...near, ...far, ...(both ? (["several_steps"] as const) : [])])];
}
