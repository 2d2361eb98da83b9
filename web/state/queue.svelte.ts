import type { QueuedRow, QueuePage, QueueState, Settlement } from "../../api/contract/queue.ts";
import { request, withQuery, wordsOf } from "../client.ts";

const rowsAtATime = 50;

/** Rows of imports that wait for a person's choice, page by page. */
export class Queue {
  rows = $state.raw<readonly QueuedRow[]>([]);
  matched = $state<number | null>(null);
  state = $state<QueueState>("waiting");
  problem = $state<string | null>(null);
  isLoading = $state(false);
  /** The last choice, which can be taken back. */
  last = $state.raw<QueuedRow | null>(null);
  #next: string | null = null;

  get hasMore(): boolean {
    return this.#next !== null;
  }

  async load(state: QueueState = this.state): Promise<void> {
    this.state = state;
    this.rows = [];
    this.#next = withQuery("/api/queue", { state, limit: rowsAtATime });
    await this.more();
  }

  async more(): Promise<void> {
    const address = this.#next;
    if (!address) return;
    this.isLoading = true;
    this.problem = null;
    try {
      const page = await request<QueuePage>(address);
      if (this.#next !== address) return;
      this.rows = [...this.rows, ...page.queue];
      this.matched = page.numberMatched;
      const next = page.links.find((link) => link.rel === "next")?.href;
      this.#next = next ? next.replace(/^https?:\/\/[^/]+/, "") : null;
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isLoading = false;
    }
  }

  async settle(row: QueuedRow, choice: Settlement): Promise<void> {
    await this.#change(row, "settle", choice);
  }

  /** Takes the last choice back. */
  async undo(): Promise<void> {
    if (this.last) await this.#change(this.last, "undo", undefined);
  }

  async #change(row: QueuedRow, how: "settle" | "undo", body: Settlement | undefined): Promise<void> {
    this.problem = null;
    try {
      const answer = await request<{ row: QueuedRow; others: string[] }>(`/api/queue/${row.id}/${how}`, {
        method: "POST",
        ...(body === undefined ? {} : { body }),
      });
      this.last = how === "settle" ? answer.row : null;
      // Rows that were settled with it, or came back with it, change the list too.
      if (how === "undo" || answer.others.length > 0) await this.load();
      else {
        this.rows = this.rows.filter(({ id }) => id !== row.id);
        this.matched = Math.max(0, (this.matched ?? 1) - 1);
      }
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}
