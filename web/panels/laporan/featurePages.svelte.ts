import { request, withQuery, wordsOf } from "../../client.ts";

interface Link {
  readonly rel: string;
  readonly href: string;
}

interface Page<Item> {
  readonly numberMatched?: number;
  readonly links: readonly Link[];
  readonly features: readonly Item[];
}

const pageSize = 50;

/** A collection read page by page, newest first; only the newest question's answer is kept. */
export class FeaturePages<Item extends { readonly id: string }> {
  items = $state.raw<readonly Item[]>([]);
  /** How many there are in all; null before the first answer. */
  matched = $state<number | null>(null);
  isLoading = $state(false);
  problem = $state<string | null>(null);
  private next = $state<string | null>(null);
  private asking: AbortController | null = null;
  private readonly path: string;
  private readonly sortby: string;

  constructor(path: string, sortby: string) {
    this.path = path;
    this.sortby = sortby;
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  /** Reads the first page of what fits the CQL2 filter; null takes all. What was shown stays until the answer is there. */
  load(filter: string | null): Promise<void> {
    return this.read(withQuery(this.path, { sortby: this.sortby, limit: pageSize, filter }), false);
  }

  /** Reads the next page and puts it below. */
  async more(): Promise<void> {
    if (this.next && !this.isLoading) await this.read(this.next, true);
  }

  /** Puts a changed item in its place, or takes a withdrawn one away. */
  put(id: string, item: Item | null): void {
    if (!item && this.matched !== null && this.items.some((other) => other.id === id)) this.matched -= 1;
    this.items = item ? this.items.map((other) => (other.id === id ? item : other)) : this.items.filter((other) => other.id !== id);
  }

  private async read(address: string, isFurther: boolean): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.isLoading = true;
    this.problem = null;
    try {
      const page = await request<Page<Item>>(address, { signal: asking.signal });
      this.items = isFurther ? [...this.items, ...page.features] : page.features;
      this.matched = page.numberMatched ?? this.items.length;
      const href = page.links.find((link) => link.rel === "next")?.href;
      const url = href ? new URL(href, window.location.href) : null;
      this.next = url ? url.pathname + url.search : null;
    } catch (error) {
      if (!asking.signal.aborted) this.problem = wordsOf(error);
    } finally {
      if (this.asking === asking) this.isLoading = false;
    }
  }
}
