import { request, withQuery, wordsOf } from "../client.ts";
import { downloadFile } from "./download.ts";
import { shownPeriod, view } from "./view.svelte.ts";

export interface Caption {
  readonly office: string;
  readonly by: string;
  readonly period_from: string;
  readonly period_to: string;
  readonly data_as_of: string | null;
  readonly runs: readonly { readonly kind: string; readonly regency: string; readonly run: string }[];
  readonly note: string;
}

/** What of the view an export is asked with; viewers may not choose finer than they see. */
function asked(isViewer: boolean): Record<string, string | null | undefined> {
  const { from, to } = shownPeriod();
  const narrowed = isViewer ? {} : { issues: view.issues.join(","), forms: view.forms.join(","), statuses: view.statuses.join(",") };
  return { areas: view.area, from, to, ...narrowed };
}

class Exports {
  /** What is being made now, by name; null for nothing. */
  making = $state<string | null>(null);
  /** The file made last. */
  made = $state<string | null>(null);
  problem = $state<string | null>(null);

  /** Makes one file after another, and tells of each. */
  async run(what: string, work: () => Promise<string>): Promise<boolean> {
    if (this.making) return false;
    this.making = what;
    this.made = null;
    this.problem = null;
    try {
      this.made = await work();
      return true;
    } catch (error) {
      this.problem = wordsOf(error);
      return false;
    } finally {
      this.making = null;
    }
  }

  saveView(format: "csv" | "xlsx" | "geojson", isViewer: boolean): Promise<string> {
    return downloadFile(withQuery("/api/exports/view", { ...asked(isViewer), f: format }), `waspada.${format}`);
  }

  caption(isViewer: boolean): Promise<Caption> {
    return request<Caption>(withQuery("/api/exports/caption", asked(isViewer)));
  }
}

/** Files made of what the map shows. */
export const exports = new Exports();
