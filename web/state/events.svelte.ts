import { request, withQuery } from "../client.ts";
import { addDays } from "../format/day.ts";
import { countByStep, type DailyCounts } from "./counts.ts";
import { today, view } from "./view.svelte.ts";

export interface IncidentFeature {
  readonly type: "Feature";
  readonly id: string;
  readonly geometry: { readonly type: "Point"; readonly coordinates: readonly [number, number] } | null;
  readonly properties: {
    readonly village_code: string;
    readonly occurred_from: string;
    readonly issue: string;
    readonly form: string;
    readonly severity: number;
    readonly status: string;
    readonly source_value: string;
    readonly content_value: number;
    readonly title: string | null;
    readonly facts: string;
  };
}

interface CountsAnswer {
  readonly entries: { readonly area: readonly number[]; readonly step: readonly number[]; readonly count: readonly number[] };
}

interface Page {
  readonly features: readonly IncidentFeature[];
  readonly numberMatched?: number;
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
}

/** How far back counts and incidents are loaded; the time line reaches as far. */
const daysBack = 1095;
const mostPages = 4;
const pageSize = 5000;

const quoted = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(", ");

/** What narrows incidents: the service's own words for it. */
function filterOf(area: string): string {
  const parts = [`village_code LIKE '${area}.%'`, `status IN (${quoted(view.statuses.length ? view.statuses : ["reported", "verified"])})`];
  if (view.issues.length) parts.push(`issue IN (${quoted(view.issues)})`);
  if (view.forms.length) parts.push(`form IN (${quoted(view.forms)})`);
  return parts.join(" AND ");
}

const emptyCounts: DailyCounts = {
  from: "1970-01-01",
  to: "1970-01-01",
  area: new Int32Array(0),
  day: new Int32Array(0),
  count: new Float64Array(0),
};

class Events {
  counts = $state.raw<DailyCounts>(emptyCounts);
  incidents = $state.raw<readonly IncidentFeature[]>([]);
  /** How many incidents there are under the filters; more than `incidents` holds when the map draws only the newest. */
  matched = $state(0);
  isLoaded = $state(false);
  /** Whether the counts are there; the incidents themselves may still be on their way. */
  areCounted = $derived(this.counts !== emptyCounts);
  /** Steps and their counts for the time line. */
  byStep = $derived(countByStep(this.counts, view.step));

  /** Loads counts by day and the incidents' points of an area under the filters of now; the points, which are many, only when `first` is done. */
  async load(area: string, first: Promise<unknown> = Promise.resolve()): Promise<void> {
    const to = addDays(today(), 1);
    const from = addDays(to, -daysBack);
    const counting = request<CountsAnswer>(
      withQuery("/api/values/counts", {
        areas: area,
        from,
        to,
        step: "day",
        issues: view.issues.join(","),
        forms: view.forms.join(","),
        statuses: view.statuses.join(","),
      }),
    );
    const page = withQuery("/api/collections/incidents/items", {
      filter: filterOf(area),
      datetime: `${from}/..`,
      sortby: "-occurred_from",
      limit: pageSize,
    });
    const take = ({ entries }: CountsAnswer): void => {
      if (view.area !== area) return;
      this.counts = {
        from,
        to,
        area: Int32Array.from(entries.area),
        day: Int32Array.from(entries.step),
        count: Float64Array.from(entries.count),
      };
    };
    // The first map waits for no dots; later both change together.
    const taken = this.isLoaded ? null : counting.then(take);
    const [answer, incidents] = await Promise.all([counting, first.then(() => this.pages(page)), taken]);
    if (view.area !== area) return;
    if (!taken) take(answer);
    this.incidents = incidents.found;
    this.matched = incidents.matched;
    this.isLoaded = true;
  }

  /** The newest incidents, page by page, up to what a browser can draw; `matched` tells when that is not all. */
  private async pages(first: string): Promise<{ found: IncidentFeature[]; matched: number }> {
    const found: IncidentFeature[] = [];
    let matched = 0;
    let address: string | null = first;
    for (let page = 0; address !== null && page < mostPages; page += 1) {
      const answer: Page = await request<Page>(address);
      found.push(...answer.features);
      matched = answer.numberMatched ?? found.length;
      const next: string | undefined = answer.links?.find((link) => link.rel === "next")?.href;
      address = next ? new URL(next).pathname + new URL(next).search : null;
    }
    return { found, matched };
  }

  clear(): void {
    this.counts = emptyCounts;
    this.incidents = [];
    this.matched = 0;
    this.isLoaded = false;
  }
}

/** What happened in the chosen area over the last three years. */
export const events = new Events();
