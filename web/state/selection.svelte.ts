import { request, withQuery } from "../client.ts";
import type { IncidentFeature } from "./events.svelte.ts";

export interface TrendMonth {
  readonly asOf: string;
  readonly score: number | null;
  readonly scoreLower: number | null;
  readonly scoreUpper: number | null;
  readonly kejadian?: number | null;
  readonly imbasan?: number | null;
  readonly kecenderungan?: number | null;
  readonly kerentanan?: number | null;
  readonly agenda?: number | null;
  readonly potensi?: number | null;
}

type Loading = "loading" | "ready" | "error";
const mostIncidents = 12;

/** What is fetched for one village: its trend and the reports behind its number. */
class Selection {
  trend = $state.raw<readonly TrendMonth[] | null>(null);
  trendState = $state<Loading>("loading");
  incidents = $state.raw<readonly IncidentFeature[]>([]);
  incidentsTotal = $state(0);
  incidentsState = $state<Loading>("loading");
  private code: string | null = null;

  /** Fetches both anew; what is shown of the same village stays until the answer is there. */
  load(code: string): void {
    if (this.code !== code) {
      this.trend = null;
      this.incidents = [];
      this.incidentsTotal = 0;
      this.trendState = "loading";
      this.incidentsState = "loading";
    }
    this.code = code;
    void this.loadTrend(code);
    void this.loadIncidents(code);
  }

  private async loadTrend(code: string): Promise<void> {
    try {
      const answer = await request<{ months: TrendMonth[] }>(withQuery("/api/values/trend", { area: code }));
      if (this.code !== code) return;
      this.trend = answer.months;
      this.trendState = "ready";
    } catch {
      if (this.code === code) this.trendState = "error";
    }
  }

  private async loadIncidents(code: string): Promise<void> {
    try {
      const filter = `village_code = '${code}' AND status IN ('reported', 'verified')`;
      const answer = await request<{ features: IncidentFeature[]; numberMatched: number }>(
        withQuery("/api/collections/incidents/items", { filter, sortby: "-occurred_from", limit: mostIncidents }),
      );
      if (this.code !== code) return;
      this.incidents = answer.features;
      this.incidentsTotal = answer.numberMatched;
      this.incidentsState = "ready";
    } catch {
      if (this.code === code) this.incidentsState = "error";
    }
  }
}

/** The trend and reports of the selected village. */
export const selection = new Selection();
