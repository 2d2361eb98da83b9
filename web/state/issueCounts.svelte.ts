import { chosen } from "./chosen.svelte.ts";
import { taxonomy } from "./taxonomy.svelte.ts";
import { view } from "./view.svelte.ts";

class IssueCounts {
  /** Incidents of each issue as they were before any issue was chosen, so that the others stay to be chosen too. */
  private before = $state.raw<ReadonlyMap<string, number>>(new Map());
  private now = $derived.by(() => {
    const counts = new Map<string, number>();
    for (const { properties } of chosen.incidents) counts.set(properties.issue, (counts.get(properties.issue) ?? 0) + 1);
    return counts;
  });
  /** Issues with their incidents in the period, most first; those not chosen stand with what they were. */
  rows = $derived(
    [...new Map([...this.before, ...this.now])]
      .map(([code, count]) => ({
        code,
        count: this.now.get(code) ?? (view.issues.length > 0 && !view.issues.includes(code) ? count : 0),
        issue: taxonomy.issues.find((issue) => issue.code === code),
        isChosen: view.issues.length === 0 || view.issues.includes(code),
      }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  );

  /** Keeps the counts while no issue is chosen. Call in an effect. */
  remember(): void {
    if (view.issues.length === 0) this.before = this.now;
  }

  /** Chooses an issue, or gives it up. */
  toggle(code: string): void {
    view.issues = view.issues.includes(code) ? view.issues.filter((other) => other !== code) : [...view.issues, code];
  }
}

/** Incidents by issue in the period and the villages chosen. */
export const issueCounts = new IssueCounts();
