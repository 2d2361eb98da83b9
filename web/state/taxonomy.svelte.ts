import { request } from "../client.ts";
import { keepValue, keptValue } from "./deviceStore.ts";

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

const keptName = "taxonomy";

async function askedOrKept(): Promise<TaxonomyAnswer> {
  try {
    const answer = await request<TaxonomyAnswer>("/api/taxonomy");
    void keepValue(keptName, answer).catch(() => undefined);
    return answer;
  } catch (error) {
    const kept = await keptValue<TaxonomyAnswer>(keptName);
    if (kept) return kept;
    throw error;
  }
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

  /** Loads the taxonomy once; without a signal, the one kept on this device. Throws RequestProblem; the next call tries again. */
  load(): Promise<void> {
    this.asked ??= askedOrKept().then(
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
