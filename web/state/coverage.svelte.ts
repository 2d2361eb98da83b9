import { request, withQuery, wordsOf } from "../client.ts";

type Column = readonly (number | null)[];
export type CoverageState = "heard" | "nil" | "late" | "silent" | "waiting";

/** Columns of `/api/values/coverage`; null is unknown, and a state of null is: nobody is expected to report. */
export interface CoverageColumns {
  readonly state: readonly (CoverageState | null)[];
  readonly expected: Column;
  readonly received: Column;
  readonly missing: Column;
  readonly share: Column;
  readonly late: Column;
  readonly medianDaysLate: Column;
  readonly reports: Column;
  readonly lastHeard: readonly (string | null)[];
  readonly daysSilent: Column;
}

export interface VillageCoverage {
  readonly state: CoverageState | null;
  readonly expected: number | null;
  readonly received: number | null;
  readonly missing: number | null;
  readonly late: number | null;
  readonly medianDaysLate: number | null;
  readonly reports: number;
  readonly lastHeard: string | null;
  readonly daysSilent: number | null;
  readonly lines: readonly {
    readonly id: string;
    readonly area_code: string;
    readonly area_name: string | null;
    readonly cadence: "weekly" | "monthly" | "period" | "days";
    readonly every_days: number | null;
    readonly valid_from: string;
    readonly valid_to: string | null;
    readonly reporter_role: string | null;
    /** Only for those who may know. */
    readonly reporter?: string | null;
  }[];
  readonly periods: readonly {
    readonly from: string;
    readonly to: string;
    readonly due: string;
    readonly receivedOn: string | null;
    readonly state: string;
  }[];
}

interface Answer {
  readonly areaSet: string;
  readonly summary: { readonly onRoster: number; readonly villages: number; readonly medianDaysLate: number | null };
  readonly columns: CoverageColumns;
}

const pauseMilliseconds = 250;

class Coverage {
  shown = $state.raw<Answer | null>(null);
  problem = $state<string | null>(null);
  private asked = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Asks for an area and half-open period after a short pause, so that a dragged slider asks once. What is shown stays until the answer is there. */
  want(area: string, from: string, to: string): void {
    const wanted = `${area} ${from} ${to}`;
    if (wanted === this.asked) return;
    if (this.asked !== "" && !this.asked.startsWith(`${area} `)) this.shown = null;
    this.asked = wanted;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(wanted, { areas: area, from, to }), pauseMilliseconds);
  }

  /** Asks again when data have changed; nothing where nothing was asked yet. */
  again(): void {
    const [area, from, to] = this.asked.split(" ");
    this.asked = "";
    if (area && from && to) this.want(area, from, to);
  }

  private async load(wanted: string, query: { areas: string; from: string; to: string }): Promise<void> {
    try {
      const answer = await request<Answer>(withQuery("/api/values/coverage", query));
      if (wanted !== this.asked) return;
      this.shown = answer;
      this.problem = null;
    } catch (error) {
      if (wanted === this.asked) this.problem = wordsOf(error);
    }
  }

  /** One village with its periods and the lines of the roster that bear on it. */
  ofVillage(code: string, from: string, to: string): Promise<VillageCoverage> {
    return request<VillageCoverage>(withQuery(`/api/coverage/${code}`, { from, to }));
  }
}

/** Who was heard of, who not, and how late, in the period shown. */
export const coverage = new Coverage();
