import type { Alert } from "../../api/contract/alert.ts";
import { request, withQuery, wordsOf } from "../client.ts";

export const alertFilters = ["active", "mine", "answered", "all"] as const;
export type AlertFilter = (typeof alertFilters)[number];

interface Page {
  readonly alerts: readonly Alert[];
  readonly numberMatched: number;
  readonly next: string | null;
}

const pageSize = 50;

class Alerts {
  list = $state.raw<readonly Alert[]>([]);
  matched = $state(0);
  next = $state<string | null>(null);
  state = $state<"loading" | "ready" | "error">("loading");
  problem = $state<string | null>(null);
  /** One that is open, also when it is on no page that is loaded. */
  chosen = $state.raw<Alert | null>(null);
  private asked = 0;

  private async page(filter: AlertFilter, kind: string, cursor: string | null): Promise<Page> {
    const state = filter === "mine" ? "active" : filter;
    return request<Page>(withQuery("/api/alerts", { state, mine: filter === "mine" ? "true" : null, kind, limit: pageSize, cursor }));
  }

  /** Loads the first page; what is shown stays until the answer is there. */
  async load(filter: AlertFilter, kind: string): Promise<void> {
    const mark = ++this.asked;
    this.problem = null;
    try {
      const { alerts, numberMatched, next } = await this.page(filter, kind, null);
      if (mark !== this.asked) return;
      [this.list, this.matched, this.next, this.state] = [alerts, numberMatched, next, "ready"];
    } catch (error) {
      if (mark !== this.asked) return;
      this.problem = wordsOf(error);
      this.state = "error";
    }
  }

  async more(filter: AlertFilter, kind: string): Promise<void> {
    const mark = this.asked;
    try {
      const page = await this.page(filter, kind, this.next);
      if (mark !== this.asked) return;
      this.list = [...this.list, ...page.alerts];
      this.next = page.next;
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  /** Opens one by its id; null closes it. */
  async choose(id: string | null): Promise<void> {
    this.problem = null;
    this.chosen = this.list.find((alert) => alert.id === id) ?? null;
    if (id === null || this.chosen) return;
    try {
      this.chosen = await request<Alert>(`/api/alerts/${encodeURIComponent(id)}`);
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  /** Does something with the open alert and takes what it became; whether it worked. */
  private async change(path: string, method: "PUT" | "DELETE" | "POST", body?: unknown): Promise<boolean> {
    const alert = this.chosen;
    if (!alert) return false;
    this.problem = null;
    try {
      const changed = await request<Alert>(`/api/alerts/${alert.id}/${path}`, {
        method,
        headers: { "If-Match": `"${alert.version}"` },
        ...(body === undefined ? {} : { body }),
      });
      this.list = this.list.map((listed) => (listed.id === changed.id ? changed : listed));
      if (this.chosen?.id === changed.id) this.chosen = changed;
      return true;
    } catch (error) {
      this.problem = wordsOf(error);
      return false;
    }
  }

  own = (isTakenOver: boolean): Promise<boolean> => this.change("owner", "PUT", { takeOver: isTakenOver });
  release = (): Promise<boolean> => this.change("owner", "DELETE");
  answer = (answer: string): Promise<boolean> => this.change("answer", "POST", { answer });
}

/** Alerts of the areas that the person works in. */
export const alerts = new Alerts();
