import type { ImportReport, JoinReport, ReportRow } from "../contract/importReport.ts";
import type { Fault } from "../contract/incident.ts";
import { type Language, problemText } from "../problem.ts";

const mostRowsListed = 100_000;
const shownLength = 300;

function shortened(value: unknown): unknown {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text !== undefined && text.length > shownLength) return `${text.slice(0, shownLength)}…`;
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** Gathers what happened to the rows of one import. Has a life: it grows while the file is read and is finished once. */
export class ReportBuilder {
  readonly #language: Language;
  readonly #rows: ReportRow[] = [];
  readonly #warnings: ReportRow[] = [];
  #unlisted = 0;
  accepted = 0;
  rejected = 0;
  unchanged = 0;
  notLoaded = 0;
  queued = 0;
  /** How rows and areas met, where the import says so. */
  join: JoinReport | null = null;

  constructor(language: Language) {
    this.#language = language;
  }

  #row(row: number | null, fault: Fault): ReportRow {
    return {
      row,
      field: fault.field || null,
      code: fault.code,
      message: problemText(fault.code, fault, this.#language),
      value: shortened(fault.value),
    };
  }

  #list(row: number, faults: readonly Fault[]): void {
    for (const fault of faults) {
      if (this.#rows.length < mostRowsListed) this.#rows.push(this.#row(row, fault));
      else this.#unlisted++;
    }
  }

  /** One row that cannot be taken, with everything wrong about it. */
  reject(row: number, faults: readonly Fault[]): void {
    this.rejected++;
    this.#list(row, faults);
  }

  /** One row that waits for a person's choice. */
  queue(row: number, fault: Fault): void {
    this.queued++;
    this.#list(row, [fault]);
  }

  warn(row: number | null, fault: Fault): void {
    if (this.#warnings.length < mostRowsListed) this.#warnings.push(this.#row(row, fault));
  }

  /** Words about the file as a whole so far, such as that it was reprojected. */
  get fileNotes(): readonly ReportRow[] {
    return this.#warnings.filter(({ row }) => row === null);
  }

  /** The report of an import that stored what it accepted, or of one that stored nothing: then nothing counts as accepted. */
  finish(isStored: boolean): ImportReport {
    if (this.#unlisted > 0) this.warn(null, { field: "", code: "rows_cut", value: mostRowsListed, total: mostRowsListed + this.#unlisted });
    return {
      accepted: isStored ? this.accepted : 0,
      rejected: this.rejected,
      unchanged: this.unchanged,
      notLoaded: this.notLoaded,
      queued: this.queued,
      warnings: this.#warnings,
      rows: this.#rows.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)),
      ...(this.join ? { join: this.join } : {}),
    };
  }
}
