import type { FeatureCollection } from "geojson";
import type { ImportReport } from "../../api/contract/importReport.ts";
import { RequestProblem, request, withQuery, wordsOf } from "../client.ts";
import { ColumnMapping } from "./columnMapping.svelte.ts";
import { sendFile } from "./sendFile.ts";

/** What the screen can load, in the order in which an office needs it. */
export const loadKinds = ["boundaries", "vintage", "indicators", "incidents", "reports", "roster", "potentials"] as const;
export type LoadKind = (typeof loadKinds)[number];

/** A job as the service tells it. */
export interface JobStatus {
  readonly jobID: string;
  readonly processID: string;
  readonly status: "accepted" | "running" | "successful" | "failed" | "dismissed";
  readonly progress: number;
  readonly message: string;
  readonly created: string;
  readonly finished?: string;
  readonly problem?: { readonly detail: string };
}

const pollMilliseconds = 400;
/** The largest GeoJSON whose outlines the browser draws before it is stored. */
const mostOutlineBytes = 20_000_000;

/** The areas of a plain GeoJSON file; null for any other, which the service alone can read. */
async function areasOf(file: File): Promise<FeatureCollection | null> {
  if (!/\.(geo)?json$/i.test(file.name) || file.size > mostOutlineBytes) return null;
  try {
    const content = JSON.parse(await file.text()) as FeatureCollection;
    return content.type === "FeatureCollection" ? content : null;
  } catch {
    return null;
  }
}
const isEnded = (job: JobStatus): boolean => ["successful", "failed", "dismissed"].includes(job.status);
const waited = (): Promise<void> => new Promise((done) => setTimeout(done, pollMilliseconds));

/** One file on its way in: chosen, looked at, checked without storing, then stored. Lives as long as the screen. */
export class FileLoading {
  kind = $state<LoadKind>("boundaries");
  file = $state.raw<File | null>(null);
  /** The file's own areas, to be drawn while they are not stored. */
  areas = $state.raw<FeatureCollection | null>(null);
  /** Further options of the import, as the service names them. */
  options = $state.raw<Readonly<Record<string, string>>>({});
  readonly columns = new ColumnMapping();
  /** Share sent, 0 to 1, while the file is on its way; else null. */
  sent = $state<number | null>(null);
  job = $state.raw<JobStatus | null>(null);
  report = $state.raw<ImportReport | null>(null);
  /** Whether the report tells of a check that stored nothing. */
  isCheck = $state(true);
  problem = $state<string | null>(null);
  readonly isBusy = $derived(this.sent !== null || (this.job !== null && !isEnded(this.job)));

  choose(kind: LoadKind): void {
    this.kind = kind;
    this.options = {};
    this.take(null);
  }

  take(file: File | null): void {
    this.file = file;
    this.areas = null;
    this.forget();
    if (this.kind !== "boundaries") void this.columns.look(this.kind, file, {});
    else if (file) {
      void areasOf(file).then((areas) => {
        if (this.file === file) this.areas = areas;
      });
    }
  }

  /** What was found before no longer fits what is chosen now. */
  forget(): void {
    this.job = null;
    this.report = null;
    this.problem = null;
  }

  /** Sends the file and waits until its import has ended. With `isCheck` nothing is stored. */
  async send(isCheck: boolean, isPartial: boolean): Promise<void> {
    const file = this.file;
    if (!file || this.isBusy) return;
    this.forget();
    this.isCheck = isCheck;
    this.sent = 0;
    try {
      const address = withQuery(`/api/imports/${this.kind}`, {
        ...this.options,
        name: file.name,
        dryRun: isCheck ? "true" : null,
        partial: isPartial ? "true" : null,
        mapping: this.columns.mapping && JSON.stringify(this.columns.mapping),
      });
      this.job = await sendFile<JobStatus>(address, file, (share) => {
        this.sent = share;
      });
      this.sent = null;
      await this.follow();
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.sent = null;
    }
  }

  /** Shows an import that was made before, or is at work. */
  async open(id: string): Promise<void> {
    this.forget();
    try {
      this.job = await request<JobStatus>(`/api/jobs/${encodeURIComponent(id)}`);
      // Whether it was a check is not told by the job; one that is looked at again offers nothing to store.
      this.isCheck = false;
      await this.follow();
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  async cancel(): Promise<void> {
    const job = this.job;
    if (!job) return;
    try {
      this.job = await request<JobStatus>(`/api/jobs/${job.jobID}`, { method: "DELETE" });
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  private async follow(): Promise<void> {
    for (let job = this.job; job && !isEnded(job); job = this.job) {
      await waited();
      if (this.job?.jobID !== job.jobID) return;
      try {
        this.job = await request<JobStatus>(`/api/jobs/${job.jobID}`);
      } catch (error) {
        // A service that is away for a moment goes on with the job when it is back.
        if (!(error instanceof RequestProblem) || (error.status !== 0 && error.status !== 503)) throw error;
      }
    }
    const job = this.job;
    if (!job || job.status === "dismissed") return;
    if (job.problem) this.problem = job.problem.detail;
    else this.report = await request<ImportReport>(`/api/jobs/${job.jobID}/results`);
  }
}
