import { request } from "../client.ts";

export interface TaxonomyEntry {
  readonly code: string;
  readonly id: string;
  readonly en: string;
  readonly context?: boolean;
  readonly severity?: number | null;
  readonly field?: string;
}

interface TaxonomyAnswer {
  readonly issues: readonly TaxonomyEntry[];
  readonly forms: readonly TaxonomyEntry[];
  readonly stages: readonly TaxonomyEntry[];
  readonly fields: readonly TaxonomyEntry[];
  readonly statuses: readonly TaxonomyEntry[];
  readonly source_classes: readonly TaxonomyEntry[];
  readonly source_values: readonly TaxonomyEntry[];
  readonly content_values: readonly TaxonomyEntry[];
  readonly location_precisions: readonly TaxonomyEntry[];
}

class Taxonomy {
  issues = $state.raw<readonly TaxonomyEntry[]>([]);
  /** With F0, nil, which exists only in reports. */
  forms = $state.raw<readonly TaxonomyEntry[]>([]);
  stages = $state.raw<readonly TaxonomyEntry[]>([]);
  fields = $state.raw<readonly TaxonomyEntry[]>([]);
  statuses = $state.raw<readonly TaxonomyEntry[]>([]);
  sourceClasses = $state.raw<readonly TaxonomyEntry[]>([]);
  sourceValues = $state.raw<readonly TaxonomyEntry[]>([]);
  contentValues = $state.raw<readonly TaxonomyEntry[]>([]);
  precisions = $state.raw<readonly TaxonomyEntry[]>([]);
  private asked: Promise<void> | null = null;

  /** Loads the taxonomy once. Throws RequestProblem; the next call tries again. */
  load(): Promise<void> {
    this.asked ??= request<TaxonomyAnswer>("/api/taxonomy").then(
      (answer) => {
        this.issues = answer.issues;
        this.forms = answer.forms;
        this.stages = answer.stages;
        this.fields = answer.fields;
        this.statuses = answer.statuses;
        this.sourceClasses = answer.source_classes;
        this.sourceValues = answer.source_values;
        this.contentValues = answer.content_values;
        this.precisions = answer.location_precisions;
      },
      (error) => {
        this.asked = null;
        throw error;
      },
    );
    return this.asked;
  }
}

/** Every code of the taxonomy with its names in both languages. */
export const taxonomy = new Taxonomy();
