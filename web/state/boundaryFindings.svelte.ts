import type { FeatureCollection } from "geojson";
import type { FindingKindId } from "../../api/contract/boundaryFindingKinds.ts";
import type { BoundaryFinding, BoundaryReport } from "../../api/contract/boundaryReport.ts";
import { request, withQuery, wordsOf } from "../client.ts";

const findingsAtATime = 100;
/** As many as a browser draws without a pause. */
export const mostDrawn = 5000;
const nothing: FeatureCollection = { type: "FeatureCollection", features: [] };

/** What one import of boundaries was found to hold: the counts, the list page by page, and the shapes for the map. */
class BoundaryFindings {
  report = $state.raw<BoundaryReport | null>(null);
  list = $state.raw<readonly BoundaryFinding[]>([]);
  shapes = $state.raw<FeatureCollection>(nothing);
  /** null is every kind. */
  kind = $state<FindingKindId | null>(null);
  /** The finding that a person looks at. */
  chosen = $state.raw<BoundaryFinding | null>(null);
  problem = $state<string | null>(null);
  isLoading = $state(false);
  #job: string | null = null;
  #next: string | null = null;

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Shows the findings of an import, of all kinds or one; null shows none. */
  async show(job: string | null, kind: FindingKindId | null = null): Promise<void> {
    this.#job = job;
    this.kind = kind;
    this.chosen = null;
    this.problem = null;
    if (job === null) {
      this.report = null;
      this.list = [];
      this.shapes = nothing;
      return;
    }
    const address = `/api/imports/${job}/boundary-report`;
    this.isLoading = true;
    try {
      const [report, shapes] = await Promise.all([
        request<BoundaryReport>(withQuery(address, { kind, limit: findingsAtATime })),
        request<FeatureCollection>(withQuery(address, { kind, limit: mostDrawn, f: "geojson" }), {
          headers: { Accept: "application/geo+json" },
        }),
      ]);
      if (this.#job !== job || this.kind !== kind) return;
      this.report = report;
      this.list = report.findings;
      this.shapes = shapes;
      this.#next = nextOf(report);
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isLoading = false;
    }
  }

  async more(): Promise<void> {
    const next = this.#next;
    if (!next || this.isLoading) return;
    this.isLoading = true;
    try {
      const page = await request<BoundaryReport>(next);
      if (this.#next !== next) return;
      this.list = [...this.list, ...page.findings];
      this.#next = nextOf(page);
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isLoading = false;
    }
  }
}

function nextOf(report: BoundaryReport): string | null {
  const next = report.links.find((link) => link.rel === "next")?.href;
  if (!next) return null;
  const address = new URL(next, window.location.origin);
  return address.pathname + address.search;
}

/** The findings that the data screen shows. */
export const boundaryFindings = new BoundaryFindings();
