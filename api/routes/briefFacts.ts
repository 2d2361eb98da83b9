import { audienceOf } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { defaultIssues } from "../assessments/sample.ts";
import type { ResultDocument } from "../contract/processes.ts";
import type { ToldState } from "../contract/toldValues.ts";
import type { Person } from "../endpoint.ts";
import type { PaperClass } from "../papers/bands.ts";
import type { BriefFacts } from "../papers/briefPaper.ts";
import { ringsOf } from "../papers/mapSvg.ts";
import { problem } from "../problem.ts";
import { type AreaShape, areaNamed, areaShapes } from "../queries/areaShapes.ts";
import { dailyCounts } from "../queries/counts.ts";
import { latestStanding } from "../queries/standing.ts";
import type { Parts } from "./parts.ts";
import { toldCounts, toldStanding } from "./toldValues.ts";

interface Asked {
  readonly area: string;
  readonly from: string;
  readonly to: string;
}

const seriousness: readonly PaperClass[] = ["SANGAT RAWAN", "RAWAN", "AMAN", "DATA KURANG", "samar", "tanpa"];
const bySeriousness = (a: { shownAs: PaperClass }, b: { shownAs: PaperClass }): number =>
  seriousness.indexOf(a.shownAs) - seriousness.indexOf(b.shownAs);

function drawn(shapes: readonly AreaShape[], classOf: (code: string) => PaperClass | null) {
  return shapes.map(({ code, geojson }) => ({ rings: ringsOf(geojson), shownAs: classOf(code) }));
}

const labelsOf = (shapes: readonly AreaShape[]) => shapes.map(({ name, label }) => ({ text: name, at: label }));

async function named(parts: Parts, person: Person, area: string): Promise<string> {
  const found = maySee(person, area) ? await areaNamed(parts.database, area) : null;
  if (!found) throw problem("unknown_area", { field: "area", value: area });
  return found.name;
}

async function villageFacts(parts: Parts, person: Person, { area, from, to }: Asked): Promise<BriefFacts> {
  const { database } = parts;
  const areaName = await named(parts, person, area);
  const [[risk], [hotspots], villages, districts] = await Promise.all([
    latestStanding(database, "risk", [area], null),
    latestStanding(database, "hotspots", [area], null),
    areaShapes(database, "village", area),
    areaShapes(database, "district", area),
  ]);
  const riskDocument = risk ? (JSON.parse(risk.result) as ResultDocument) : null;
  const hotDocument = hotspots ? (JSON.parse(hotspots.result) as ResultDocument) : null;
  const at = new Map(riskDocument?.codes.map((code, index) => [code, index]));
  const hot = new Set(hotDocument?.codes.filter((_, index) => hotDocument.columns.class?.[index] === "hot"));
  const codes = villages.map(({ code }) => code);
  const counted = new Map<string, number>();
  for (const { code, n } of await dailyCounts(database, codes, {
    from,
    to,
    issues: defaultIssues,
    statuses: ["reported", "verified"],
    forms: null,
  }))
    counted.set(code, (counted.get(code) ?? 0) + Number(n));
  const classOf = (code: string): PaperClass =>
    (riskDocument?.columns.band?.[at.get(code) ?? -1] as PaperClass | null | undefined) ?? "tanpa";
  const rankOf = (code: string): number => Number(riskDocument?.columns.rank?.[at.get(code) ?? -1] ?? Number.POSITIVE_INFINITY);
  const nameOf = new Map(districts.map(({ code, name }) => [code, name]));
  const power = (hotDocument?.summary.power as { sentence?: { id: string; en: string } } | undefined)?.sentence ?? null;
  return {
    level: "village",
    areaCode: area,
    areaName,
    period: { from, to },
    dataAsOf: riskDocument?.dataAsOf ?? hotDocument?.dataAsOf ?? null,
    runs: { risk: risk?.runId ?? null, hotspots: hotspots?.runId ?? null },
    areas: villages
      .map(({ code, name }) => ({
        code,
        name,
        district: nameOf.get(code.slice(0, 8)) ?? code.slice(0, 8),
        shownAs: classOf(code),
        incidents: counted.get(code) ?? 0,
        isHot: hot.has(code),
      }))
      .sort((a, b) => bySeriousness(a, b) || rankOf(a.code) - rankOf(b.code)),
    counts: [{ period: from, incidents: [...counted.values()].reduce((sum, n) => sum + n, 0) }],
    power,
    least: parts.config.leastCell,
    map: { areas: drawn(villages, classOf), outlines: drawn(districts, () => null), labels: labelsOf(districts) },
  };
}

/** What travels to people outside the team, as it is answered to them on the screen. */
interface ToldBody {
  readonly codes: readonly string[];
  readonly columns: { readonly band: readonly (string | null)[]; readonly state: readonly ToldState[] };
  readonly dataAsOf: string | null;
}

interface ToldCountsBody {
  readonly steps: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly regencies: {
    readonly codes: readonly string[];
    readonly entries: { step: number[]; count: number[] };
    readonly suppressed: { step: number[] };
  };
}

async function districtFacts(parts: Parts, person: Person, { area, from, to }: Asked): Promise<BriefFacts> {
  const areaName = await named(parts, person, area);
  const outside: Person = { ...person, role: "viewer" };
  const [standing, counts, shapes, [regency]] = await Promise.all([
    toldStanding(parts, "risk", outside, [area], { codes: "true" }),
    toldCounts(parts, outside, [area], { from, to, step: "period" }),
    areaShapes(parts.database, "district", area),
    latestStanding(parts.database, "risk", [area], null),
  ]);
  const told = standing.body as ToldBody;
  const { steps, regencies, ...span } = counts.body as ToldCountsBody;
  const at = new Map(told.codes.map((code, index) => [code, index]));
  const classOf = (code: string): PaperClass => {
    const index = at.get(code) ?? -1;
    if (told.columns.state[index] === "suppressed") return "samar";
    return (told.columns.band[index] as PaperClass | null | undefined) ?? "tanpa";
  };
  const toldCount = new Map(regencies.entries.step.map((step, index) => [step, regencies.entries.count[index] as number]));
  return {
    level: "district",
    areaCode: area,
    areaName,
    period: span,
    dataAsOf: told.dataAsOf,
    runs: { risk: regency?.runId ?? null, hotspots: null },
    areas: shapes
      .map(({ code, name }) => ({ name, district: name, shownAs: classOf(code), incidents: null, isHot: false }))
      .sort(bySeriousness),
    counts:
      regencies.codes.length === 0
        ? []
        : steps.map((period, step) => ({
            period,
            incidents: regencies.suppressed.step.includes(step) ? null : (toldCount.get(step) ?? 0),
          })),
    power: null,
    least: parts.config.leastCell,
    map: { areas: drawn(shapes, classOf), outlines: [], labels: labelsOf(shapes) },
  };
}

/**
 * What a brief may tell: villages to the team in a paper that stays inside; to everybody else, and in a paper that may go to anybody, kecamatan as viewers see them.
 */
export const briefFacts = (parts: Parts, person: Person, asked: Asked, isForAnybody: boolean): Promise<BriefFacts> =>
  isForAnybody || audienceOf(person) !== "full" ? districtFacts(parts, person, asked) : villageFacts(parts, person, asked);
