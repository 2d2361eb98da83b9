import { request, withQuery, wordsOf } from "../client.ts";

export interface Place {
  readonly code: string;
  readonly name: string;
  readonly district_name: string;
  readonly regency_name: string;
  readonly probability: number;
}

interface PlacesAnswer {
  readonly q: string;
  readonly candidates: readonly Place[];
  readonly ambiguous: boolean;
}

const waitMilliseconds = 180;

/** Looks a place's name up while it is typed; only the newest question's answer is kept. */
export class PlaceLookup {
  text = $state("");
  found = $state.raw<readonly Place[]>([]);
  isAmbiguous = $state(false);
  /** The text that `found` answers; empty before the first answer. */
  answered = $state("");
  problem = $state<string | null>(null);
  private asking: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes what is typed and asks after a short pause. */
  type(text: string): void {
    this.text = text;
    clearTimeout(this.timer);
    this.asking?.abort();
    const q = text.trim();
    if (q.length < 2) {
      this.found = [];
      this.answered = "";
      return;
    }
    this.timer = setTimeout(() => void this.ask(q), waitMilliseconds);
  }

  private async ask(q: string): Promise<void> {
    this.asking = new AbortController();
    try {
      const answer = await request<PlacesAnswer>(withQuery("/api/places", { q, limit: 8 }), { signal: this.asking.signal });
      this.found = answer.candidates;
      this.isAmbiguous = answer.ambiguous;
      this.answered = q;
      this.problem = null;
    } catch (error) {
      if (!(error instanceof DOMException)) this.problem = wordsOf(error);
    }
  }
}
