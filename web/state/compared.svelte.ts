import { request, withQuery, wordsOf } from "../client.ts";
import { addDays } from "../format/day.ts";
import { Fill } from "./fill.svelte.ts";
import { type Published, type RiskColumns, values } from "./values.svelte.ts";
import { shownPeriod, view } from "./view.svelte.ts";

class Compared {
  /** The score as it was published on the last day of A; null where the periods share one, or none was published. */
  risk = $state.raw<Published<RiskColumns> | null>(null);
  problem = $state<string | null>(null);
  isLoaded = $state(false);
  private asked = "";

  layer = $derived(view.compared && "fill" in view.compared ? view.compared.fill : view.fill);
  period = $derived(view.compared && "from" in view.compared ? view.compared : shownPeriod());
  private needsOlder = $derived(view.compared !== null && "from" in view.compared && ["risk", "certainty"].includes(view.fill));
  fill = new Fill(
    () => this.layer,
    () => this.period,
    () => (this.needsOlder ? this.risk : values.risk),
  );

  /** Fetches the older score where the two sides differ by it. Call in an effect. */
  load(): void {
    const { area } = view;
    const asOf = addDays(this.period.to, -1);
    const asked = this.needsOlder && area ? `${area} ${asOf}` : "";
    if (asked === this.asked) return;
    this.asked = asked;
    this.risk = null;
    this.isLoaded = false;
    if (asked && area) void this.fetchRisk(asked, area, asOf);
  }

  private async fetchRisk(asked: string, area: string, asOf: string): Promise<void> {
    try {
      const answer = await request<Published<RiskColumns> | { readonly run: null }>(withQuery("/api/values/risk", { areas: area, asOf }));
      if (asked !== this.asked) return;
      this.risk = answer.run === null ? null : (answer as Published<RiskColumns>);
      this.problem = null;
    } catch (error) {
      if (asked === this.asked) this.problem = wordsOf(error);
    }
    if (asked === this.asked) this.isLoaded = true;
  }
  /** Whether the day of A has no published score although one is needed. */
  isMissing = $derived(this.needsOlder && this.isLoaded && this.risk === null);
}

/** The other side of the swipe. */
export const compared = new Compared();
