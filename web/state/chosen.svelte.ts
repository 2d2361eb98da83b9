import { areas } from "./areas.svelte.ts";
import type { DailyCounts } from "./counts.ts";
import { countByStep } from "./counts.ts";
import { events } from "./events.svelte.ts";
import { fill } from "./fill.svelte.ts";
import { findings } from "./findings/findings.svelte.ts";
import { shownIncidents } from "./incidentPoints.svelte.ts";
import { isInsideRing } from "./insideRing.ts";
import { moranScatter } from "./moranScatter.ts";
import { values } from "./values.svelte.ts";
import { view } from "./view.svelte.ts";
import { villages } from "./villages.svelte.ts";

class Chosen {
  private middles = $derived(
    new Map(areas.villages.map(({ code, bbox }) => [code, [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] as const])),
  );
  private edges = $derived.by(() => {
    const edges = findings.neighbours.document?.summary.edges;
    const placesOf = (codes: readonly string[]) => Int32Array.from(codes, (code) => values.index.get(code) ?? -1);
    return edges ? { from: placesOf(edges.from), to: placesOf(edges.to) } : null;
  });
  /** The Moran scatter of what colours the map; null until the neighbours are known. */
  scatter = $derived(this.edges ? moranScatter(fill.shown, this.edges.from, this.edges.to) : null);

  /** Whether anything is chosen at all. */
  isAny = $derived(view.drawn !== null || view.scores !== null || (view.moran !== null && this.scatter !== null));
  /** 1 for each village that was chosen by every way in use, in the order of the codes; null while nothing is. */
  flags = $derived.by((): Uint8Array | null => {
    if (!this.isAny) return null;
    const codes = values.names?.codes ?? [];
    const { drawn, scores, moran } = view;
    return Uint8Array.from(codes, (code, at) => {
      const middle = this.middles.get(code);
      if (drawn && (!middle || !isInsideRing(middle, drawn))) return 0;
      const score = values.risk?.columns.score[at] ?? null;
      if (scores && (score === null || score < scores[0] || score > scores[1])) return 0;
      const [x, y] = [this.scatter?.x[at] ?? Number.NaN, this.scatter?.y[at] ?? Number.NaN];
      return !moran || this.scatter === null || (x >= moran[0] && x <= moran[2] && y >= moran[1] && y <= moran[3]) ? 1 : 0;
    });
  });
  villages = $derived(this.flags ? this.flags.reduce((sum, flag) => sum + flag, 0) : 0);
  has(code: string): boolean {
    return this.flags === null || this.flags[values.index.get(code) ?? -1] === 1;
  }

  /** The villages chosen, as the table shows them; all while nothing is chosen. */
  rows = $derived(this.flags ? villages.rows.filter((_, at) => this.flags?.[at] === 1) : villages.rows);
  /** The incidents of the period in the villages chosen. */
  incidents = $derived(
    this.flags ? shownIncidents.list.filter(({ properties }) => this.has(properties.village_code)) : shownIncidents.list,
  );
  private counts = $derived.by((): DailyCounts => {
    const { flags } = this;
    if (!flags) return events.counts;
    const { area, day, count } = events.counts;
    const kept = [...area.keys()].filter((at) => flags[area[at] as number] === 1);
    return {
      ...events.counts,
      area: Int32Array.from(kept, (at) => area[at] as number),
      day: Int32Array.from(kept, (at) => day[at] as number),
      count: Float64Array.from(kept, (at) => count[at] as number),
    };
  });
  /** Steps of the time line with the events of the villages chosen. */
  byStep = $derived(countByStep(this.counts, view.step));
  /** Events of the period in the villages chosen. */
  total = $derived.by(() => {
    const { flags } = this;
    return fill.counts.reduce((sum, count, at) => sum + (flags === null || flags[at] === 1 ? count : 0), 0);
  });

  /** Chooses nothing. */
  clear(): void {
    view.drawn = null;
    view.scores = null;
    view.moran = null;
  }
}

/** The villages that a person has chosen: on the map, by score, or in the Moran scatter. */
export const chosen = new Chosen();
