import type { BriefRequest } from "../contract/brief.ts";
import type { Letterhead } from "../contract/letterhead.ts";
import { bandWords, type PaperClass, paperClassNames } from "./bands.ts";
import { briefWords } from "./briefWords.ts";
import { mapSvg, type PaperMap } from "./mapSvg.ts";
import type { Block, Paper } from "./paper.ts";
import { dayWords, type Language, listWords, numberWords } from "./words.ts";

/** What a brief tells, already cut to what its readers may see. Unknown is null. */
export interface BriefFacts {
  /** What one row and one shape is: villages for the team, kecamatan for anybody. */
  readonly level: "village" | "district";
  readonly areaCode: string;
  readonly areaName: string;
  /** Half-open. */
  readonly period: { readonly from: string; readonly to: string };
  readonly dataAsOf: string | null;
  readonly runs: { readonly risk: string | null; readonly hotspots: string | null };
  readonly areas: readonly {
    readonly name: string;
    readonly district: string;
    readonly shownAs: PaperClass;
    readonly incidents: number | null;
    readonly isHot: boolean;
  }[];
  /** Incidents by reporting period, or the sum of the period; null is kept back. */
  readonly counts: readonly { readonly period: string; readonly incidents: number | null }[];
  readonly power: { readonly id: string; readonly en: string } | null;
  readonly least: { readonly incidents: number; readonly reporters: number };
  readonly map: Omit<PaperMap, "title">;
}

const mostNamed = 10;

const periodWords = (start: string): string => `B${String(Number(start.slice(5, 7)) + 3).padStart(2, "0")} ${start.slice(0, 4)}`;
const lastDay = (endsBefore: string): string => new Date(Date.parse(`${endsBefore}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function bandSentence(facts: BriefFacts, language: Language): string {
  const words = briefWords[language];
  const counts = paperClassNames
    .map((name) => [name, facts.areas.filter((area) => area.shownAs === name).length] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${numberWords(count, language)} ${bandWords(name, language)}`);
  return words.bands(numberWords(facts.areas.length, language), words.places[facts.level], listWords(counts, language));
}

function namedTable(facts: BriefFacts, language: Language): Block[] {
  const words = briefWords[language];
  const raised = facts.areas.filter(({ shownAs }) => shownAs === "SANGAT RAWAN" || shownAs === "RAWAN");
  if (raised.length === 0) return [{ kind: "paragraph", text: words.noneRaised }];
  const shown = raised.slice(0, mostNamed);
  const isVillage = facts.level === "village";
  const rows = shown.map((area) => [
    area.name,
    ...(isVillage
      ? [area.district, area.incidents === null ? "—" : numberWords(area.incidents, language), area.isHot ? words.yes : "—"]
      : []),
    bandWords(area.shownAs, language),
  ]);
  return [
    {
      kind: "table",
      head: isVillage ? [words.village, words.district, words.incidents, words.hot, words.band] : [words.district, words.band],
      shares: isVillage ? [30, 26, 12, 12, 24] : [60, 40],
      rows,
    },
    { kind: "paragraph", isSmall: true, text: words.shownOf(numberWords(shown.length, language), numberWords(raised.length, language)) },
  ];
}

function hotspotText(facts: BriefFacts, language: Language): string {
  const words = briefWords[language];
  const hot = facts.areas.filter(({ isHot }) => isHot).map(({ name }) => name);
  const told =
    facts.runs.hotspots === null
      ? words.noHotspotRun
      : hot.length === 0
        ? words.noHotspots
        : words.hotspots(numberWords(hot.length, language));
  const names =
    hot.length > 0
      ? ` ${listWords(hot.slice(0, mostNamed), language)}${hot.length > mostNamed ? ` (${words.more(numberWords(hot.length - mostNamed, language))})` : ""}.`
      : "";
  return `${told}${names}${facts.power ? ` ${facts.power[language]}` : ""}`;
}

/** The one page for a meeting: what the map shows, which places stand out as bands, what it does not say, and where every number comes from. */
export function briefPaper(
  facts: BriefFacts,
  request: BriefRequest,
  letterhead: Letterhead,
  made: { readonly by: string; readonly on: string },
): Paper {
  const { language } = request;
  const words = briefWords[language];
  const drawing = mapSvg({ ...facts.map, title: words.legend[facts.level] }, language);
  const period = `${dayWords(facts.period.from, language)} – ${dayWords(lastDay(facts.period.to), language)}`;
  const asOf = facts.dataAsOf ? dayWords(facts.dataAsOf, language) : words.unknown;
  const runs =
    [facts.runs.risk && `${words.risk} ${facts.runs.risk}`, facts.runs.hotspots && `Gi* ${facts.runs.hotspots}`]
      .filter(Boolean)
      .join("; ") || words.noRun;
  const counts = facts.counts.map(({ period: start, incidents }) => {
    const value = incidents === null ? words.suppressed : numberWords(incidents, language);
    return facts.level === "district" ? `${periodWords(start)}: ${value}` : value;
  });
  const blocks: Block[] = [
    {
      kind: "facts",
      rows: [
        ...(request.number ? [[words.number, request.number] as const] : []),
        [words.area, `${facts.areaName} (${facts.areaCode})`],
        [words.period, period],
        [words.dataAsOf, asOf],
        [words.run, runs],
        [words.incidents, counts.join("; ") || words.unknown],
      ],
    },
    { kind: "paragraph", text: bandSentence(facts, language) },
    { kind: "drawing", ...drawing, described: bandSentence(facts, language) },
    { kind: "heading", text: words.top[facts.level] },
    ...namedTable(facts, language),
    { kind: "heading", text: words.hotspotTitle },
    { kind: "paragraph", text: facts.level === "village" ? hotspotText(facts, language) : words.hotspotsInside },
    ...(request.note
      ? ([
          { kind: "heading", text: words.note },
          { kind: "paragraph", text: request.note },
        ] as const)
      : []),
    { kind: "heading", text: words.notSaid },
    {
      kind: "paragraph",
      isSmall: true,
      text: [words.limits, ...(facts.level === "district" ? [words.keptBack(facts.least.incidents, facts.least.reporters)] : [])].join(" "),
    },
  ];
  return {
    language,
    letterhead,
    classification: request.classification,
    title: words.title,
    subtitle: facts.areaName,
    blocks,
    city: letterhead.city,
    dayInWords: dayWords(made.on, language),
    signatory: request.signatory ?? letterhead.signatory,
    foot: words.foot(dayWords(made.on, language), made.by, facts.runs.risk ?? "—"),
  };
}
