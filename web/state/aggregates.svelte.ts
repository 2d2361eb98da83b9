import { request, withQuery, wordsOf } from "../client.ts";
import { classesOf, countBreaks, suppressedClass, unknownClass } from "../colour/classes.ts";

interface Sparse {
  readonly entries: { readonly area: readonly number[]; readonly step: readonly number[]; readonly count: readonly number[] };
  readonly suppressed: { readonly area: readonly number[]; readonly step: readonly number[] };
}
interface CountsAnswer extends Sparse {
  readonly areaSet: string;
  readonly codes: readonly string[];
  readonly steps: readonly string[];
  readonly regencies: Sparse & { readonly codes: readonly string[] };
  readonly least: { readonly incidents: number; readonly reporters: number };
}
interface BandAnswer {
  readonly columns: { readonly band?: readonly (string | null)[]; readonly state?: readonly string[] };
}

export type ToldCount = number | "suppressed";
/** Ramp classes of the bands, as far apart as the score's own. */
const bandClasses: Readonly<Record<string, number>> = { AMAN: 1, RAWAN: 3, "SANGAT RAWAN": 6, "DATA KURANG": unknownClass };

function toldAt({ entries, suppressed }: Sparse, n: number, step: number): ToldCount[] {
  const told: ToldCount[] = new Array<ToldCount>(n).fill(0);
  entries.area.forEach((area, index) => {
    if (entries.step[index] === step) told[area] = entries.count[index] as number;
  });
  suppressed.area.forEach((area, index) => {
    if (suppressed.step[index] === step) told[area] = "suppressed";
  });
  return told;
}

class Aggregates {
  counts = $state.raw<CountsAnswer | null>(null);
  bands = $state.raw<BandAnswer | null>(null);
  names = $state.raw<Readonly<Record<string, string>>>({});
  problem = $state<string | null>(null);
  /** The first day of the reporting period shown. */
  step = $state<string | null>(null);
  shown = $state<"count" | "band">("count");
  private at = $derived(this.counts?.steps.indexOf(this.step ?? "") ?? -1);
  /** Kecamatan in the order of their codes, as they are told. */
  rows = $derived.by(() => {
    const told = this.counts ? toldAt(this.counts, this.counts.codes.length, this.at) : [];
    return (this.counts?.codes ?? []).map((code, index) => ({
      code,
      name: this.names[code] ?? code,
      count: told[index] ?? "suppressed",
      band: this.bands?.columns.state?.[index] === "suppressed" ? "suppressed" : (this.bands?.columns.band?.[index] ?? null),
    }));
  });
  /** The whole kabupaten, where the person may see all of it. */
  total = $derived.by((): ToldCount | null => {
    const regencies = this.counts?.regencies;
    return regencies && regencies.codes.length === 1 ? (toldAt(regencies, 1, this.at)[0] ?? null) : null;
  });
  classes = $derived.by(() => {
    const classes = classesOf(
      Float64Array.from(this.rows, ({ count }) => (count === "suppressed" ? 1 : count)),
      countBreaks,
    );
    this.rows.forEach(({ count, band }, index) => {
      const told = this.shown === "count" ? count : band;
      if (told === "suppressed") classes[index] = suppressedClass;
      else if (this.shown === "band") classes[index] = bandClasses[told ?? ""] ?? unknownClass;
    });
    return classes;
  });

  /** Loads what may be told of an area, and shows the newest period that is over or under way. */
  async load(area: string): Promise<void> {
    try {
      const counts = await request<CountsAnswer>(withQuery("/api/values/counts", { areas: area, step: "period", codes: "true" }));
      const [bands, names] = await Promise.all([
        request<BandAnswer>(withQuery("/api/values/risk", { areas: area })),
        request<{ codes: readonly string[]; names: readonly string[] }>(`/api/values/codes/${encodeURIComponent(counts.areaSet)}`),
      ]);
      this.names = Object.fromEntries(names.codes.map((code, index) => [code, names.names[index] ?? code]));
      this.bands = bands;
      this.counts = counts;
      if (this.step === null || !counts.steps.includes(this.step)) this.step = counts.steps.at(-1) ?? null;
      this.problem = null;
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}

/** What people outside the team are told of the chosen area. */
export const aggregates = new Aggregates();
