import {
  classesOf,
  countBreaks,
  countClasses,
  coverageClasses,
  emergingClasses,
  emergingGroupOf,
  pairClassOf,
  quantileBreaks,
  riskBreaks,
  unknownClass,
} from "../colour/classes.ts";
import { countByArea } from "./counts.ts";
import { coverage } from "./coverage.svelte.ts";
import { events } from "./events.svelte.ts";
import { findings } from "./findings/findings.svelte.ts";
import { type Published, type RiskColumns, values } from "./values.svelte.ts";
import { shownPeriod, view } from "./view.svelte.ts";
import type { FillLayer } from "./view.ts";

type Column = readonly (number | null)[];

/** A column as a kernel wants it: unknown is NaN. */
export function asNumbers(column: Column | undefined, n: number): Float64Array {
  const numbers = new Float64Array(n).fill(Number.NaN);
  column?.forEach((value, index) => {
    if (value !== null && index < n) numbers[index] = value;
  });
  return numbers;
}

type Question = {
  readonly layer: () => FillLayer;
  readonly period: () => { readonly from: string; readonly to: string };
  readonly risk: () => Published<RiskColumns> | null;
};

/** The villages in the colours of a layer in a period. */
export class Fill {
  private readonly asked: Question;
  constructor(layer: Question["layer"], period: Question["period"], risk: Question["risk"]) {
    this.asked = { layer, period, risk };
  }

  private layer = $derived.by(() => this.asked.layer());
  private risk = $derived.by(() => this.asked.risk());
  private n = $derived(values.names?.codes.length ?? 0);
  private period = $derived.by(() => this.asked.period());
  /** Events of each village in the period shown. */
  counts = $derived(countByArea(events.counts, this.n, this.period.from, this.period.to));
  private fixed = $derived.by(() => {
    if (this.layer === "risk" || this.layer === "certainty") return asNumbers(this.risk?.columns.score, this.n);
    if (this.layer === "coverage") return asNumbers(coverage.shown?.columns.daysSilent, this.n);
    if (this.layer === "population") return asNumbers(values.population?.values, this.n);
    if (this.layer === "emerging") return new Float64Array(this.n).fill(Number.NaN);
    return this.layer === "counts" ? null : asNumbers(values.indicators[this.layer.slice("indicator:".length)], this.n);
  });
  /** The values that colour the map, NaN where unknown, in the order of the codes. */
  shown = $derived(this.fixed ?? this.counts);
  private isFree = $derived(this.layer === "population" || this.layer.startsWith("indicator:"));
  private fixedBreaks = $derived(this.fixed && this.isFree ? quantileBreaks(this.fixed) : null);
  /** Lower edges of the classes; for risk the last is the upper end. */
  breaks = $derived(this.fixedBreaks ?? (this.layer === "counts" ? countBreaks : riskBreaks));
  /** What each village is drawn as. */
  classes = $derived.by(() => {
    if (this.layer === "coverage") return this.coverageClasses();
    if (this.layer === "emerging") return this.emergingClasses();
    if (this.layer === "certainty") return this.pairClasses();
    const classes = classesOf(this.shown, this.breaks);
    const bands = this.layer === "risk" ? this.risk?.columns.band : undefined;
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

  /** Villages by what their hotspot has become; without a kept run nothing is known. */
  private emergingClasses(): Uint8Array {
    const classes = new Uint8Array(this.n).fill(unknownClass);
    const found = findings.emerging.document;
    found?.codes.forEach((code, index) => {
      const at = values.index.get(code);
      const name = found.columns.class[index];
      if (at !== undefined && name) classes[at] = emergingClasses[emergingGroupOf(name)];
    });
    return classes;
  }

  /** Villages by score and by how certain it is. */
  private pairClasses(): Uint8Array {
    const classes = new Uint8Array(this.n).fill(unknownClass);
    const risk = this.risk?.columns;
    for (let i = 0; risk && i < this.n; i += 1) {
      if (risk.band[i] !== "DATA KURANG")
        classes[i] = pairClassOf(risk.score[i] ?? null, risk.scoreLower[i] ?? null, risk.scoreUpper[i] ?? null);
    }
    return classes;
  }

  /** Villages by class. */
  classCounts = $derived(countClasses(this.classes));
}

/** How the villages are coloured now; follows layer, period and data, and asks nothing of the service. */
export const fill = new Fill(
  () => view.fill,
  shownPeriod,
  () => values.risk,
);
