import { nameKey } from "../names/placeName.ts";
import { type AreaList, parentOf } from "./areaList.ts";
import type { Crosswalk, Link } from "./crosswalk.ts";

/** Fewer of an area's villages than this go to another by a wrong match now and then, not by law. */
const leastShare = 0.02;
const confidenceOfName = 0.6;

interface Heir {
  villages: number;
  confidence: number;
}

/** Where the villages of every area above them went: before → after → villages and the sum of their confidence. */
function heirsOf(earlier: AreaList, later: ReadonlySet<string>, villages: Crosswalk): Map<string, Map<string, Heir>> {
  const links = new Map<string, Link[]>();
  for (const link of villages.links) if (link.share > 0) links.set(link.from, [...(links.get(link.from) ?? []), link]);
  const heirs = new Map<string, Map<string, Heir>>();
  const add = (from: string, to: string, share: number, confidence: number): void => {
    const all = heirs.get(from) ?? new Map<string, Heir>();
    const heir = all.get(to) ?? { villages: 0, confidence: 0 };
    heir.villages += share;
    heir.confidence += share * confidence;
    heirs.set(from, all.set(to, heir));
  };
  for (const code of earlier.codes) {
    if (code.split(".").length !== 4) continue;
    const targets = links.get(code) ?? (later.has(code) ? [{ to: code, share: 1, confidence: 1 }] : []);
    for (const { to, share, confidence } of targets)
      for (let [from, heir] = [parentOf(code), parentOf(to)]; from !== ""; [from, heir] = [parentOf(from), parentOf(heir)])
        add(from, heir, share, confidence);
  }
  return heirs;
}

/**
 * Adds to the links of villages those of kecamatan, kabupaten and provinces: an area above villages is where its villages are, in shares of their number.
 * One that keeps code and name and all its villages is unchanged; one of which villages left is split, also where it goes on under its own code.
 * One without any village found again is looked for by its name in the area that took over from its own.
 */
export function withUpperLevels(earlier: AreaList, later: AreaList, villages: Crosswalk): Crosswalk {
  const laterNames = new Map(later.codes.map((code, index) => [code, later.names[index] ?? ""]));
  const earlierNames = new Map(earlier.codes.map((code, index) => [code, earlier.names[index] ?? ""]));
  const heirs = heirsOf(earlier, new Set(later.codes), villages);
  const arrived = new Map<string, number>();
  for (const all of heirs.values()) for (const [to, heir] of all) arrived.set(to, (arrived.get(to) ?? 0) + heir.villages);
  const links: Link[] = [];
  const unknownBefore: string[] = [];
  const found = new Set<string>();

  for (const code of earlier.codes) {
    if (code.split(".").length === 4) continue;
    const all = [...(heirs.get(code) ?? [])];
    const total = all.reduce((sum, [, heir]) => sum + heir.villages, 0);
    const kept = all.filter(([, heir]) => heir.villages / total >= leastShare || total < 1 / leastShare);
    const keptTotal = kept.reduce((sum, [, heir]) => sum + heir.villages, 0);
    const sameName = (to: string): boolean => nameKey(earlierNames.get(code) ?? "") === nameKey(laterNames.get(to) ?? "");
    for (const [to] of kept) found.add(to);
    if (kept.length === 0) {
      const byName = later.codes.filter((to) => to.length === code.length && sameName(to) && parentOf(to) === parentOf(code));
      if (laterNames.has(code) && (byName.length === 0 || byName.includes(code))) {
        found.add(code);
        if (!sameName(code)) links.push(linkOf(code, code, "renamed", 0.9, 1, 1, ["same_code", "other_name"]));
      } else if (byName.length === 1) {
        found.add(byName[0]!);
        links.push(linkOf(code, byName[0]!, "moved", confidenceOfName, 1, 1, ["same_name"]));
      } else unknownBefore.push(code);
      continue;
    }
    if (kept.length === 1 && kept[0]![0] === code && sameName(code)) continue;
    for (const [to, heir] of kept) {
      const share = heir.villages / keptTotal;
      const shareBack = Math.min(1, heir.villages / (arrived.get(to) ?? heir.villages));
      const isMerged = shareBack < 1 - leastShare && to !== code;
      const change = kept.length > 1 ? "split" : isMerged ? "merged" : sameName(to) ? "moved" : "renamed";
      links.push(
        linkOf(code, to, change, heir.confidence / heir.villages, share, shareBack, [
          ...(to === code ? (["same_code"] as const) : []),
          sameName(to) ? "same_name" : "other_name",
          "by_villages",
        ]),
      );
    }
  }
  const unknownAfter = later.codes.filter((code) => code.split(".").length < 4 && !found.has(code) && !earlierNames.has(code));
  return {
    links: [...villages.links, ...links].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
    unknownBefore: [...villages.unknownBefore, ...unknownBefore].sort(compare),
    unknownAfter: [...villages.unknownAfter, ...unknownAfter].sort(compare),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function linkOf(
  from: string,
  to: string,
  change: Link["change"],
  confidence: number,
  share: number,
  shareBack: number,
  evidence: Link["evidence"],
): Link {
  return { from, to, change, confidence, share, shareBack, evidence };
}
