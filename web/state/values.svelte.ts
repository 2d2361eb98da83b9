import { request, withQuery } from "../client.ts";

type Column = readonly (number | null)[];

export interface AreaNames {
  readonly areaSet: string;
  readonly codes: readonly string[];
  readonly names: readonly string[];
  readonly districts: Readonly<Record<string, string>>;
  readonly regencies: Readonly<Record<string, string>>;
}

export interface RiskColumns {
  readonly score: Column;
  readonly scoreLower: Column;
  readonly scoreUpper: Column;
  readonly band: readonly (string | null)[];
  readonly rank: Column;
  readonly rankLower: Column;
  readonly rankUpper: Column;
  readonly kejadian: Column;
  readonly imbasan: Column;
  readonly kecenderungan: Column;
  readonly kerentanan: Column;
  readonly agenda?: Column;
  readonly potensi?: Column;
  readonly count: Column;
  readonly population: Column;
}

export interface HotspotColumns {
  readonly value: Column;
  readonly z: Column;
  readonly p: Column;
  readonly q: Column;
  readonly class: readonly (string | null)[];
}

/** What a method could have seen here, by simulation. */
export interface Power {
  readonly events: number;
  /** Relative risk by size of cluster; null is more than was tried. */
  readonly smallestDetectable: Readonly<Record<string, number | null>>;
  readonly sentence: { readonly id: string; readonly en: string };
}

export interface Published<Columns> {
  readonly areaSet: string;
  readonly run: string;
  readonly dataAsOf: string;
  readonly publishedAt: string;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly missing: readonly string[];
  readonly columns: Columns;
  /** Of one kabupaten alone. */
  readonly summary?: { readonly power?: Power | null };
}

/** A published assessment, or null where none has been published yet. Throws RequestProblem on any other fault. */
async function published<Columns>(kind: "risk" | "hotspots", area: string): Promise<Published<Columns> | null> {
  const answer = await request<Published<Columns> | { readonly run: null }>(withQuery(`/api/values/${kind}`, { areas: area }));
  return answer.run === null ? null : answer;
}

class Values {
  names = $state.raw<AreaNames | null>(null);
  risk = $state.raw<Published<RiskColumns> | null>(null);
  hotspots = $state.raw<Published<HotspotColumns> | null>(null);
  population = $state.raw<{ readonly values: Column; readonly years: Column } | null>(null);
  /** Every loaded indicator's column by its id; `<id>_year` beside it. */
  indicators = $state.raw<Readonly<Record<string, Column>>>({});
  /** Where each village code stands in every column. */
  index = $derived(new Map((this.names?.codes ?? []).map((code, at) => [code, at])));

  /** Loads all of an area; what belongs to another area is gone at once. */
  async load(area: string): Promise<void> {
    const counted = request<{ areaSet: string; columns: { population: Column; year: Column } }>(
      withQuery("/api/values/population", { areas: area }),
    );
    const [population, names, indicators, risk, hotspots] = await Promise.all([
      counted,
      counted.then(({ areaSet }) => request<AreaNames>(`/api/values/codes/${encodeURIComponent(areaSet)}`)),
      request<{ columns: Record<string, Column> }>(withQuery("/api/values/indicators", { areas: area })),
      published<RiskColumns>("risk", area),
      published<HotspotColumns>("hotspots", area),
    ]);
    this.names = names;
    this.population = { values: population.columns.population, years: population.columns.year };
    this.indicators = indicators.columns;
    this.risk = risk;
    this.hotspots = hotspots;
  }

  /** Loads the published assessments again, after a new run. */
  async refresh(area: string): Promise<void> {
    const [risk, hotspots] = await Promise.all([published<RiskColumns>("risk", area), published<HotspotColumns>("hotspots", area)]);
    if (risk === null || risk.areaSet === this.names?.areaSet) {
      this.risk = risk;
      this.hotspots = hotspots;
    } else await this.load(area);
  }

  clear(): void {
    this.names = null;
    this.risk = null;
    this.hotspots = null;
    this.population = null;
    this.indicators = {};
  }
}

/** The columns of the chosen area, all in the order of `names.codes`. */
export const values = new Values();
