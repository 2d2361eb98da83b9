import { classesOf, countClasses, quantileBreaks } from "../colour/classes.ts";
import { areas } from "./areas.svelte.ts";
import { asNumbers, fill } from "./fill.svelte.ts";
import { groupsOf, spreadsOf, sumsOf } from "./groups.ts";
import { levels } from "./levels.svelte.ts";
import { values } from "./values.svelte.ts";
import { view } from "./view.svelte.ts";
import type { Level } from "./view.ts";

const codeLength: Record<Level, number> = { village: 13, district: 8, regency: 5 };
/** Lower edges of the classes of sums of incidents, fixed so that a colour means the same while the period is dragged. */
const sumBreaks = { district: [1, 4, 8, 15, 25, 45, 80], regency: [1, 20, 50, 100, 200, 400, 800] } as const;
const none: readonly string[] = [];

class LevelFill {
  private groups = $derived(groupsOf(values.names?.codes ?? none, codeLength[levels.shown]));
  /** What the larger areas' villages come to: sums of incidents and people, medians of everything else. */
  isSum = $derived(view.fill === "counts" || view.fill === "population");
  counts = $derived(sumsOf(fill.counts, this.groups));
  population = $derived(sumsOf(asNumbers(values.population?.values, this.groups.of.length), this.groups));
  spread = $derived(this.isSum ? null : spreadsOf(fill.shown, this.groups));
  /** The largest areas of each band among the villages. */
  bands = $derived.by(() => {
    const worst = new Int32Array(this.groups.codes.length);
    values.risk?.columns.band.forEach((band, index) => {
      const group = this.groups.of[index];
      if (band === "SANGAT RAWAN" && group !== undefined) worst[group] = (worst[group] as number) + 1;
    });
    return worst;
  });
  codes = $derived(levels.shown === "village" ? (values.names?.codes ?? none) : this.groups.codes);
  private larger = $derived(this.spread?.median ?? (view.fill === "counts" ? this.counts : this.population));
  /** The values that colour the map, NaN where unknown. */
  shown = $derived(levels.shown === "village" ? fill.shown : this.larger);
  /** Sums have classes of their own; a median stands on the scale of its villages. */
  private largerBreaks = $derived.by(() => {
    if (!this.isSum) return fill.breaks;
    return view.fill === "counts" && levels.shown !== "village" ? sumBreaks[levels.shown] : quantileBreaks(this.population);
  });
  breaks = $derived(levels.shown === "village" ? fill.breaks : this.largerBreaks);
  classes = $derived(levels.shown === "village" ? fill.classes : classesOf(this.larger, this.largerBreaks));
  classCounts = $derived(levels.shown === "village" ? fill.classCounts : countClasses(this.classes));
  index = $derived(levels.shown === "village" ? values.index : new Map(this.groups.codes.map((code, at) => [code, at])));

  private names = $derived(new Map([...areas.districts, ...areas.regencies].map(({ code, name }) => [code, name])));
  /** One line an area, as the table beside the map shows it. */
  rows = $derived(
    this.groups.codes.map((code, at) => ({
      code,
      name: this.names.get(code) ?? code,
      villages: this.groups.sizes[at] as number,
      known: this.spread?.known[at] ?? null,
      value: this.larger[at] as number,
      least: this.spread?.least[at] ?? Number.NaN,
      most: this.spread?.most[at] ?? Number.NaN,
      worst: this.bands[at] as number,
      count: this.counts[at] as number,
      population: this.population[at] as number,
    })),
  );
}

/** How the areas of the level shown are coloured; larger ones by what their villages come to. */
export const levelFill = new LevelFill();
