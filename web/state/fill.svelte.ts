import { classesOf, countBreaks, countClasses, coverageClasses, quantileBreaks, riskBreaks, unknownClass } from "../colour/classes.ts";
import { countByArea } from "./counts.ts";
import { coverage } from "./coverage.svelte.ts";
import { events } from "./events.svelte.ts";
import { values } from "./values.svelte.ts";
import { shownPeriod, view } from "./view.svelte.ts";

type Column = readonly (number | null)[];

/** A column as a kernel wants it: unknown is NaN. */
function asNumbers(column: Column | undefined, n: number): Float64Array {
  const numbers = new Float64Array(n).fill(Number.NaN);
  column?.forEach((value, index) => {
    if (value !== null && index < n) numbers[index] = value;
  });
  return numbers;
}

class Fill {
  private n = $derived(values.names?.codes.length ?? 0);
  private period = $derived(shownPeriod());
  /** Events of each village in the period shown. */
  counts = $derived(countByArea(events.counts, this.n, this.period.from, this.period.to));
  private fixed = $derived.by(() => {
    if (view.fill === "risk") return asNumbers(values.risk?.columns.score, this.n);
    if (view.fill === "coverage") return asNumbers(coverage.shown?.columns.daysSilent, this.n);
    if (view.fill === "population") return asNumbers(values.population?.values, this.n);
    return view.fill === "counts" ? null : asNumbers(values.indicators[view.fill.slice("indicator:".length)], this.n);
  });
  /** The values that colour the map, NaN where unknown, in the order of the codes. */
  shown = $derived(this.fixed ?? this.counts);
  private fixedBreaks = $derived(this.fixed && view.fill !== "risk" && view.fill !== "coverage" ? quantileBreaks(this.fixed) : null);
  /** Lower edges of the classes; for risk the last is the upper end. */
  breaks = $derived(this.fixedBreaks ?? (view.fill === "counts" ? countBreaks : riskBreaks));
  /** What each village is drawn as. */
  classes = $derived.by(() => {
    if (view.fill === "coverage") return this.coverageClasses();
    const classes = classesOf(this.shown, this.breaks);
    const bands = view.fill === "risk" ? values.risk?.columns.band : undefined;
    bands?.forEach((band, index) => {
      if (band === "DATA KURANG") classes[index] = unknownClass;
    });
    return classes;
  });
  /** Villages by who was heard of; where nobody is expected to report, silence means nothing. */
  private coverageClasses(): Uint8Array {
    const classes = new Uint8Array(this.n).fill(unknownClass);
    coverage.shown?.columns.state.forEach((state, index) => {
      if (state !== null && index < this.n) classes[index] = coverageClasses[state];
    });
    return classes;
  }

  /** Villages by class. */
  classCounts = $derived(countClasses(this.classes));
}

/** How the villages are coloured now; follows layer, period and data, and asks nothing of the service. */
export const fill = new Fill();
