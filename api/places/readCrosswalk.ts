import type { ChangeWord, CrosswalkArea } from "../contract/vintages.ts";
import type { Queryable } from "../database/database.ts";
import { type AreasAsked, type ReadArea, type ReadLink, readAreas, readLinks } from "../queries/areaLinks.ts";

/** What a link is called when it is read from the later list to the earlier one. */
const backwards = { renamed: "renamed", moved: "moved", split: "merged", merged: "moved" } as const;

function changeOf(area: ReadArea, whole: readonly ReadLink[], isForward: boolean): ChangeWord {
  if (area.isUnknown) return "unknown";
  const [first] = whole;
  if (first === undefined) return area.nameThere === null ? "unknown" : "unchanged";
  if (whole.length > 1) return "split";
  return isForward ? first.change : backwards[first.change];
}

/**
 * Reads where areas of one list are in another, forward or back in time, codes ascending. An area without a link that is in both lists is unchanged, exactly:
 * confidence 1 and one target, itself.
 */
export async function readCrosswalk(
  database: Queryable,
  fromYear: number,
  toYear: number,
  asked: AreasAsked,
): Promise<{ areas: CrosswalkArea[]; matched: number }> {
  const { areas, matched } = await readAreas(database, fromYear, toYear, asked);
  const links = new Map<string, ReadLink[]>();
  const codes = areas.map(({ code }) => code);
  for (const link of await readLinks(database, fromYear, toYear, codes)) links.set(link.code, [...(links.get(link.code) ?? []), link]);
  return {
    matched,
    areas: areas.map((area) => {
      const all = links.get(area.code) ?? [];
      const whole = all.filter(({ share }) => share > 0);
      const change = changeOf(area, whole, fromYear < toYear);
      const itself = { code: area.code, name: area.nameThere, share: 1, confidence: 1, evidence: ["same_code", "same_name"] };
      const targets = whole.map(({ to, toName, share, confidence, evidence }) => ({ code: to, name: toName, share, confidence, evidence }));
      return {
        code: area.code,
        name: area.name,
        change,
        confidence: change === "unknown" ? null : change === "unchanged" ? 1 : Math.min(...targets.map(({ confidence }) => confidence)),
        targets: change === "unchanged" ? [itself] : targets,
        offspring: all.filter(({ share }) => share === 0).map(({ to, toName, confidence }) => ({ code: to, name: toName, confidence })),
        candidates: area.candidates ?? [],
      };
    }),
  };
}
