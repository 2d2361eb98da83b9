import { request, withQuery, wordsOf } from "../client.ts";

/** An import as its history lists it. */
export interface KeptImport {
  readonly id: string;
  readonly kind: string;
  readonly status: "accepted" | "running" | "successful" | "failed" | "dismissed";
  readonly file_name: string | null;
  readonly by: string;
  readonly created_at: string;
  readonly is_check: boolean;
  readonly undone_at: string | null;
  readonly can_undo: boolean;
}
export interface UndoneImport {
  readonly kept: KeptImport;
  readonly incidents: number;
  readonly indicator_values: number;
}

const mostShown = 50;

/** What was loaded, newest first, and the taking back of one. */
export class ImportHistory {
  imports = $state.raw<readonly KeptImport[] | null>(null);
  matched = $state(0);
  problem = $state<string | null>(null);
  /** The last one that was taken back, and what that changed. */
  undone = $state.raw<UndoneImport | null>(null);
  isBusy = $state(false);

  async load(): Promise<void> {
    try {
      const answer = await request<{ imports: KeptImport[]; numberMatched: number }>(withQuery("/api/imports", { limit: mostShown }));
      this.imports = answer.imports;
      this.matched = answer.numberMatched;
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  async undo(kept: KeptImport): Promise<void> {
    this.isBusy = true;
    this.problem = null;
    this.undone = null;
    try {
      const answer = await request<Omit<UndoneImport, "kept">>(`/api/imports/${kept.id}/undo`, { method: "POST", body: {} });
      this.undone = { ...answer, kept };
      await this.load();
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }
}
