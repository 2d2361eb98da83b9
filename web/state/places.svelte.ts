import { RequestProblem, request, withQuery, wordsOf } from "../client.ts";
import { devicePlaces } from "./devicePlaces.svelte.ts";

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
const mostFound = 8;

/** Looks a place's name up while it is typed; only the newest question's answer is kept. */
export class PlaceLookup {
  text = $state("");
  found = $state.raw<readonly Place[]>([]);
  isAmbiguous = $state(false);
  /** The text that `found` answers; empty before the first answer. */
  answered = $state("");
  problem = $state<string | null>(null);
  private readonly prefersDevice: boolean;
  private asking: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** With `prefersDevice` the villages on the device answer where they are all that may be meant. */
  constructor(prefersDevice = false) {
    this.prefersDevice = prefersDevice;
  }

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
    // Where everything that may be meant is on the device, nobody is asked and nothing is waited for.
    if (this.isOnDevice && this.look(q)) return;
    this.timer = setTimeout(() => void this.ask(q), waitMilliseconds);
  }

  private get isOnDevice(): boolean {
    return this.prefersDevice && devicePlaces.isWhole;
  }

  /** Answers from the device; returns whether anything was found there. */
  private look(q: string): boolean {
    const found = devicePlaces.find(q, mostFound);
    this.found = found.map((village) => ({
      code: village.code,
      name: village.name,
      district_name: village.district,
      regency_name: "",
      probability: 0,
    }));
    this.isAmbiguous = found.length > 1;
    this.answered = q;
    this.problem = null;
    return found.length > 0;
  }

  private async ask(q: string): Promise<void> {
    this.asking = new AbortController();
    try {
      const answer = await request<PlacesAnswer>(withQuery("/api/places", { q, limit: mostFound }), { signal: this.asking.signal });
      this.found = answer.candidates;
      this.isAmbiguous = answer.ambiguous;
      this.answered = q;
      this.problem = null;
    } catch (error) {
      const isUnreached = error instanceof RequestProblem && (error.status === 0 || error.status >= 502);
      if (isUnreached && devicePlaces.villages.length > 0) this.look(q);
      else if (!(error instanceof DOMException)) this.problem = wordsOf(error);
    }
  }
}
