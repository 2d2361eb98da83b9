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
}

class Taxonomy {
  issues = $state.raw<readonly TaxonomyEntry[]>([]);
  /** With F0, nil, which exists only in reports. */
  forms = $state.raw<readonly TaxonomyEntry[]>([]);
  stages = $state.raw<readonly TaxonomyEntry[]>([]);
  fields = $state.raw<readonly TaxonomyEntry[]>([]);
  private asked: Promise<void> | null = null;

  /** Loads the taxonomy once. Throws RequestProblem; the next call tries again. */
  load(): Promise<void> {
    this.asked ??= request<TaxonomyAnswer>("/api/taxonomy").then(
      (answer) => {
        this.issues = answer.issues;
        this.forms = answer.forms;
        this.stages = answer.stages;
        this.fields = answer.fields;
      },
      (error) => {
        this.asked = null;
        throw error;
      },
    );
    return this.asked;
  }
}

/** Codes of issues, forms, stages and fields with their names in both languages. */
export const taxonomy = new Taxonomy();
