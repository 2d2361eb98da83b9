/** One line of the catalogue of failures: the HTTP status and the sentence in both languages; `{name}` is filled from the details. */
export interface CatalogueEntry {
  readonly status: number;
  readonly id: string;
  readonly en: string;
}

export const entry = (status: number, id: string, en: string): CatalogueEntry => ({ status, id, en });
